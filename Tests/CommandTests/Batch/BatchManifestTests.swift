import Foundation
import GNCABasics
import GNCAExport
import GNCATestSupport
import Testing

@testable import gnca_render

@Suite struct BatchManifestTests {
    private let digest = OutputFiles.Digest(sha256: String(repeating: "a", count: 64), byteCount: 5)
    private var content: OutputFiles.Content { OutputFiles.Content(digest: digest, stills: []) }

    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.makeFolder(".gnca-batch")
        try body(folder.path)
    }

    @Test func whatWasWrittenIsReadAgainByEveryShard() throws {
        try withFolder { folder in
            let first = try BatchManifest(folder: folder, shard: nil)
            try first.begin("a \"b\".mp4", key: "k1")
            try first.finish("a \"b\".mp4", key: "k1", content: content, seconds: 1.5)
            try first.begin("c.mp4", key: "k2")
            let shard = try Shard("2/3") { _ in nil }
            let second = try BatchManifest(folder: folder, shard: shard)
            #expect(second["a \"b\".mp4"].made == [.init(key: "k1", digest: digest)])
            #expect(second["c.mp4"].begun == ["k2"] && second["c.mp4"].made.isEmpty)
            #expect(second["d.mp4"].begun.isEmpty)
            try second.begin("c.mp4", key: "k3")
            #expect(try BatchManifest(folder: folder, shard: nil)["c.mp4"].begun == ["k2", "k3"])
            let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/.gnca-batch").sorted()
            #expect(names == ["manifest-2-of-3.jsonl", "manifest.jsonl"])
        }
    }

    @Test func everyTornLastLineIsPassedOver() throws {
        try withFolder { folder in
            let whole = try BatchManifest(folder: folder, shard: nil)
            try whole.begin("a.mp4", key: "k1")
            try whole.finish("a.mp4", key: "k1", content: content, seconds: 1)
            let path = folder + "/.gnca-batch/manifest.jsonl"
            let bytes = try #require(FileManager.default.contents(atPath: path))
            let firstLine = try #require(bytes.firstIndex(of: 0x0a)) + 1
            for length in 0..<bytes.count {
                try bytes.prefix(length).write(to: URL(fileURLWithPath: path))
                let torn = try BatchManifest(folder: folder, shard: nil)
                #expect(torn["a.mp4"].begun == (length >= firstLine - 1 ? ["k1"] : []))
                // Without its line feed the last line is whole all the same.
                #expect(torn["a.mp4"].made.count == (length >= bytes.count - 1 ? 1 : 0))
                try torn.finish("b.mp4", key: "k2", content: content, seconds: 1)
                #expect(try BatchManifest(folder: folder, shard: nil)["b.mp4"].made.count == 1)
            }
        }
    }

    @Test func aLongHistoryIsMadeShort() throws {
        try withFolder { folder in
            let path = folder + "/.gnca-batch/manifest.jsonl"
            let long = try BatchManifest(folder: folder, shard: nil)
            for number in 0..<50 {
                for output in ["a.mp4", "b.mp4"] {
                    try long.begin(output, key: "k\(number)")
                    try long.finish(output, key: "k\(number)", content: content, seconds: 1)
                }
            }
            let short = try BatchManifest(folder: folder, shard: nil)
            let before = FileManager.default.contents(atPath: path)
            _ = try BatchManifest(folder: folder, shard: nil)
            #expect(FileManager.default.contents(atPath: path) == before, "reading writes nothing")
            try short.compact()
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            #expect(lines.count == 8)
            for output in ["a.mp4", "b.mp4"] {
                #expect(short[output].made.contains(.init(key: "k49", digest: digest)))
                #expect(try BatchManifest(folder: folder, shard: nil)[output].made.map(\.key) == ["k48", "k49"])
            }
        }
    }

    @Test func anOutputIsUpToDateWhileItsBytesAreThoseThatWereMade() throws {
        try withFolder { folder in
            let source = try YAMLValue.root(of: "a: b", file: "b.yaml")
            func job(_ path: String, _ key: String) -> BatchJob {
                let output = BatchJob.Output(path: folder + path, kind: kind(path), source: source)
                return BatchJob(name: "a", arguments: [], outputs: [output], inputs: [], source: source, key: key)
            }
            func kind(_ path: String) -> RunFiles.Kind {
                path.hasSuffix(".mp4") ? .file : .stills(before: "frame-", after: ".png")
            }
            func put(_ text: String, _ name: String) throws {
                try Data(text.utf8).write(to: URL(fileURLWithPath: folder + name))
            }
            try FileManager.default.createDirectory(atPath: folder + "/stills", withIntermediateDirectories: false)
            try FileManager.default.createDirectory(
                atPath: folder + "/stills/.gnca-batch", withIntermediateDirectories: false)
            try put("one", "/stills/frame-00001.png")
            try put("film", "/a.mp4")
            for (path, file) in [
                ("/a.mp4", "/a.mp4"), ("/stills/", "/stills/frame-00001.png"),
                ("/stills/frame-%05d.png", "/stills/frame-00001.png"),
            ] {
                let manifests = BatchManifests(shard: nil)
                func state(_ key: String) throws -> BatchManifests.State { try manifests.state(of: job(path, key)) }
                let output = job(path, "k").outputs[0]
                #expect(try state("k") == .new)
                try manifests[output.folder].begin(output.name, key: "k")
                #expect(try state("k") == .changed)
                #expect(try manifests.finish(output, of: job(path, "k"), stills: 1, seconds: 1))
                #expect(try state("k") == .upToDate)
                #expect(try state("k2") == .changed)
                try put("two", file)
                #expect(try state("k") == .outputChanged)
                try FileManager.default.removeItem(atPath: folder + file)
                #expect(try state("k") == .outputMissing)
                try put("one", "/stills/frame-00001.png")
            }
        }
    }
}
