import CGNCALibav
import GNCARender

@testable import GNCABasics
@testable import GNCACheckpoints
@testable import GNCAExport
@testable import GNCARaster
@testable import GNCATraining

#if canImport(GNCATestSupport)
    import GNCATestSupport
#endif
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

    static let all = readers + escapes

    private static let readers: [Loader] = [
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
            let kind = stills[Int(first) % stills.count]
            let still = StillEssence(bytes: Array(bytes.dropFirst()))
            if let codec = kind.codec { _ = try StillDecoder.decode(still, codec: codec, pixelLimit: 4096) }
        },
        Loader("still-file", longest: 1024) { bytes in
            // As from a file, but for the sums of a PNG, which random changes would never mend.
            guard let kind = StillKind(bytes) else { return }
            let still = try kind.essence(bytes)
            guard let codec = kind.codec else { return }
            _ = try StillDecoder.decode(still, codec: codec, pixelLimit: 4096).turned(still.orientation)
        },
        Loader("film", longest: 4096) { _ = try FilmFile.lastPicture(of: $0, pixelLimit: 4096) },
        Loader("encoder-options", longest: 128) { bytes in
            // The first byte chooses a codec; then comes an option a line.
            guard let first = bytes.first, let text = String(validating: bytes.dropFirst(), as: UTF8.self) else {
                return
            }
            let codec = codecs[Int(first) % codecs.count]
            let options = text.split(separator: "\n").compactMap { line -> KeyValue? in
                guard let sign = line.firstIndex(of: "=") else { return nil }
                return KeyValue(String(line[..<sign]), String(line[line.index(after: sign)...]))
            }
            try encode(codec, options)
        },
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
        // With variables as long as may be, so that a short file can say much: small limits are met as soon as large ones.
        Loader("yaml-expansion", longest: 512) { bytes in
            guard let text = String(validating: bytes, as: UTF8.self) else { return }
            let (longest, total) = (64, 1024)
            let values = [
                (name: "a", value: String(repeating: "x", count: longest - 4)),
                (name: "b", value: String(repeating: "x", count: longest)), (name: "c", value: "1"),
            ]
            let batch = try BatchFile(
                parsing: "variables: {a: 1, b: 1, c: 1}\n" + text, file: "b.yaml", values: values,
                budget: TextBudget(longest: longest, total: total))
            let words = batch.models.flatMap(\.files)
            precondition(words.allSatisfy { $0.utf8.count <= longest })
            precondition(words.reduce(0) { $0 + $1.utf8.count } <= total)
        },
    ]

    /// What is written for other languages, with a reader of each as the oracle: anything but the same text is a crash.
    private static let escapes: [Loader] = [
        escape("escape-markup") { text in
            let printable = Escaping.printable(text)
            return (StrictReaders.markup(Escaping.html(text), quotes: false), printable)
        },
        escape("escape-xml") { text in
            (StrictReaders.markup(Escaping.xml(text), quotes: true), Escaping.printable(text))
        },
        escape("escape-latex") { text in
            (StrictReaders.latex(Escaping.latex(text)), Escaping.oneLine(Escaping.printable(text)))
        },
        escape("escape-markdown") { text in
            let line = Escaping.oneLine(Escaping.printable(text)).unicodeScalars
            let isSpace = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace || scalar == "\u{FEFF}" }
            let words = line.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
            return (StrictReaders.markdown(Escaping.markdown(text)), String(String.UnicodeScalarView(words)))
        },
        escape("escape-shell") { text in
            // Words that stand side by side stay what they are.
            let text = text.parts(at: "\0").joined()  // no argument holds it
            let words = text.parts(at: "|")
            let line = words.map(Escaping.shellWord).joined(separator: " ")
            precondition(StrictReaders.isShown(line, lines: true))
            let read = StrictReaders.shell(line)?.joined(separator: "|")
            return (read.map { SystemText.text(Array($0.utf8)) }, SystemText.text(SystemText.bytes(text)))
        },
        escape("escape-json") { text in
            let quoted = JSONText.quoted(text)
            precondition(StrictReaders.isShown(quoted))
            return ((try? StrictJSON.parse(quoted.utf8))?.text, text)
        },
        Loader("escape-url", longest: 64) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            precondition(StrictReaders.url(Escaping.urlPath(text)) == SystemText.bytes(text))
            let address = Escaping.url(text)
            precondition(StrictReaders.url(address) != nil && Escaping.url(address).isExactly(address))
            precondition(StrictReaders.isShown(Escaping.visible(text)))
        },
        Loader("scalar-text", longest: 64) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            precondition(text.parts(at: ",").joined(separator: ",").isExactly(text))
            let scalars = String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\r" && $0 != "\n" })
            precondition(text.scalarLines.joined().isExactly(String(scalars)))
            for (mark, other) in [("/", text.cut(at: "/")), ("/", text.cut(atLast: "/"))] {
                precondition(other.map { ($0.before + mark + $0.behind).isExactly(text) } ?? !text.holds(mark))
            }
            let start = text.beginning(3)
            precondition(text.begins(with: start) && text.ends(with: text.without(beginning: start) ?? "-"))
        },
    ]

    /// `read`: what the reader makes of the text, nil where it refuses, and what it should be.
    private static func escape(_ name: String, _ read: @escaping @Sendable (String) -> (String?, String)) -> Loader {
        Loader(name, longest: 64) { bytes in
            let (found, expected) = read(String(decoding: bytes, as: UTF8.self))
            precondition(found?.isExactly(expected) == true)
        }
    }

    private static func format(
        _ format: any CheckpointFormat.Type, longest: Int = 2048,
        changing change: @escaping @Sendable ([UInt8]) -> [UInt8] = { $0 }
    ) -> Loader {
        Loader(format.name, longest: longest) { bytes in
            let dialect = format == NativeCheckpoint.self ? DialectChoice.family : .parts([])
            _ = try format.read(change(bytes), file: "m", options: ReadingOptions(dialect: dialect))
        }
    }

    private static let codecs: [Codec] = [.h264, .h265, .vp9, .prores, .ffv1, .webp, .gif]

    /// Whether the fuzzer opens encoders with the options that pass. It takes long: 25 inputs a second.
    private static let opensEncoders = getenv("GNCA_FUZZ_ENCODERS") != nil

    /// libav's own parser must find no other key in a list that passes than those that may stand there. Where encoders are
    /// opened, no file may come of it.
    private static func encode(_ codec: Codec, _ options: [KeyValue]) throws {
        for option in options {
            try codec.userOptions.check(option, codec: codec.name)
            guard let keys = codec.userOptions.lists[option.key] else { continue }
            for key in parsedKeys(option.value) {
                precondition(keys.contains(key) || key.hasPrefix("no-") && keys.contains(String(key.dropFirst(3))), key)
            }
        }
        guard opensEncoders else { return }
        let film = FilmDescription(width: 64, height: 64, frameRate: 25, frameCount: 1)
        let options = EncodingOptions(encoderOptions: options, reproducible: true)
        let palette = Palette(ColourHistogram(), transparent: false)
        let encoder = try Encoder(
            codec, film, options, globalHeader: false, palette: codec.name == Codec.gif.name ? palette : nil,
            check: LibavCheck(file: "film"))
        try encoder.encode(Frame(width: film.width, height: film.height)) { _ in }
        try encoder.drain { _ in }
        #if canImport(Command)
            precondition(EmptyFolder.isEmpty, "an encoder made a file")
        #endif
    }

    private static func parsedKeys(_ list: String) -> [String] {
        var dictionary: OpaquePointer?
        defer { av_dict_free(&dictionary) }
        av_dict_parse_string(&dictionary, list, "=", ":", 0)
        var keys: [String] = []
        var entry: UnsafeMutablePointer<AVDictionaryEntry>?
        while true {
            entry = av_dict_get(dictionary, "", entry, AV_DICT_IGNORE_SUFFIX)
            guard let entry else { return keys }
            keys.append(String(cString: entry.pointee.key))
        }
    }

    private static let stills: [StillKind] = [.jpeg, .gif, .webp, .bmp, .tiff]

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
