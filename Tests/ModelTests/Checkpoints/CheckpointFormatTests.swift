import Foundation
import Testing

@testable import GNCACells
@testable import GNCACheckpoints

@Suite struct CheckpointFormatTests {
    /// Every source file in the folder that declares a format names it in the registry, and nothing else is there.
    @Test func theRegistryHoldsTheFormatsOfTheFolder() throws {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../Sources/Model/Checkpoints").standardizedFileURL
        var declared: [String] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: sources.path)
        where name.hasSuffix(".swift") {
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

    /// A file of every kind.
    private static func files() throws -> [String: [UInt8]] {
        let small = try SmallLayers()
        let tensors = small.tensors(["a", "b", "c", "d"])
        let checkpoint = Checkpoint(rule: try CheckpointSamples.rule())
        var files = [
            "tfjs": ModelFiles.tfjsGraph(small), "pytorch": ModelFiles.torchZip(tensors),
            "pytorch-legacy": ModelFiles.torchLegacy(tensors), "raw": ModelFiles.raw(small),
            "onnx": ONNXFile.layers(small), "hexells": Array(try HexellsFile.text().utf8),
            "json-lists": Array(JSONListsTests.text(tensors).utf8),
        ]
        for format in CheckpointFormats.all where format.writtenExtension != nil {
            files[format.name] = try format.write(checkpoint, file: "x")
        }
        return files
    }

    @Test func eachFormatRecognisesItsOwnFilesOnly() throws {
        let files = try Self.files()
        #expect(files.keys.sorted() == CheckpointFormats.all.map { $0.name }.sorted())
        for (name, bytes) in files {
            for reader in CheckpointFormats.all {
                #expect(reader.recognises(bytes) == (reader.name == name), "\(reader.name) on \(name)")
            }
        }
    }

    @Test func formatsThatAreOnlyReadSaySo() throws {
        let checkpoint = Checkpoint(rule: try CheckpointSamples.rule())
        for format in CheckpointFormats.all where format.writtenExtension == nil {
            let reason = "models of the kind \(format.name) are read, not written"
            #expect(throws: ModelError.badCheckpoint(file: "x", reason: reason)) {
                try format.write(checkpoint, file: "x")
            }
        }
    }

    @Test func writtenFilesGiveTheSameRuleInEveryFormat() throws {
        let rule = try SmallLayers().layers
        let checkpoint = Checkpoint(rule: try DialectFolding(rule, Dialect()).rule)
        for format in CheckpointFormats.all where format.writtenExtension != nil && format.name != "distill-json" {
            #expect(try format.read(format.write(checkpoint, file: "x"), file: "x").rule == checkpoint.rule)
        }
    }
}
