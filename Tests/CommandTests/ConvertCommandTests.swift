import ArgumentParser
import Foundation
import GNCABasics
import GNCACells
import GNCACheckpoints
import GNCAExport
import GNCATestSupport
import Testing

@testable import gnca_render

@Suite struct ConvertCommandTests {
    @Test func aModelGoesThroughDistillJSONAndBack() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let original = try folder.add("a.ckpt", try TemporaryFolder.checkpoint(distill: true))
        try ConvertCommand.parse([original, "-o", "\(folder.path)/b.json"]).run()
        try ConvertCommand.parse(["\(folder.path)/b.json", "-o", "\(folder.path)/c.CKPT"]).run()
        try ConvertCommand.parse(["\(folder.path)/c.CKPT", "-o", "\(folder.path)/d", "--format", "distill-json"]).run()

        #expect(try folder.names == ["a.ckpt", "b.json", "c.CKPT", "d"])
        let json = try CheckpointFile(path: "\(folder.path)/b.json")
        let native = try CheckpointFile(path: "\(folder.path)/c.CKPT")
        #expect(json.format.name == "distill-json" && native.format.name == "ckpt")
        #expect(native.checkpoint.rule == json.checkpoint.rule)
        let from = "distill-json, SHA-256 \(try json.sha256())"
        #expect(native.checkpoint.provenance == ["converted_from": from])
        #expect(try CheckpointFile(path: "\(folder.path)/d").bytes == json.bytes)
    }

    @Test func theSameFormatGivesTheSameFile() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let original = try folder.add("a.ckpt", try TemporaryFolder.checkpoint())
        try ConvertCommand.parse([original, "-o", "\(folder.path)/b.ckpt"]).run()
        #expect(try CheckpointFile(path: "\(folder.path)/b.ckpt").bytes == (try CheckpointFile(path: original).bytes))
    }

    @Test func aModelGoesThroughEveryFormatThatIsWritten() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let original = try folder.add("a.ckpt", try TemporaryFolder.checkpoint())
        for (input, output) in [("a.ckpt", "b.npz"), ("b.npz", "c.safetensors"), ("c.safetensors", "d.ckpt")] {
            try ConvertCommand.parse(["\(folder.path)/\(input)", "-o", "\(folder.path)/\(output)"]).run()
        }
        let (first, last) = (try CheckpointFile(path: original), try CheckpointFile(path: "\(folder.path)/d.ckpt"))
        #expect(last.checkpoint.rule == first.checkpoint.rule && last.checkpoint.gridSize == first.checkpoint.gridSize)
    }

    @Test func aDialectIsForFilesThatDoNotTellTheirs() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let original = try folder.add("a.ckpt", try TemporaryFolder.checkpoint())
        let output = "\(folder.path)/b.ckpt"
        let reason = "this file holds all settings itself (options of reading are for files of other programs)"
        #expect(throws: ModelError.badCheckpoint(file: original, reason: reason)) {
            try ConvertCommand.parse([original, "-o", output, "--dialect", "scale=1"]).run()
        }
        #expect(try folder.names == ["a.ckpt"])
    }

    @Test func anExistingOutputIsReplacedOnRequestOnly() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let original = try folder.add("a.ckpt", try TemporaryFolder.checkpoint())
        let taken = "\(folder.path)/b.ckpt"
        try Data("mine".utf8).write(to: URL(fileURLWithPath: taken))
        #expect(throws: WriteFault.existsAlready(file: taken)) {
            try ConvertCommand.parse([original, "-o", taken]).run()
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: taken)) == Data("mine".utf8))
        try ConvertCommand.parse([original, "-o", taken, "--overwrite"]).run()
        #expect(try CheckpointFile(path: taken).format.name == "ckpt")
        #expect(try folder.names == ["a.ckpt", "b.ckpt"])
    }

    @Test func nothingIsLeftWhereTheFormatCannotHoldTheModel() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        var large = try TemporaryFolder.checkpoint()
        large.rule.perception.filters = Filter.sobel(scale: .greatestFiniteMagnitude)
        let original = try folder.add("a.ckpt", large)
        #expect(throws: ModelError.self) {
            try ConvertCommand.parse([original, "-o", "\(folder.path)/b.json"]).run()
        }
        #expect(try folder.names == ["a.ckpt"])
    }

    @Test func aMissingFolderIsNamed() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let original = try folder.add("a.ckpt", try TemporaryFolder.checkpoint())
        let output = "\(folder.path)/none/b.ckpt"
        let reason = "folder \(folder.path)/none: No such file or directory"
        #expect(throws: WriteFault.cannotCreate(file: output, reason: reason)) {
            try ConvertCommand.parse([original, "-o", output]).run()
        }
    }

    @Test(arguments: [
        (
            ["a", "-o", "b.pth"],
            "b.pth: the extension names no model format (got \"pth\", expected .ckpt, .json, .safetensors, .npz); or say --format"
        ),
        (
            ["a", "-o", "dir.ckpt/b"],
            "dir.ckpt/b: the extension names no model format (got \"\", expected .ckpt, .json, .safetensors, .npz); or say --format"
        ),
    ])
    func unknownExtensionsAreUsageErrors(arguments: [String], message: String) {
        #expect { try ConvertCommand.parse(arguments) } throws: { error in
            ConvertCommand.message(for: error) == message
                && ConvertCommand.exitCode(for: error) == ExitCode.validationFailure
        }
    }
}
