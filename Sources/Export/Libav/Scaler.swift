import CGNCALibav
import GNCABasics
import GNCARaster

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Converts through libswscale: BT.709 for YUV formats, in limited range but for JPEG's own, area-averaged chroma, so that a cell that covers
/// whole chroma samples keeps its colour to 1 of 255.
///
/// Most of a frame is as in the frame before: only tiles that have changed are converted.
final class Scaler: FrameConverter {
    /// Whole chroma samples of every format, and whole periods of libswscale's dither: a tile has the samples that it has as a
    /// part of the picture. Smaller ones cost more calls than they spare pixels. As wide as the picture in formats whose planes
    /// are one: what is only copied, libswscale copies with all that lies between two rows.
    private let tile: (width: Int, height: Int)
    private let whole: Conversion
    /// Of tiles by how many pixels they have; the last column and the last row have smaller ones.
    private let tiles: [Conversion]
    private let check: LibavCheck
    private let (width, height): (Int, Int)
    /// The last frame's bytes.
    private var last: [UInt8]
    /// The picture with straight alpha; empty where films are opaque.
    private var straight: [UInt8]

    init(_ film: FilmDescription, pixelFormat: AVPixelFormat, reproducible: Bool, check: LibavCheck) throws(ExportError)
    {
        self.check = check
        (width, height) = (film.width, film.height)
        last = [UInt8](repeating: 0, count: width * height * 4)
        straight = film.hasAlpha ? [UInt8](repeating: 0, count: width * height * 4) : []
        func conversion(_ width: Int, _ height: Int) throws(ExportError) -> Conversion {
            try Conversion(
                width, height, of: film, pixelFormat, reproducible: reproducible, check: check)
        }
        whole = try conversion(width, height)
        let format = try check.allocated(av_pix_fmt_desc_get(pixelFormat)).pointee
        let isPlanar = format.flags & UInt64(AV_PIX_FMT_FLAG_PLANAR) != 0
        tile = (min(width, isPlanar ? 64 : width), min(height, 16))
        var tiles: [Conversion] = []
        for height in Set([tile.height, height % tile.height]) where height > 0 {
            for width in Set([tile.width, width % tile.width]) where width > 0 {
                tiles.append(try conversion(width, height))
            }
        }
        self.tiles = tiles
    }

    /// Whether a format's very name says that its values use the full range: "yuvj420p".
    static func isFullRange(_ format: AVPixelFormat) -> Bool {
        guard let name = av_get_pix_fmt_name(format) else { return false }
        return String(cString: name).begins(with: "yuvj")
    }

    func convert(
        _ frame: Frame, into target: UnsafeMutablePointer<AVFrame>, hasLast: Bool
    ) throws(ExportError) {
        guard hasLast else {
            last.withUnsafeMutableBytes { last in frame.bytes.withUnsafeBytes { last.copyMemory(from: $0) } }
            return try convert(frame, frame.bounds, by: whole, into: target)
        }
        for y in stride(from: 0, to: height, by: tile.height) {
            for x in stride(from: 0, to: width, by: tile.width) {
                let area = PixelRect(
                    x: x, y: y, width: min(tile.width, width - x), height: min(tile.height, height - y))
                guard take(area, of: frame) else { continue }
                for conversion in tiles where conversion.width == area.width && conversion.height == area.height {
                    try convert(frame, area, by: conversion, into: target)
                }
            }
        }
    }

    /// Keeps a part of a frame; false where it is as in the last.
    private func take(_ area: PixelRect, of frame: Frame) -> Bool {
        frame.bytes.withUnsafeBytes { new in
            last.withUnsafeMutableBytes { old in
                guard let new = new.baseAddress, let old = old.baseAddress else { return false }
                let (row, length) = (width * 4, area.width * 4)
                let first = area.y * row + area.x * 4
                let end = first + area.height * row
                guard
                    let changed = stride(from: first, to: end, by: row).first(where: {
                        memcmp(new + $0, old + $0, length) != 0
                    })
                else { return false }
                for start in stride(from: changed, to: end, by: row) { memcpy(old + start, new + start, length) }
                return true
            }
        }
    }

    private func convert(
        _ frame: Frame, _ area: PixelRect, by conversion: Conversion, into target: UnsafeMutablePointer<AVFrame>
    ) throws(ExportError) {
        if !straight.isEmpty { frame.writeStraight(area, into: &straight) }
        let code = (straight.isEmpty ? frame.bytes : straight).withUnsafeBufferPointer {
            conversion($0, x: area.x, y: area.y, into: target)
        }
        try check(code, "colour conversion")
    }
}

/// A conversion of so many pixels of a film's frames.
private final class Conversion {
    let (width, height): (Int, Int)
    private let context: OpaquePointer
    /// Bytes a row of the film.
    private let stride: Int

    init(
        _ width: Int, _ height: Int, of film: FilmDescription, _ format: AVPixelFormat, reproducible: Bool,
        check: LibavCheck
    ) throws(ExportError) {
        (self.width, self.height) = (width, height)
        stride = film.width * 4
        var flags = Int32(CLIBAV_AREA)
        if reproducible { flags |= Int32(CLIBAV_REPRODUCIBLE) }
        // An opaque picture's alpha is 255 everywhere: telling so spares the conversion of a fourth channel.
        let source = film.hasAlpha ? AV_PIX_FMT_BGRA : AV_PIX_FMT_BGR0
        context = try check.allocated(clibav_scaler_create(Int32(width), Int32(height), source, format, flags))
        clibav_scaler_set_colour(context, SWS_CS_ITU709, true, Scaler.isFullRange(format))
    }

    deinit { clibav_scaler_free(context) }

    /// Fills as much of `target`, from its pixel (x, y) on, with what stands there in a film's frame. Negative: an error of
    /// libav's.
    func callAsFunction(
        _ bytes: UnsafeBufferPointer<UInt8>, x: Int, y: Int, into target: UnsafeMutablePointer<AVFrame>
    ) -> Int32 {
        clibav_scaler_convert_part(
            context, bytes.baseAddress.map { $0 + y * stride + x * 4 }, Int32(stride), Int32(height), target, Int32(x),
            Int32(y))
    }
}

extension Frame {
    /// Of a part of it, B G R A with straight alpha, as films with transparency store it; rounded to nearest.
    func writeStraight(_ area: PixelRect, into straight: inout [UInt8]) {
        for y in area.y..<area.bottom {
            for start in stride(from: (y * width + area.x) * 4, to: (y * width + area.right) * 4, by: 4) {
                let alpha = bytes[start + 3]
                straight[start + 3] = alpha
                for channel in start..<(start + 3) {
                    straight[channel] = AlphaConversion.straight(bytes[channel], alpha: alpha)
                }
            }
        }
    }
}
