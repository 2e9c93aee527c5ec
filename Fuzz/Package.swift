// swift-tools-version: 6.0
import PackageDescription

let modules = [
    "GNCABasics", "GNCARaster", "GNCACells", "GNCACheckpoints", "GNCATraining", "GNCARender", "GNCAExport",
]
let house: [Target.Dependency] = modules.map { .product(name: $0, package: "gnca-render") }

let package = Package(
    name: "Fuzz",
    platforms: [.macOS(.v14)],
    dependencies: [
        .package(name: "gnca-render", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", .upToNextMinor(from: "1.8.2")),
    ],
    targets: [
        // The program's own sources as a library. Its main function steps aside for libFuzzer's.
        .target(
            name: "Command",
            dependencies: house + [.product(name: "ArgumentParser", package: "swift-argument-parser")],
            path: "Command",
            swiftSettings: [
                .unsafeFlags(["-Xfrontend", "-entry-point-function-name", "-Xfrontend", "command_main"])
            ]),
        // libFuzzer brings the main function, so a plain `swift build` cannot link this: use Fuzz/run.
        .executableTarget(
            name: "Fuzz", dependencies: house + ["Command"], path: "Sources",
            swiftSettings: [.unsafeFlags(["-parse-as-library"])]),
    ],
    swiftLanguageModes: [.v6]
)
