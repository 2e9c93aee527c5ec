import CGNCALibav
import GNCABasics
import GNCARaster

/// Converts through libswscale: BT.709 for YUV formats, in limited range but for JPEG's own, area-averaged chroma, so that a cell that covers
/// whole chroma samples keeps its colour to 1 of 255.
final class Scaler: FrameConverter {
    private let context: OpaquePointer
    private let check: LibavCheck
    private let height: Int32
    private let stride: Int32
    /// The picture with straight alpha; empty where films are opaque.
    private var straight: [UInt8]

    init(_ film: FilmDescription, pixelFormat: AVPixelFormat, reproducible: Bool, check: LibavCheck) throws(ExportError)
    {
        self.check = check
        height = Int32(film.height)
        stride = Int32(film.width * 4)
        straight = film.hasAlpha ? [UInt8](repeating: 0, count: film.width * film.height * 4) : []
        var flags = Int32(CLIBAV_AREA)
        if reproducible { flags |= Int32(CLIBAV_REPRODUCIBLE) }
        // An opaque picture's alpha is 255 everywhere: telling so spares the conversion of a fourth channel.
        let source = film.hasAlpha ? AV_PIX_FMT_BGRA : AV_PIX_FMT_BGR0
        context = try check.allocated(
            clibav_scaler_create(Int32(film.width), height, source, pixelFormat, flags))
        clibav_scaler_set_colour(context, SWS_CS_ITU709, true, Self.isFullRange(pixelFormat))
    }

    /// Whether a format's very name says that its values use the full range: "yuvj420p".
    static func isFullRange(_ format: AVPixelFormat) -> Bool {
        guard let name = av_get_pix_fmt_name(format) else { return false }
        return String(cString: name).begins(with: "yuvj")
    }

    deinit { clibav_scaler_free(context) }

    func convert(_ frame: Frame, into target: UnsafeMutablePointer<AVFrame>) throws(ExportError) {
        let code: Int32
        if straight.isEmpty {
            code = frame.bytes.withUnsafeBufferPointer { scale($0, into: target) }
        } else {
            frame.writeStraight(into: &straight)
            code = straight.withUnsafeBufferPointer { scale($0, into: target) }
        }
        try check(code, "colour conversion")
    }

    private func scale(_ bytes: UnsafeBufferPointer<UInt8>, into target: UnsafeMutablePointer<AVFrame>) -> Int32 {
        var source: [UnsafePointer<UInt8>?] = [bytes.baseAddress, nil, nil, nil]
        var sourceStride: [Int32] = [stride, 0, 0, 0]
        return withUnsafePointer(to: &target.pointee.data) { data in
            withUnsafePointer(to: &target.pointee.linesize) { linesize in
                data.withMemoryRebound(to: UnsafeMutablePointer<UInt8>?.self, capacity: 8) { planes in
                    linesize.withMemoryRebound(to: Int32.self, capacity: 8) { strides in
                        clibav_scaler_convert(context, &source, &sourceStride, height, planes, strides)
                    }
                }
            }
        }
    }
}

extension Frame {
    /// B G R A with straight alpha, as films with transparency store it; rounded to nearest.
    func writeStraight(into straight: inout [UInt8]) {
        for start in stride(from: 0, to: bytes.count, by: 4) {
            let alpha = bytes[start + 3]
            straight[start + 3] = alpha
            for channel in start..<(start + 3) {
                straight[channel] = AlphaConversion.straight(bytes[channel], alpha: alpha)
            }
        }
    }
}
