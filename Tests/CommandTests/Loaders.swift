import CGNCALibav
import GNCARender

@testable import GNCABasics
@testable import GNCACheckpoints
@testable import GNCARaster
@testable import GNCATraining

#if canImport(Command)
    @testable import Command
#else
    @testable import gnca_render
#endif

/// Everything that reads what strangers made, each reader by itself, so that no other stands before it.
///
/// `Fuzz/run` feeds them random bytes; the tests feed them `Fuzz/Corpus`.
enum Loaders {
    struct Loader: Sendable {
        let name: String
        /// Longest input worth trying, bytes.
        let longest: Int
        /// Refuses by throwing, or reads.
        let read: @Sendable ([UInt8]) throws -> Void

        init(_ name: String, longest: Int = 2048, _ read: @escaping @Sendable ([UInt8]) throws -> Void) {
            (self.name, self.longest, self.read) = (name, longest, read)
        }
    }

    static let all: [Loader] = [
        // Whatever a model file is: told by content, read with a dialect given for those that do not tell theirs.
        Loader("model") { _ = try CheckpointFile(bytes: $0, path: "m", options: ReadingOptions(dialect: .parts([]))) },
        format(NativeCheckpoint.self, changing: rehashed),
        format(DistillJSON.self, longest: 1024),
        format(TFJSGraph.self),
        Loader(Hexells.name) { bytes in
            let names = try Hexells.entries(bytes)
            _ = try Hexells.tensors(bytes, entry: names.last)
        },
        format(JSONLists.self, longest: 512),
        format(PyTorchZip.self),
        format(PyTorchLegacy.self, longest: 1024),
        format(PlainSafetensors.self, longest: 1024),
        format(Npz.self),
        format(ONNX.self, longest: 1024),
        format(RawFloats.self, longest: 512),
        // Parts of formats, without the sums and signatures around them that no random change would find.
        Loader("json", longest: 256) { _ = try StrictJSON.parse($0) },
        Loader("container", longest: 512) { _ = try SafetensorsFile($0) },
        Loader("zip", longest: 512) { bytes in
            let archive = try ZipArchive(bytes, deflated: true)
            for entry in archive.entries where entry.size < 1 << 16 { _ = try archive.contents(entry) }
        },
        Loader("npy", longest: 256) { _ = try NumpyArray($0, shown: "a") },
        Loader("pickle", longest: 256) { bytes in
            _ = try TorchTensors.resolve(PickleMachine(bytes[...])) { storage in
                [UInt8](repeating: 1, count: min(storage.count, 64) * storage.type.size)[...]
            }
        },
        Loader("state", longest: 4096) { _ = try Trainer(resuming: rehashed($0), file: "s", threads: 1) },
        Loader("png", longest: 512) { bytes in
            // Sides of at most 255 pixels: larger ones only take longer.
            guard bytes.count < 24 || bytes[16..<24].enumerated().allSatisfy({ $0 % 4 == 3 || $1 == 0 }) else { return }
            _ = try PNGReader.decode(bytes)
        },
        Loader("still", longest: 512) { bytes in
            // The first byte chooses a decoder, the file follows.
            guard let first = bytes.first else { return }
            let codec = stills[Int(first) % stills.count]
            _ = try StillDecoder.decode(Array(bytes.dropFirst()), codec: codec, pixelLimit: 4096)
        },
        Loader("film", longest: 4096) { _ = try FilmFile.lastPicture(of: $0, pixelLimit: 4096) },
        Loader("timeline", longest: 256) { bytes in
            guard let text = String(validating: bytes, as: UTF8.self) else { return }
            _ = try ScenarioFile.parse(text, file: "t.yaml")
        },
        Loader("paths", longest: 128) { bytes in
            PathsOracle.checkText(bytes)
            try PathsOracle.checkWalls(bytes)
        },
        Loader("batch", longest: 256) { bytes in
            guard let text = String(validating: bytes, as: UTF8.self) else { return }
            _ = try BatchFile(parsing: text, file: "b.yaml")
        },
        // With variables that are as long as may be, so that a short file can say much.
        Loader("yaml-expansion", longest: 512) { bytes in
            guard let text = String(validating: bytes, as: UTF8.self) else { return }
            let long = String(repeating: "x", count: TextBudget.longestText)
            let values = [
                (name: "a", value: String(repeating: "x", count: 60_000)), (name: "b", value: long),
                (name: "c", value: "1"),
            ]
            _ = try BatchFile(parsing: "variables: {a: 1, b: 1, c: 1}\n" + text, file: "b.yaml", values: values)
        },
    ]

    private static func format(
        _ format: any CheckpointFormat.Type, longest: Int = 2048,
        changing change: @escaping @Sendable ([UInt8]) -> [UInt8] = { $0 }
    ) -> Loader {
        Loader(format.name, longest: longest) { bytes in
            let dialect = format == NativeCheckpoint.self ? DialectChoice.family : .parts([])
            _ = try format.read(change(bytes), file: "m", options: ReadingOptions(dialect: dialect))
        }
    }

    private static let stills = [
        AV_CODEC_ID_MJPEG, AV_CODEC_ID_GIF, AV_CODEC_ID_WEBP, AV_CODEC_ID_BMP, AV_CODEC_ID_TIFF,
    ]

    /// A file with the right hash in place of its own.
    private static func rehashed(_ bytes: [UInt8]) -> [UInt8] {
        let mark = Array("\"\(SafetensorsFile.hashKey)\":\"".utf8)
        guard let container = try? SafetensorsFile(bytes),
            let hash = try? SafetensorsFile.hash(metadata: container.metadata, data: container.data),
            let place = bytes.firstRange(of: mark)?.upperBound, place + hash.utf8.count <= bytes.count
        else { return bytes }
        var bytes = bytes
        bytes.replaceSubrange(place..<(place + hash.utf8.count), with: hash.utf8)
        return bytes
    }
}
