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
/// Most of a frame is as in the frame before: only bands of rows that have changed are converted.
final class Scaler: FrameConverter {
    /// Whole chroma rows of every format, and whole periods of libswscale's dither: a band has the samples that it has as a
    /// part of the picture.
    private static let bandRows = 16
    private let whole: Conversion
    private let band: Conversion
    /// Of the last rows, which make no whole band.
    private let rest: Conversion?
    private let check: LibavCheck
    private let rowBytes: Int
    private let height: Int
    /// The last frame's bytes.
    private var last: [UInt8]
    /// The picture with straight alpha; empty where films are opaque.
    private var straight: [UInt8]

    init(_ film: FilmDescription, pixelFormat: AVPixelFormat, reproducible: Bool, check: LibavCheck) throws(ExportError)
    {
        self.check = check
        height = film.height
        rowBytes = film.width * 4
        last = [UInt8](repeating: 0, count: rowBytes * height)
        straight = film.hasAlpha ? [UInt8](repeating: 0, count: rowBytes * height) : []
        func conversion(rows: Int) throws(ExportError) -> Conversion {
            try Conversion(film, rows: rows, pixelFormat, reproducible: reproducible, check: check)
        }
        whole = try conversion(rows: height)
        band = try conversion(rows: min(Self.bandRows, height))
        let left = height % Self.bandRows
        rest = left == 0 ? nil : try conversion(rows: left)
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
            return try convert(frame, rows: 0..<height, by: whole, into: target)
        }
        for start in stride(from: 0, to: height, by: Self.bandRows) {
            let rows = start..<min(start + Self.bandRows, height)
            guard take(rows, of: frame) else { continue }
            let isWhole = rows.count == band.rows
            try convert(frame, rows: rows, by: isWhole ? band : rest ?? band, into: target)
        }
    }

    /// Keeps these rows of a frame; false where they are as in the last.
    private func take(_ rows: Range<Int>, of frame: Frame) -> Bool {
        let bytes = rows.lowerBound * rowBytes..<rows.upperBound * rowBytes
        return frame.bytes.withUnsafeBytes { new in
            last.withUnsafeMutableBytes { old in
                let new = UnsafeRawBufferPointer(rebasing: new[bytes])
                let old = UnsafeMutableRawBufferPointer(rebasing: old[bytes])
                guard let from = new.baseAddress, let to = old.baseAddress, memcmp(from, to, bytes.count) != 0 else {
                    return false
                }
                old.copyMemory(from: new)
                return true
            }
        }
    }

    private func convert(
        _ frame: Frame, rows: Range<Int>, by conversion: Conversion, into target: UnsafeMutablePointer<AVFrame>
    ) throws(ExportError) {
        let bytes = rows.lowerBound * rowBytes..<rows.upperBound * rowBytes
        if !straight.isEmpty { frame.writeStraight(bytes, into: &straight) }
        let code = (straight.isEmpty ? frame.bytes : straight)[bytes].withUnsafeBufferPointer {
            conversion($0, into: target, firstRow: rows.lowerBound)
        }
        try check(code, "colour conversion")
    }
}

/// A conversion of so many rows of a film's width.
private final class Conversion {
    let rows: Int
    private let context: OpaquePointer
    private let stride: Int32
    /// By how many powers of two chroma has fewer rows.
    private let chromaShift: Int

    init(
        _ film: FilmDescription, rows: Int, _ format: AVPixelFormat, reproducible: Bool, check: LibavCheck
    ) throws(ExportError) {
        self.rows = rows
        stride = Int32(film.width * 4)
        chromaShift = av_pix_fmt_desc_get(format).map { Int($0.pointee.log2_chroma_h) } ?? 0
        var flags = Int32(CLIBAV_AREA)
        if reproducible { flags |= Int32(CLIBAV_REPRODUCIBLE) }
        // An opaque picture's alpha is 255 everywhere: telling so spares the conversion of a fourth channel.
        let source = film.hasAlpha ? AV_PIX_FMT_BGRA : AV_PIX_FMT_BGR0
        context = try check.allocated(
            clibav_scaler_create(Int32(film.width), Int32(rows), source, format, flags))
        clibav_scaler_set_colour(context, SWS_CS_ITU709, true, Scaler.isFullRange(format))
    }

    deinit { clibav_scaler_free(context) }

    /// Fills `rows` rows of `target` from its row `firstRow` on. Negative: an error of libav's.
    func callAsFunction(
        _ bytes: UnsafeBufferPointer<UInt8>, into target: UnsafeMutablePointer<AVFrame>, firstRow: Int
    ) -> Int32 {
        var source: [UnsafePointer<UInt8>?] = [bytes.baseAddress, nil, nil, nil]
        var sourceStride: [Int32] = [stride, 0, 0, 0]
        return withUnsafePointer(to: &target.pointee.data) { data in
            withUnsafePointer(to: &target.pointee.linesize) { linesize in
                data.withMemoryRebound(to: UnsafeMutablePointer<UInt8>?.self, capacity: 8) { planes in
                    linesize.withMemoryRebound(to: Int32.self, capacity: 8) { strides in
                        // Planes 1 and 2 are chroma, or green's neighbours, which have all rows.
                        var first = (0..<4).map { plane in
                            let row = plane == 1 || plane == 2 ? firstRow >> chromaShift : firstRow
                            return planes[plane].map { $0 + row * Int(strides[plane]) }
                        }
                        return clibav_scaler_convert(context, &source, &sourceStride, Int32(rows), &first, strides)
                    }
                }
            }
        }
    }
}

extension Frame {
    /// Of a range of bytes, B G R A with straight alpha, as films with transparency store it; rounded to nearest.
    func writeStraight(_ range: Range<Int>, into straight: inout [UInt8]) {
        for start in stride(from: range.lowerBound, to: range.upperBound, by: 4) {
            let alpha = bytes[start + 3]
            straight[start + 3] = alpha
            for channel in start..<(start + 3) {
                straight[channel] = AlphaConversion.straight(bytes[channel], alpha: alpha)
            }
        }
    }
}
