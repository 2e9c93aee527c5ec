import CGNCALibav
import GNCARaster
import Testing

@testable import GNCAExport

/// Frames of which only what has changed is converted, beside frames that are converted whole.
@Suite struct ScalerTests {
    private static let formats = [
        "yuv420p", "yuv422p", "yuv444p", "yuvj420p", "yuvj444p", "yuv420p10le", "yuv422p10le", "yuv444p10le",
        "yuva420p",
        "yuva444p10le", "gray", "gray10le", "gbrp", "bgr0", "bgra", "rgba", "rgb24", "nv12", "p010le",
    ]

    /// Of every shape: whole tiles, tiles and a rest, less than a tile.
    @Test(arguments: formats, [(50, 48), (128, 72), (200, 16), (130, 6), (64, 22)])
    func whatIsConvertedInTilesIsAsIfItWereConvertedWhole(name: String, size: (width: Int, height: Int)) throws {
        let format = av_get_pix_fmt(name)
        for (isTransparent, reproducible) in [(false, false), (true, true)] {
            let film = FilmDescription(
                width: size.width, height: size.height, frameRate: 25, frameCount: 4, hasAlpha: isTransparent)
            let scaler = try Self.scaler(film, format, reproducible)
            let target = try #require(Self.frame(film, format))
            defer { Self.free(target) }
            var picture = Frame(width: film.width, height: film.height)
            for number in 0..<7 {
                Self.change(&picture, number, hasAlpha: isTransparent)
                try scaler.convert(picture, into: target, hasLast: number > 0 && number != 3)
                let whole = try #require(Self.frame(film, format))
                defer { Self.free(whole) }
                try Self.scaler(film, format, reproducible).convert(picture, into: whole, hasLast: false)
                let (tiled, expected) = (try Self.samples(target), try Self.samples(whole))
                let same = tiled == expected && tiled.allSatisfy { !$0.isEmpty }
                #expect(same, "frame \(number)")
            }
        }
    }

    /// The first picture is all new, the second changes a row in the middle, the third the ends, the fourth everything, the fifth
    /// nothing, the sixth a few columns in the middle, the seventh the last pixel.
    private static func change(_ picture: inout Frame, _ number: Int, hasAlpha: Bool) {
        let rows = [
            Array(0..<picture.height), [picture.height / 2], [0, picture.height - 1], Array(0..<picture.height), [],
            Array(0..<picture.height), [picture.height - 1],
        ]
        let middle = picture.width / 2
        let columns = number == 5 ? middle..<(middle + 3) : (number == 6 ? picture.width - 1 : 0)..<picture.width
        for y in rows[number] {
            for x in columns {
                let bits =
                    UInt32(truncatingIfNeeded: (number * 7919 + y * 104_729 + x * 1_299_709) &* 2_654_435_761) >> 8
                let alpha = hasAlpha ? UInt8(truncatingIfNeeded: bits >> 16) : 255
                picture[x, y] = Pixel(
                    red: min(alpha, UInt8(truncatingIfNeeded: bits)),
                    green: min(alpha, UInt8(truncatingIfNeeded: bits >> 8)),
                    blue: min(alpha, UInt8(truncatingIfNeeded: bits >> 4)), alpha: alpha)
            }
        }
    }

    private static func scaler(_ film: FilmDescription, _ format: AVPixelFormat, _ reproducible: Bool) throws -> Scaler
    {
        try Scaler(film, pixelFormat: format, reproducible: reproducible, check: LibavCheck(file: "film"))
    }

    private static func frame(_ film: FilmDescription, _ format: AVPixelFormat) -> UnsafeMutablePointer<AVFrame>? {
        guard let frame = av_frame_alloc() else { return nil }
        (frame.pointee.width, frame.pointee.height) = (Int32(film.width), Int32(film.height))
        frame.pointee.format = format.rawValue
        return av_frame_get_buffer(frame, 0) == 0 ? frame : nil
    }

    private static func free(_ frame: UnsafeMutablePointer<AVFrame>) {
        var frame: UnsafeMutablePointer<AVFrame>? = frame
        av_frame_free(&frame)
    }

    /// The picture's bytes, without what lies between its rows.
    private static func samples(_ frame: UnsafeMutablePointer<AVFrame>) throws -> [[UInt8]] {
        let format = try #require(av_pix_fmt_desc_get(AVPixelFormat(rawValue: frame.pointee.format))).pointee
        let (data, strides) = (frame.pointee.data, frame.pointee.linesize)
        let planes = [(data.0, strides.0), (data.1, strides.1), (data.2, strides.2), (data.3, strides.3)]
        let components = [format.comp.0, format.comp.1, format.comp.2, format.comp.3]
        return components.prefix(Int(format.nb_components)).enumerated().map { index, component in
            let isChroma = index == 1 || index == 2
            let width = Int(frame.pointee.width) >> (isChroma ? Int(format.log2_chroma_w) : 0)
            let height = Int(frame.pointee.height) >> (isChroma ? Int(format.log2_chroma_h) : 0)
            let (plane, stride) = planes[Int(component.plane)]
            guard let plane else { return [] }
            let bytes = UnsafeBufferPointer(
                start: plane, count: (height - 1) * Int(stride) + width * Int(component.step))
            return (0..<height).flatMap { row in
                Array(bytes[(row * Int(stride))..<(row * Int(stride) + width * Int(component.step))])
            }
        }
    }
}
