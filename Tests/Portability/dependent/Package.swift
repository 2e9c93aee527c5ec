// swift-tools-version: 6.0
// Somebody else's package: Tests/Portability/run copies it beside a tagged copy of this repository.
import PackageDescription

let package = Package(
    name: "Dependent",
    platforms: [.macOS(.v14)],
    dependencies: [.package(url: "/root/tagged/gnca-render", from: "1.0.0")],
    targets: [
        .executableTarget(
            name: "Dependent",
            dependencies: ["GNCACells", "GNCACheckpoints", "GNCARaster", "GNCARender"].map {
                .product(name: $0, package: "gnca-render")
            })
    ]
)
