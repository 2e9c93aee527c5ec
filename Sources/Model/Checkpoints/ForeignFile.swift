/// Files that are no checkpoint of a known format, told apart so that the refusal helps.
enum ForeignFile {
    /// Kinds of file that people try, by how they begin. The first that fits is named; the plain case comes after the
    /// special one.
    private static let kinds: [Kind] = [
        Kind("a PyTorch checkpoint (zip)", .planned) { $0.starts(with: zip) && $0.contain("data.pkl", within: 4096) },
        Kind("a NumPy archive (npz)", .planned) { $0.starts(with: zip) && $0.contain(".npy", within: 256) },
        Kind("a zip archive", .other) { $0.starts(with: zip) },
        Kind("a PyTorch checkpoint (legacy pickle)", .planned) {
            $0.starts(with: [0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19])
        },
        Kind("a Python pickle", .pickle) { $0.count > 2 && $0[0] == 0x80 && (2...5).contains($0[1]) },
        Kind("a NumPy array (npy)", .other) { $0.starts(with: [0x93] + Array("NUMPY".utf8)) },
        Kind("the index of a TensorFlow checkpoint", .planned) {
            $0.suffix(8).elementsEqual([0x57, 0xFB, 0x80, 0x8B, 0x24, 0x75, 0x47, 0xDB])
        },
        Kind("an HDF5 file (Keras)", .other) { $0.starts(with: [0x89] + Array("HDF\r\n".utf8)) },
        Kind("a TensorFlow.js graph", .planned) {
            $0.first == UInt8(ascii: "{") && $0.contain("\"modelTopology\"")
        },
        Kind("a PNG picture", .picture) { $0.starts(with: [0x89] + Array("PNG".utf8)) },
        Kind("a JPEG picture", .picture) { $0.starts(with: [0xFF, 0xD8, 0xFF]) },
        Kind("a GIF picture", .picture) { $0.starts(with: "GIF8".utf8) },
        Kind("a WebP picture", .picture) { $0.starts(with: "RIFF".utf8) && $0.contain("WEBP", within: 12) },
        Kind("a PDF document", .other) { $0.starts(with: "%PDF".utf8) },
        Kind("an MP4 or MOV film", .other) { $0.contain("ftyp", within: 8) },
        Kind("a WebM or Matroska film", .other) { $0.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) },
    ]
    private static let zip: [UInt8] = [0x50, 0x4B, 3, 4]

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
        case planned = "reading those is planned, but this version cannot"
        case pickle = "such files can run code when Python reads them, and this program does not read them"
        case picture = "a model is expected here"
        case other = "this program does not read those as models"
    }

    /// Why `bytes`, which no format recognises, cannot be read as a model: a sentence without the file's name.
    static func refusal(_ bytes: [UInt8]) -> String {
        let expected = "expected " + CheckpointFormats.all.map { $0.name }.joined(separator: " or ")
        if SafetensorsFile.looksLike(bytes) { return safetensorsRefusal(bytes, expected) }
        if let kind = kinds.first(where: { $0.fits(bytes) }) {
            return "this is \(kind.name); \(kind.advice.rawValue) (\(expected))"
        }
        if let first = bytes.first, "{[".utf8.contains(first) {
            return "this is JSON, or looks like it, but not of a kind that holds a model (\(expected))"
        }
        return "this is no model of a known kind (\(expected))"
    }

    private static func safetensorsRefusal(_ bytes: [UInt8], _ expected: String) -> String {
        do {
            let names = try SafetensorsFile(bytes).tensors.prefix(4).map { JSONText.shown($0.name) }
            return
                "this is a safetensors file, but its metadata has no gnca_format, so it is not a model that gnca-render "
                + "wrote; reading others is planned (got tensors \(names.joined(separator: ", ")); \(expected))"
        } catch {
            return "this is a safetensors file that cannot be read: \(error.reason)"
        }
    }
}
