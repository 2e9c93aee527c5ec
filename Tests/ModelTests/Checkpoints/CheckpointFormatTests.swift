import Foundation
import Testing

@testable import Model

@Suite struct CheckpointFormatTests {
    /// Every source file in the folder that declares a format names it in the registry, and nothing else is there.
    @Test func theRegistryHoldsTheFormatsOfTheFolder() throws {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../Sources/Model/Checkpoints").standardizedFileURL
        var declared: [String] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: sources.path) {
            let text = try String(contentsOf: sources.appendingPathComponent(name), encoding: .utf8)
            for match in text.matches(of: /(?:enum|struct|class) (\w+): CheckpointFormat\b/) {
                declared.append(String(match.output.1))
                #expect(name == "\(match.output.1).swift")
            }
        }
        #expect(declared.sorted() == CheckpointFormats.all.map { "\($0)" }.sorted())
    }

    @Test func namesAndExtensionsAreUnique() {
        let names = CheckpointFormats.all.map { $0.name }
        let extensions = CheckpointFormats.all.compactMap { $0.writtenExtension }
        #expect(Set(names).count == names.count && Set(extensions).count == extensions.count)
        #expect(CheckpointFormats.named("ckpt").map { "\($0)" } == "NativeCheckpoint")
        #expect(CheckpointFormats.written(extension: "json").map { "\($0)" } == "DistillJSON")
        #expect(CheckpointFormats.named("pth") == nil && CheckpointFormats.written(extension: "pth") == nil)
    }

    @Test func eachFormatRecognisesItsOwnFilesOnly() throws {
        let checkpoint = Checkpoint(rule: try CheckpointSamples.rule())
        for writer in CheckpointFormats.all {
            let bytes = try writer.write(checkpoint, file: "x")
            for reader in CheckpointFormats.all {
                #expect(reader.recognises(bytes) == (reader.name == writer.name), "\(reader.name) on \(writer.name)")
            }
        }
    }
}
