import CGNCAPNG
import GNCABasics

/// Reads PNG files through libpng's simplified API, which converts every kind of PNG to 8-bit sRGB and never leaves by
/// longjmp. It gets a file's essence, whose chunks are whole.
enum PNGReader {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    static func decode(_ bytes: [UInt8]) throws(FileFault) -> Frame {
        var frame = try pixels(bytes, format: cpng_format_bgra())
        AlphaConversion.premultiply(&frame.bytes)
        return frame
    }

    /// Pixels in `format`, colours not multiplied by alpha.
    static func pixels(_ bytes: [UInt8], format: png_uint_32) throws(FileFault) -> Frame {
        // Signature, then the chunk IHDR: length, name, width, height.
        guard bytes.count >= 33, bytes[12..<16].elementsEqual("IHDR".utf8) else {
            throw FileFault("the PNG file is cut off or does not begin with its header")
        }
        try ImageFile.checkSize(width: bigEndian(bytes[16..<20]), height: bigEndian(bytes[20..<24]))

        let result: Result<Frame, FileFault> = bytes.withUnsafeBytes { bytes in
            do throws(FileFault) { return .success(try pixels(bytes, format: format)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    private static func pixels(_ bytes: UnsafeRawBufferPointer, format: png_uint_32) throws(FileFault) -> Frame {
        var image = cpng_image()
        defer { png_image_free(&image) }
        guard png_image_begin_read_from_memory(&image, bytes.baseAddress, bytes.count) != 0 else {
            throw fault(&image)
        }
        image.format = format
        // Else libpng takes untagged 16-bit pictures for linear light, which hardly any program writes.
        image.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)
        // The size that was checked: libpng reads the same header.
        var frame = Frame(width: Int(image.width), height: Int(image.height))
        let finished = frame.bytes.withUnsafeMutableBytes {
            png_image_finish_read(&image, nil, $0.baseAddress, 0, nil)
        }
        guard finished != 0 else { throw fault(&image) }
        return frame
    }

    private static func bigEndian(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

    private static func fault(_ image: inout png_image) -> FileFault {
        FileFault("the PNG file is damaged: \(String(cString: cpng_message(&image)))")
    }
}
