/// Files that are no checkpoint of a known format, told apart so that the refusal helps.
enum ForeignFile {
    /// Kinds of file that people try, by how they begin. The first that fits is named; the plain case comes after the
    /// special one.
    private static let kinds: [Kind] = [
        Kind("a zip archive", .other) { $0.starts(with: [0x50, 0x4B, 3, 4]) },
        Kind("a tar archive (PyTorch before version 0.1.10)", .other) { $0.dropFirst(257).starts(with: "ustar".utf8) },
        Kind("a NumPy array (npy)", .array) { $0.starts(with: [0x93] + Array("NUMPY".utf8)) },
        Kind("the index of a TensorFlow 2 checkpoint", .notebook) {
            $0.suffix(8).elementsEqual([0x57, 0xFB, 0x80, 0x8B, 0x24, 0x75, 0x47, 0xDB])
        },
        Kind("an HDF5 file (Keras)", .other) { $0.starts(with: [0x89] + Array("HDF\r\n".utf8)) },
        Kind("a PNG picture", .picture) { $0.starts(with: [0x89] + Array("PNG".utf8)) },
        Kind("a JPEG picture", .picture) { $0.starts(with: [0xFF, 0xD8, 0xFF]) },
        Kind("a GIF picture", .picture) { $0.starts(with: "GIF8".utf8) },
        Kind("a WebP picture", .picture) { $0.starts(with: "RIFF".utf8) && $0.contain("WEBP", within: 12) },
        Kind("a PDF document", .other) { $0.starts(with: "%PDF".utf8) },
        Kind("an MP4 or MOV film", .other) { $0.contain("ftyp", within: 8) },
        Kind("a WebM or Matroska film", .other) { $0.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) },
    ]

    private struct Kind: Sendable {
        let name: String
        let advice: Advice
        let fits: @Sendable ([UInt8]) -> Bool

        init(_ name: String, _ advice: Advice, _ fits: @escaping @Sendable ([UInt8]) -> Bool) {
            self.name = name
            self.advice = advice
            self.fits = fits
        }
    }

    private enum Advice: String {
        case array = "one array is no model (numpy.savez writes several)"
        case notebook = "use the .json that the notebook wrote beside it"
        case picture = "a model is expected here"
        case other = "this program does not read those as models"
    }

    /// Why `bytes`, which no format recognises, cannot be read as a model: a sentence without the file's name.
    static func refusal(_ bytes: [UInt8]) -> String {
        let expected = "expected \(CheckpointFormats.names)"
        if let refusal = pickleRefusal(bytes) { return "\(refusal) (\(expected))" }
        if let kind = kinds.first(where: { $0.fits(bytes) }) {
            return "this is \(kind.name); \(kind.advice.rawValue) (\(expected))"
        }
        if let first = bytes.first, "{[".utf8.contains(first) {
            return "this is JSON, or looks like it, but not of a kind that holds a model (\(expected))"
        }
        return "this is no model of a known kind (\(expected))"
    }

    /// Of a pickle that is not PyTorch's. Those without a protocol number look like text: they are told by
    /// their last byte and by what they call.
    private static func pickleRefusal(_ bytes: [UInt8]) -> String? {
        let ends = bytes.first == 0x80 || bytes.last == UInt8(ascii: ".")
        if ends, let call = PickleMachine.forbiddenCall(in: bytes) {
            return "this is a Python pickle, refused: calls \(call) (this file may be malicious)"
        }
        guard bytes.count > 2, bytes[0] == 0x80, (2...5).contains(bytes[1]) else { return nil }
        return
            "this is a Python pickle; such files can run code when Python reads them, and this program does not read them"
    }
}
