import CGNCALibav
import GNCABasics

/// What kind of picture a file holds, told by how it begins.
enum StillKind: Equatable, CaseIterable {
    case png, jpeg, gif, webp, bmp, tiff

    init?(_ bytes: [UInt8]) {
        if bytes.starts(with: PNGReader.signature) {
            self = .png
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if bytes.starts(with: "GIF87a".utf8) || bytes.starts(with: "GIF89a".utf8) {
            self = .gif
        } else if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
            self = .webp
        } else if bytes.starts(with: "BM".utf8) {
            self = .bmp
        } else if bytes.starts(with: [0x49, 0x49, 42, 0]) || bytes.starts(with: [0x4D, 0x4D, 0, 42]) {
            self = .tiff
        } else {
            return nil
        }
    }

    /// libav's decoder; nil for PNG, which libpng reads.
    var codec: AVCodecID? {
        switch self {
        case .png: nil
        case .jpeg: AV_CODEC_ID_MJPEG
        case .gif: AV_CODEC_ID_GIF
        case .webp: AV_CODEC_ID_WEBP
        case .bmp: AV_CODEC_ID_BMP
        case .tiff: AV_CODEC_ID_TIFF
        }
    }

    /// What of a file its decoder gets. Throws where the file is cut off or asks for more work than a picture is worth.
    func essence(_ bytes: [UInt8]) throws(FileFault) -> StillEssence {
        switch self {
        case .png: try PNGChunks.essence(bytes)
        case .jpeg: try JPEGSegments.essence(bytes)
        case .gif: try GIFBlocks.essence(bytes)
        case .webp: try WebPChunks.essence(bytes)
        case .bmp: StillEssence(bytes: bytes)
        case .tiff: try TIFFDirectory.essence(bytes)
        }
    }
}

/// A picture's file as its decoder gets it: all that says how the pixels look, and nothing else.
///
/// Decoders unpack texts, profiles and tags, and keep them; a small file can make them do that for hours. Nobody here asks
/// for any of it.
struct StillEssence {
    var bytes: [UInt8]
    /// The same with other bits after the end of its data, where the decoder may read on: the picture must not change.
    var twin: [UInt8]?
    /// How the picture is turned when it is shown.
    var orientation = Orientation.upright
}

/// Numbers in the bytes of a file; nil past its end.
struct ByteReader {
    let bytes: UnsafeBufferPointer<UInt8>
    var isBigEndian = true

    var count: Int { bytes.count }

    func byte(_ place: Int) -> UInt8? { bytes.indices.contains(place) ? bytes[place] : nil }

    /// `length`: bytes of the number, at most four.
    func number(_ place: Int, _ length: Int) -> Int? {
        guard place >= 0, place <= count - length else { return nil }
        let number = bytes[place..<(place + length)]
        return isBigEndian ? number.reduce(0) { $0 << 8 | Int($1) } : number.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    func has(_ text: String, at place: Int) -> Bool {
        let wanted = text.utf8
        return place >= 0 && place <= count - wanted.count
            && bytes[place..<(place + wanted.count)].elementsEqual(wanted)
    }

    /// The bytes of a range that lies inside.
    func part(_ range: Range<Int>) -> ByteReader {
        ByteReader(bytes: UnsafeBufferPointer(rebasing: bytes[range]), isBigEndian: isBigEndian)
    }
}

extension ByteReader {
    /// Calls `body` with a reader of `bytes`.
    static func read<Result>(
        _ bytes: [UInt8], isBigEndian: Bool = true, _ body: (ByteReader) throws(FileFault) -> Result
    ) throws(FileFault) -> Result {
        let outcome = bytes.withUnsafeBufferPointer { buffer -> Swift.Result<Result, FileFault> in
            do throws(FileFault) {
                return .success(try body(ByteReader(bytes: buffer, isBigEndian: isBigEndian)))
            } catch { return .failure(error) }
        }
        return try outcome.get()
    }
}
