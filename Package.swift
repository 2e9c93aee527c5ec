// swift-tools-version: 6.0
import PackageDescription

#if os(macOS)
    let onMac = true
#else
    let onMac = false
#endif

let package = Package(
    name: "gnca-render",
    platforms: [.macOS(.v14)],
    // For the nested package Fuzz.
    products: ["Raster", "Model", "Render", "Export"].map { .library(name: $0, targets: [$0]) },
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    ],
    targets: [
        // C libraries. The arithmetic is optimised in every configuration: a debug build of it crawls.
        .target(
            name: "CKernels",
            cSettings: [.unsafeFlags(["-O3", "-fno-math-errno"])]),
        // libav and OpenBLAS are loaded on first use: linking libavformat costs 43 ms at every start (136 shared
        // libraries), and OpenBLAS must be told its core type before it is loaded. Only their headers are needed.
        .systemLibrary(
            name: "LibavHeaders", pkgConfig: onMac ? "libavformat" : nil,
            providers: [.apt(["libavcodec-dev", "libavformat-dev", "libswscale-dev"]), .brew(["ffmpeg"])]),
        .systemLibrary(
            name: "OpenBLASHeaders", pkgConfig: onMac ? "openblas" : nil,
            providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
        .target(name: "CLibav", dependencies: ["LibavHeaders"]),
        .target(name: "COpenBLAS", dependencies: ["OpenBLASHeaders"]),
        .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CPangoCairo", pkgConfig: "pangocairo",
            providers: [.apt(["libpango1.0-dev", "libcairo2-dev"]), .brew(["pango", "cairo"])]),

        .target(name: "Raster", dependencies: ["CPNG", "CLibav", "CPangoCairo"]),
        .target(name: "Model", dependencies: ["Raster", "CKernels", "COpenBLAS", "CZlib"]),
        .target(name: "Render", dependencies: ["Model", "Raster"]),
        .target(name: "Export", dependencies: ["Raster", "CLibav"]),
        .executableTarget(
            name: "gnca-render",
            dependencies: [
                "Raster", "Model", "Render", "Export", "Yams",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        .executableTarget(name: "StageBenchmark", dependencies: ["Model"], path: "Benchmarks/StageBenchmark"),
        .executableTarget(
            name: "TrainingBenchmark", dependencies: ["Model", "Raster"], path: "Benchmarks/TrainingBenchmark"),

        .testTarget(name: "RasterTests", dependencies: ["Raster"]),
        .testTarget(
            name: "ModelTests", dependencies: ["Model", "Raster", "CKernels", "COpenBLAS"],
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
