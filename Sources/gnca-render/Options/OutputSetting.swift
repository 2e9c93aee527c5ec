import GNCABasics
import GNCAExport

/// An option of one output, as `--for` has it: "film.mp4:quality=18".
struct OutputSetting {
    /// Indexes of the outputs that are meant.
    let outputs: [Int]
    private let key: String
    private let value: String
    /// As it was written.
    private let text: String

    /// What can be said of an output.
    static let keys = ["quality", "preset", "codec", "pixel-format", "encoder-option", "loop", "keyframes", "max-size"]

    /// `outputs`, `formats`: of the run. A name may have colons: the longest output that the text begins with is meant, else
    /// the outputs of a format. Throws `CommandError.usage` where there is none.
    init(_ text: String, outputs: [String], formats: [String]) throws {
        self.text = text
        let named = outputs.filter { text.begins(with: $0 + ":") }.max { $0.utf8.count < $1.utf8.count }
        let format = formats.first { text.begins(with: $0 + ":") }
        guard let name = named ?? format, let rest = text.without(beginning: name + ":") else {
            throw CommandError.usage(
                "--for is \"\(text)\" (expected OUTPUT:KEY=VALUE, where OUTPUT is one of "
                    + "\((outputs + formats).unique.joined(separator: ", ")))")
        }
        self.outputs = outputs.indices.filter { named.map(outputs[$0].isExactly) ?? (formats[$0] == name) }
        guard let (key, value) = rest.cut(at: "="), Self.keys.contains(key) else {
            let key = rest.cut(at: "=")?.before ?? rest
            throw CommandError.usage(
                "--for \(text): an output has no \"\(key)\" (\(Spelling.hint(key, known: Self.keys)))")
        }
        (self.key, self.value) = (key, value)
    }

    /// Throws `CommandError.usage` where the value is none.
    func apply(to options: inout EncodingOptions) throws {
        do {
            switch key {
            case "quality": options.quality = try OptionText.number(in: -1000...1000)(value)
            case "preset": options.preset = value
            case "codec": options.codec = value
            case "pixel-format": options.pixelFormat = value
            case "encoder-option":
                let pair = try OptionText.pair(value)
                options.encoderOptions.append(KeyValue(pair.key, pair.value))
            case "loop": options.loop = try OptionText.loop(value)
            case "keyframes": options.keyframeInterval = try OptionText.number(in: 0.01...3600)(value)
            default: options.maxSize = try OptionText.byteCount(value)
            }
        } catch {
            throw CommandError.usage("--for \(text): \(key) \(error)")
        }
    }
}

extension [String] {
    /// Each once, in the order of its first place.
    fileprivate var unique: [String] {
        reduce(into: []) { list, text in if !list.contains(where: text.isExactly) { list.append(text) } }
    }
}
