import GNCATestSupport
import Testing

@testable import GNCAExport

@Suite struct OutputFormatsTests {
    @Test(arguments: [
        ("film.mp4", "mp4"), ("a.b/film.M4V", "mp4"), ("film.mov", "mov"), ("film.mkv", "mkv"), ("film.webm", "webm"),
        ("film.gif", "gif"), ("film.apng", "apng"), ("film.webp", "webp"), ("film.png", "png"), ("film.y4m", "y4m"),
        ("film.avif", "avif"), ("film.nut", "nut"),
        ("frames/", "png"), ("film.mp4/", "png"), ("frame-%05d.png", "png"),
    ])
    func aPathPicksItsFormat(path: String, name: String) {
        #expect(OutputFormats.forPath(path)?.name == name)
    }

    @Test(arguments: ["film", "film.", ".mp4", "film.avi", "folder.mp4/film", ""])
    func otherPathsPickNone(path: String) { #expect(OutputFormats.forPath(path) == nil) }

    @Test func theFolderAndTheRegistryAgree() throws {
        #expect(
            try Repository.names(in: "Sources/Export/Formats")
                == OutputFormats.registry.builtIn.map { "\($0).swift" }.sorted())
    }

    static let formatNames = OutputFormats.registry.builtIn.map { $0.name }

    @Test func namesAndExtensionsAreTakenOnce() {
        let names = Self.formatNames
        let extensions = OutputFormats.registry.builtIn.flatMap { $0.extensions }
        #expect(Set(names).count == names.count)
        #expect(Set(extensions).count == extensions.count)
    }

    @Test(arguments: formatNames)
    func everyCodecIsOnThisMachine(name: String) throws {
        let format = try #require(OutputFormats.named(name))
        #expect(format.codecsPresent() == format.codecs)
    }
}
