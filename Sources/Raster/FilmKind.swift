import CGNCALibav
import GNCABasics

/// What kind of film a file holds, told by how it begins.
enum FilmKind: CaseIterable {
    case mp4, webm, gif, apng

    private init?(_ bytes: [UInt8]) {
        if bytes.dropFirst(4).starts(with: "ftyp".utf8) {
            self = .mp4
        } else if bytes.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) {
            self = .webm
        } else if bytes.starts(with: "GIF8".utf8) {
            self = .gif
        } else if bytes.starts(with: PNGReader.signature) {
            self = .apng
        } else {
            return nil
        }
    }

    /// The kind of a file that is whole. Throws where it is cut off: players show what is there and say nothing.
    static func whole(_ bytes: [UInt8]) throws(FileFault) -> FilmKind {
        guard let kind = FilmKind(bytes) else {
            throw FileFault("not a film of a known kind (expected MP4, WebM, GIF or APNG)")
        }
        switch kind {
        case .mp4: try MP4Boxes.check(bytes)
        case .webm: try WebMElements.check(bytes)
        case .gif: _ = try GIFBlocks.pictureCount(bytes)
        case .apng: try PNGChunks.forEach(bytes) { _, _, _ in }
        }
        return kind
    }

    /// libav's demuxer. Each reads what it is given; none opens other files by itself.
    var demuxer: String {
        switch self {
        case .mp4: "mov"
        case .webm: "matroska"
        case .gif: "gif"
        case .apng: "apng"
        }
    }

    /// The names by which libav knows all of them.
    static let demuxers = ["mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "gif", "apng"]

    private static let codecs = [
        AV_CODEC_ID_H264, AV_CODEC_ID_HEVC, AV_CODEC_ID_AV1, AV_CODEC_ID_VP8, AV_CODEC_ID_VP9, AV_CODEC_ID_GIF,
        AV_CODEC_ID_APNG,
    ]

    /// Whether a codec is one that browsers play.
    static func plays(_ codec: AVCodecID) -> Bool { codecs.contains { $0 == codec } }

    /// Whether pictures after the first may stand by themselves, and are marked.
    var hasKeyframes: Bool { self == .mp4 || self == .webm }
}

/// The outermost boxes of an MP4 file.
enum MP4Boxes {
    /// Throws where one is cut off.
    static func check(_ bytes: [UInt8]) throws(FileFault) {
        try ByteReader.read(bytes) { (file) throws(FileFault) in
            var place = 0
            while place < file.count {
                guard let short = file.number(place, 4) else { throw FileFault("the film is cut off") }
                // 0: up to the end of the file; 1: the length follows in 64 bits.
                if short == 0 { return }
                var length = short
                if short == 1 {
                    guard let high = file.number(place + 8, 4), let low = file.number(place + 12, 4), high < 1 << 30
                    else {
                        throw FileFault("the film is cut off")
                    }
                    length = high << 32 | low
                }
                guard length >= 8, length <= file.count - place else { throw FileFault("the film is cut off") }
                place += length
            }
        }
    }
}

/// The outermost elements of a WebM file.
enum WebMElements {
    /// Throws where one is cut off. Films that were written to a pipe do not say how long they are.
    static func check(_ bytes: [UInt8]) throws(FileFault) {
        try ByteReader.read(bytes) { (file) throws(FileFault) in
            var place = 0
            while place < file.count {
                guard let first = file.byte(place), first > 0 else { throw FileFault("the film is damaged") }
                let sizePlace = place + first.leadingZeroBitCount + 1
                guard let head = file.byte(sizePlace), head > 0 else { throw FileFault("the film is cut off") }
                let more = head.leadingZeroBitCount
                var size = Int(head) & (0x7F >> more)
                var isUnknown = size == 0x7F >> more
                for offset in 0..<more {
                    guard let byte = file.byte(sizePlace + 1 + offset) else { throw FileFault("the film is cut off") }
                    size = size << 8 | Int(byte)
                    isUnknown = isUnknown && byte == 0xFF
                }
                if isUnknown { return }
                let start = sizePlace + 1 + more
                guard size <= file.count - start else { throw FileFault("the film is cut off") }
                place = start + size
            }
        }
    }
}
