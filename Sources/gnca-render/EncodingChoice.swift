import GNCAExport

/// What the output options mean for every encoder of a run.
struct EncodingChoice {
    private let output: OutputOptions
    private let threads: Int?

    /// `threads`: as the user named them, nil = the encoder's choice.
    init(_ output: OutputOptions, threads: Int?) {
        self.output = output
        self.threads = threads
    }

    func options(metadata: [KeyValue]) throws -> EncodingOptions {
        EncodingOptions(
            codec: output.codec, quality: output.quality, preset: output.preset, pixelFormat: output.pixelFormat,
            encoderOptions: try output.encoderOptions.map(Self.keyValue), loop: try Self.loop(output.loop),
            threads: threads ?? 0, reproducible: output.reproducible, metadata: metadata)
    }

    private static func keyValue(_ text: String) throws -> KeyValue {
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
            throw CommandError.usage("--encoder-option \"\(text)\" is not of the form KEY=VALUE")
        }
        return KeyValue(String(text[..<equals]), String(text[text.index(after: equals)...]))
    }

    private static func loop(_ text: String) throws -> Int {
        if text == "forever" { return 0 }
        guard let count = Int(text), (1...65_535).contains(count) else {
            throw CommandError.usage("--loop is \"\(text)\" (expected 1...65535 or forever)")
        }
        return count
    }
}
