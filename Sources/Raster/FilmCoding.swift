import CGNCALibav
import GNCABasics

/// How the pictures of a film's file are encoded, as pages tell browsers before they fetch it.
public struct FilmCoding: Sendable, Equatable {
    /// The codec and its profile, as RFC 6381 has it: "avc1.64001F"; nil where the file does not say.
    public var codecs: String?
    /// Why some browsers may not play it, as the end of a sentence; nil for what all of them do.
    public var obstacle: String?

    /// Of H.264, H.265 and AV1 the profile stands in the file's header, of VP9 in its first picture.
    init(_ parameters: AVCodecParameters, firstPacket: [UInt8]) {
        let header = UnsafeBufferPointer(start: parameters.extradata, count: Int(parameters.extradata_size)).map { $0 }
        switch parameters.codec_id {
        case AV_CODEC_ID_H264 where header.count > 4:
            codecs = "avc1." + header[1..<4].map(Self.hexadecimal).joined()
            obstacle = [100: nil, 77: nil, 66: nil, 110: "10 bits a channel", 122: "4:2:2", 244: "4:4:4"][
                Int(header[1]), default: "a rare profile"
            ].map { "is H.264 with \($0)" }
        case AV_CODEC_ID_HEVC where header.count > 22:
            codecs = Self.hevc(header)
            obstacle = "is H.265"
        case AV_CODEC_ID_AV1 where header.count > 3:
            let (profile, level) = (header[1] >> 5, header[1] & 31)
            let depth = header[2] & 0x40 == 0 ? "08" : header[2] & 0x20 == 0 ? "10" : "12"
            codecs =
                "av01.\(profile).\(level < 10 ? "0" : "")\(level)\(header[2] & 0x80 == 0 ? "M" : "H").\(depth)"
            if profile > 0 { obstacle = "is AV1 with 4:4:4 or 4:2:2" }
        case AV_CODEC_ID_VP8: codecs = "vp8"
        case AV_CODEC_ID_VP9:
            let first = firstPacket.first ?? 0x80
            let profile = first >> 5 & 1 | first >> 3 & 2
            codecs = profile == 0 ? "vp9" : "vp09.0\(profile).10.\(profile < 2 ? "08" : "10")"
            if profile > 0 { obstacle = "is VP9 with \(profile < 2 ? "4:4:4 or 4:2:2" : "more than 8 bits a channel")" }
        default: break
        }
    }

    /// ISO/IEC 14496-15, annex E: space and profile, compatibility from its last bit, tier and level, constraints.
    private static func hevc(_ header: [UInt8]) -> String {
        let profile = ["", "A", "B", "C"][Int(header[1] >> 6)] + "\(header[1] & 31)"
        let flags = header[2..<6].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        var reversed: UInt32 = 0
        for place in UInt32(0)..<32 where flags & 1 << place != 0 { reversed |= 1 << (31 - place) }
        var constraints = Array(header[6..<12])
        while constraints.last == 0 { constraints.removeLast() }
        let level = (header[1] & 0x20 == 0 ? "L" : "H") + "\(header[12])"
        let parts = [profile, String(reversed, radix: 16, uppercase: true), level]
        return "hvc1." + (parts + constraints.map(hexadecimal)).joined(separator: ".")
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.utf8.count < 2 ? "0" + digits : digits
    }
}
