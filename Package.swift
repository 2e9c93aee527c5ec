// swift-tools-version: 6.0
import PackageDescription

/// One of the house's Swift modules: its name in other packages, its folder, and the only modules that it may import.
func room(_ name: String, _ folder: String, _ imports: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: imports, path: "Sources/\(folder)")
}

/// A C library of the system: its module map stands in Sources/C….
func library(_ name: String, _ pkgConfig: String, apt: [String], brew: [String] = []) -> Target {
    .systemLibrary(
        name: "CGNCA\(name)", path: "Sources/C\(name)", pkgConfig: pkgConfig, providers: [.apt(apt), .brew(brew)])
}

let modules = [
    "GNCABasics", "GNCARaster", "GNCACells", "GNCACheckpoints", "GNCATraining", "GNCARender", "GNCAExport",
]
/// What a live page is made of stands in files of its own kind, and goes into the program as it is.
let pageParts = [
    "page.html", "page.css", "basics.js", "random.js", "rule.js", "cpu.js", "births.js", "means.js", "decoder.js",
    "activations.js", "shader.js", "webgl.js", "views.js", "run.js", "script.js", "controls.js", "player.js",
    "random.glsl", "grid.glsl", "life.glsl", "update.glsl", "death.glsl",
]
let house = modules.map { Target.Dependency(stringLiteral: $0) }

let package = Package(
    name: "gnca-render",
    platforms: [.macOS(.v14)],
    products: modules.map { .library(name: $0, targets: [$0]) },
    dependencies: [
        // Completions and manual pages are made from what it prints.
        .package(url: "https://github.com/apple/swift-argument-parser", .upToNextMinor(from: "1.8.2"))
    ],
    targets: [
        .target(name: "CGNCAKernels", path: "Sources/CKernels"),
        .target(name: "CGNCASystem", path: "Sources/CSystem"),
        .target(
            name: "CGNCALibav", path: "Sources/CLibav",
            linkerSettings: ["avformat", "avcodec", "swscale", "avutil"].map { .linkedLibrary($0) }),
        // Loads its library itself, when it is needed: nothing is linked.
        .target(name: "CGNCAOpenBLAS", path: "Sources/COpenBLAS"),
        library("YAML", "yaml-0.1", apt: ["libyaml-dev"], brew: ["libyaml"]),
        library("PNG", "libpng", apt: ["libpng-dev"], brew: ["libpng"]),
        library("Zlib", "zlib", apt: ["zlib1g-dev"]),
        library("Rsvg", "librsvg-2.0", apt: ["librsvg2-dev"], brew: ["librsvg"]),
        library("PangoCairo", "pangocairo", apt: ["libpango1.0-dev", "libcairo2-dev"], brew: ["pango", "cairo"]),

        room("GNCABasics", "Basics", ["CGNCALibav", "CGNCASystem", "CGNCAYAML"]),
        room("GNCARaster", "Raster", ["GNCABasics", "CGNCAPNG", "CGNCALibav", "CGNCAPangoCairo", "CGNCARsvg"]),
        room("GNCACells", "Model/Cells", ["CGNCAKernels"]),
        room("GNCACheckpoints", "Model/Checkpoints", ["GNCABasics", "GNCACells", "GNCARaster", "CGNCAZlib"]),
        room(
            "GNCATraining", "Model/Training",
            ["GNCABasics", "GNCACells", "GNCACheckpoints", "GNCARaster", "CGNCAKernels"]),
        room(
            "GNCARender", "Render",
            ["GNCABasics", "GNCACells", "GNCARaster", "GNCATraining", "CGNCAOpenBLAS"]),
        .target(
            name: "GNCAExport", dependencies: ["GNCABasics", "GNCARaster", "CGNCALibav", "CGNCAZlib"],
            path: "Sources/Export", resources: pageParts.map { .embedInCode("Page/\($0)") }),
        .executableTarget(
            name: "gnca-render",
            dependencies: house + [.product(name: "ArgumentParser", package: "swift-argument-parser")]),

        .executableTarget(
            name: "StageBenchmark", dependencies: ["GNCACells", "GNCACheckpoints"], path: "Benchmarks/StageBenchmark"),
        .executableTarget(
            name: "TrainingBenchmark", dependencies: ["GNCACells", "GNCACheckpoints", "GNCATraining", "GNCARaster"],
            path: "Benchmarks/TrainingBenchmark"),

        .executableTarget(
            name: "PageState", dependencies: ["GNCACells", "GNCACheckpoints", "GNCARender"], path: "Tests/Page/State"),

        .target(name: "GNCATestSupport", path: "Tests/Support"),
        .testTarget(name: "BasicsTests", dependencies: ["GNCABasics", "GNCATestSupport"]),
        .testTarget(
            name: "RasterTests", dependencies: ["GNCARaster", "GNCABasics", "CGNCALibav", "GNCATestSupport"],
            exclude: ["Fixtures"]),
        .testTarget(
            name: "ModelTests",
            dependencies: [
                "GNCABasics", "GNCACells", "GNCACheckpoints", "GNCATraining", "GNCARaster", "CGNCAKernels",
                "GNCATestSupport",
            ],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "RenderTests", dependencies: house + ["CGNCAKernels", "GNCATestSupport"],
            resources: [.copy("Goldens"), .copy("Fixtures")]),
        .testTarget(
            name: "ExportTests",
            dependencies: ["GNCAExport", "GNCARaster", "GNCABasics", "CGNCALibav", "GNCATestSupport"]),
        .testTarget(name: "CommandTests", dependencies: house + ["gnca-render", "CGNCALibav", "GNCATestSupport"]),
    ],
    swiftLanguageModes: [.v6]
)
