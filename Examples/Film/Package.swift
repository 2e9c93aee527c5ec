// swift-tools-version: 6.0
// A package of one's own; in the place of the path stands the address of gnca-render's repository.
import PackageDescription

let package = Package(
    name: "Film",
    platforms: [.macOS(.v14)],
    dependencies: [.package(name: "gnca-render", path: "../..")],
    targets: [
        .executableTarget(
            name: "Film",
            dependencies: ["GNCACells", "GNCACheckpoints", "GNCARaster", "GNCARender", "GNCAExport"].map {
                .product(name: $0, package: "gnca-render")
            })
    ]
)
