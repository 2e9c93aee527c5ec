import CGNCALibav
import GNCABasics

/// What libav has decoded, as a frame of ours.
enum DecodedPicture {
    /// Converts a decoded picture to BGRA and premultiplies it.
    static func frame(_ picture: UnsafeMutablePointer<AVFrame>) throws(FileFault) -> Frame {
        let (width, height) = (picture.pointee.width, picture.pointee.height)
        let (format, isFullRange) = withoutRange(AVPixelFormat(picture.pointee.format))
        guard let scaler = clibav_scaler_create(width, height, format, AV_PIX_FMT_BGRA, Int32(CLIBAV_EXACT))
        else { throw FileFault("the picture's kind of pixels is not supported") }
        defer { clibav_scaler_free(scaler) }
        let isFull = isFullRange || picture.pointee.color_range == AVCOL_RANGE_JPEG
        let isBT709 = picture.pointee.colorspace == AVCOL_SPC_BT709
        if isFull || isBT709 {
            // The default is BT.601, which JPEG uses.
            clibav_scaler_set_colour(scaler, isBT709 ? SWS_CS_ITU709 : SWS_CS_DEFAULT, isFull, true)
        }
        var frame = Frame(width: Int(width), height: Int(height))
        let rows = frame.bytes.withUnsafeMutableBufferPointer { bytes in
            // Four planes each, of which BGRA has one.
            let planes = [bytes.baseAddress, nil, nil, nil]
            let strides = [width * 4, 0, 0, 0]
            return withUnsafePointer(to: &picture.pointee.data) { data in
                withUnsafePointer(to: &picture.pointee.linesize) { linesizes in
                    data.withMemoryRebound(to: UnsafePointer<UInt8>?.self, capacity: 8) { data in
                        linesizes.withMemoryRebound(to: Int32.self, capacity: 8) { linesizes in
                            clibav_scaler_convert(scaler, data, linesizes, height, planes, strides)
                        }
                    }
                }
            }
        }
        try check(rows)
        AlphaConversion.premultiply(&frame.bytes)
        return frame
    }

    /// JPEG's pixel formats have names of their own, which swscale calls deprecated: the plain name, and whether the
    /// values use the full range.
    private static func withoutRange(_ format: AVPixelFormat) -> (format: AVPixelFormat, isFullRange: Bool) {
        switch format {
        case AV_PIX_FMT_YUVJ420P: (AV_PIX_FMT_YUV420P, true)
        case AV_PIX_FMT_YUVJ422P: (AV_PIX_FMT_YUV422P, true)
        case AV_PIX_FMT_YUVJ440P: (AV_PIX_FMT_YUV440P, true)
        case AV_PIX_FMT_YUVJ444P: (AV_PIX_FMT_YUV444P, true)
        default: (format, false)
        }
    }

    /// Throws in libav's own words where `code` is an error.
    static func check(_ code: Int32) throws(FileFault) {
        guard code < 0 else { return }
        var text = [UInt8](repeating: 0, count: 128)
        _ = text.withUnsafeMutableBytes { av_strerror(code, $0.bindMemory(to: CChar.self).baseAddress, $0.count) }
        let sentence = String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
        throw FileFault("the picture is damaged or not supported (\(sentence))")
    }
}
