import GNCABasics

/// Files that are no checkpoint of a known format, told apart so that the refusal helps.
enum ForeignFile {
    /// Kinds of file that people try, by how they begin. The first that fits is named; the plain case comes after the
    /// special one.
    private static let kinds: [Kind] = [
        Kind("a Keras model (.keras)", keras) {
            $0.starts(with: zip)
                && (ZipArchive.firstName($0) == "metadata.json" || $0.contain("model.weights.h5", within: 4096))
        },
        Kind("a zip archive", unpack) { $0.starts(with: zip) },
        Kind("a gzip archive", unpack) { $0.starts(with: [0x1F, 0x8B]) },
        Kind(
            "a tar archive (PyTorch before version 0.1.10)",
            "save it with a later PyTorch: torch.save(model.state_dict(), FILE)"
        ) {
            $0.dropFirst(257).starts(with: "ustar".utf8)
        },
        Kind("a NumPy array (npy)", "one array is no model (numpy.savez writes several)") {
            $0.starts(with: [0x93] + Array("NUMPY".utf8))
        },
        Kind("the index of a TensorFlow 2 checkpoint", "use the .json that the notebook wrote beside it") {
            $0.suffix(8).elementsEqual([0x57, 0xFB, 0x80, 0x8B, 0x24, 0x75, 0x47, 0xDB])
        },
        // saved_model_schema_version 1, then the graphs.
        Kind("a TensorFlow SavedModel", arrays) { $0.starts(with: [0x08, 0x01, 0x12]) },
        Kind("a TensorFlow Lite model", arrays) { $0.dropFirst(4).starts(with: "TFL3".utf8) },
        Kind("an HDF5 file (Keras)", keras) { $0.starts(with: [0x89] + Array("HDF\r\n".utf8)) },
        Kind(
            "a Flax checkpoint (msgpack)",
            "save the parameters with numpy.savez(FILE, **flax.traverse_util.flatten_dict(params, sep='.'))"
        ) {
            ["params", "opt_state", "step"].contains(msgpackKey($0))
        },
        Kind("a GGUF file, which holds a language model", other) { $0.starts(with: "GGUF".utf8) },
        Kind("a MATLAB file", arrays) { $0.starts(with: "MATLAB ".utf8) },
        Kind("a pointer of Git LFS in place of the file", "git lfs pull fetches the file itself") {
            $0.starts(with: "version https://git-lfs".utf8)
        },
        Kind("a web page", "download the file itself, which such pages offer as raw") { bytes in
            ["<!doctype html", "<html"].contains { $0.utf8.elementsEqual(bytes.prefix($0.utf8.count).map(lowercase)) }
        },
        Kind("a PNG picture", picture) { $0.starts(with: [0x89] + Array("PNG".utf8)) },
        Kind("a JPEG picture", picture) { $0.starts(with: [0xFF, 0xD8, 0xFF]) },
        Kind("a GIF picture", picture) { $0.starts(with: "GIF8".utf8) },
        Kind("a WebP picture", picture) { $0.starts(with: "RIFF".utf8) && $0.contain("WEBP", within: 12) },
        Kind("a PDF document", other) { $0.starts(with: "%PDF".utf8) },
        Kind("an MP4 or MOV film", other) { $0.contain("ftyp", within: 8) },
        Kind("a WebM or Matroska film", other) { $0.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) },
    ]

    private static let zip: [UInt8] = [0x50, 0x4B, 3, 4]
    private static let arrays = "save the arrays of its weights with numpy.savez(FILE, NAME=ARRAY, ...)"
    private static let keras = "save its weights with numpy.savez(FILE, *model.get_weights())"
    private static let picture = "a model is expected here"
    private static let unpack = "unpack it first, where a model is inside"
    private static let other = "this program does not read those as models"

    private struct Kind: Sendable {
        let name: String
        /// What the user can do, or why not.
        let advice: String
        let fits: @Sendable ([UInt8]) -> Bool

        init(_ name: String, _ advice: String, _ fits: @escaping @Sendable ([UInt8]) -> Bool) {
            self.name = name
            self.advice = advice
            self.fits = fits
        }
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

    /// The first key of a dictionary in msgpack, where the file begins with one of short texts.
    private static func msgpackKey(_ bytes: [UInt8]) -> String? {
        guard let first = bytes.first else { return nil }
        // A map of up to 15 entries, or with its length in two or four bytes.
        let start: Int
        switch first {
        case 0x81...0x8F: start = 1
        case 0xDE: start = 3
        case 0xDF: start = 5
        default: return nil
        }
        guard bytes.count > start, (0xA1...0xBF).contains(bytes[start]) else { return nil }
        let key = bytes.dropFirst(start + 1).prefix(Int(bytes[start] & 31))
        return String(validating: key, as: UTF8.self)
    }

    /// Why `bytes`, which no format recognises, cannot be read as a model: a sentence without the file's name.
    static func refusal(_ bytes: [UInt8]) -> String {
        let expected = "expected \(CheckpointFormats.names)"
        if let refusal = pickleRefusal(bytes) { return "\(refusal) (\(expected))" }
        if let kind = kinds.first(where: { $0.fits(bytes) }) {
            return "this is \(kind.name); \(kind.advice) (\(expected))"
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
        if ends, let call = PickleMachine.forbiddenCall(in: bytes[...]) {
            return "this is a Python pickle, refused: \(call) (this file may be malicious)"
        }
        guard bytes.count > 2, bytes[0] == 0x80, (2...5).contains(bytes[1]) else { return nil }
        return
            "this is a Python pickle, which can run code when Python reads it; save the weights with torch.save or "
            + "numpy.savez"
    }
}
