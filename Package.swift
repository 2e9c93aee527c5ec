// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "gnca-render",
    platforms: [.macOS(.v14)],
    // CYAML for the nested package Fuzz alone.
    products: ["Raster", "Model", "Render", "Export", "CYAML"].map { .library(name: $0, targets: [$0]) },
    dependencies: [
        // Completions and manual pages are made from what it prints.
        .package(url: "https://github.com/apple/swift-argument-parser", .upToNextMinor(from: "1.8.2"))
    ],
    targets: [
        .target(name: "CKernels"),
        .target(
            name: "CLibav",
            linkerSettings: ["avformat", "avcodec", "swscale", "avutil"].map { .linkedLibrary($0) }),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
        .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CPangoCairo", pkgConfig: "pangocairo",
            providers: [.apt(["libpango1.0-dev", "libcairo2-dev"]), .brew(["pango", "cairo"])]),

        .target(name: "Raster", dependencies: ["CPNG", "CLibav", "CPangoCairo"]),
        .target(name: "Model", dependencies: ["Raster", "CKernels", "CZlib"]),
        .target(name: "Render", dependencies: ["Model", "Raster"]),
        .target(name: "Export", dependencies: ["Raster", "CLibav"]),
        .executableTarget(
            name: "gnca-render",
            dependencies: [
                "Raster", "Model", "Render", "Export", "CYAML",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        .executableTarget(name: "StageBenchmark", dependencies: ["Model"], path: "Benchmarks/StageBenchmark"),
        .executableTarget(
            name: "TrainingBenchmark", dependencies: ["Model", "Raster"], path: "Benchmarks/TrainingBenchmark"),

        .testTarget(name: "RasterTests", dependencies: ["Raster"]),
        .testTarget(
            name: "ModelTests", dependencies: ["Model", "Raster", "CKernels"],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "RenderTests", dependencies: ["Render", "Model", "Raster", "CKernels"],
            resources: [.copy("Goldens")]),
        .testTarget(name: "ExportTests", dependencies: ["Export", "Raster", "CLibav"]),
        .testTarget(
            name: "CommandTests",
            dependencies: ["gnca-render", "Raster", "Model", "Render", "Export", "CLibav"]),
    ],
    swiftLanguageModes: [.v6]
)
