import Foundation
import GNCACheckpoints
import Testing

@testable import gnca_render

/// Inputs that fuzzing began with or found worth keeping.
@Suite struct LoadersTests {
    /// Fuzz/Corpus in the source folder.
    private static let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Fuzz/Corpus").standardized

    private static func names(_ folder: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: corpus.appendingPathComponent(folder).path).sorted()
    }

    @Test func everyLoaderHasACorpus() throws {
        #expect(try Self.names() == Loaders.all.map(\.name).sorted())
    }

    @Test func everyModelFormatIsALoader() {
        let names = Loaders.all.map(\.name)
        #expect(CheckpointFormats.all.allSatisfy { names.contains($0.name) })
    }

    /// A crash or a hang would end the test run: what is refused and what is read is other tests' business, but
    /// something of each corpus must be read, or the fuzzer would begin in front of a closed door.
    @Test(arguments: Loaders.all.map(\.name))
    func theCorpusIsReadOrRefused(name: String) throws {
        let loader = try #require(Loaders.all.first { $0.name == name })
        var read = 0
        for file in try Self.names(name) {
            let bytes = try Data(contentsOf: Self.corpus.appendingPathComponent("\(name)/\(file)"))
            #expect(bytes.count <= 4096, "\(name)/\(file)")
            do {
                try loader.read(Array(bytes))
                read += 1
            } catch { #expect(!"\(error)".isEmpty) }
        }
        #expect(read > 0)
    }
}
