import CGNCAPNG
import GNCABasics

extension ImageFile {
    /// The picture as a PNG file: sRGB, 8 bits a channel, RGB where it is opaque, else RGBA with straight alpha.
    ///
    /// `metadata` becomes text chunks in the order given: tEXt, or iTXt where the value is not Latin-1. Keys are 1 to
    /// 79 printable ASCII characters. `compression` is zlib's level, 1 (fast) to 9 (small). `pixelsPerInch` is how large the picture is on paper, where it is known. The same
    /// picture gives the same bytes. Throws `RasterError.unwritableImage` with the name `file`.
    public static func encodePNG(
        _ frame: Frame, metadata: [(key: String, value: String)] = [], compression: Int = 9,
        pixelsPerInch: Double? = nil, file: String = "PNG"
    ) throws(RasterError) -> [UInt8] {
        var texts: [PNGText] = []
        for (key, value) in metadata {
            guard let text = PNGText(key: key, value: value) else {
                throw .unwritableImage(
                    file: file, reason: "a PNG cannot hold this metadata (got key \"\(key)\", value \"\(value)\")")
            }
            texts.append(text)
        }
        // Held to what the chunk can hold.
        let pixelsPerMetre = pixelsPerInch.map { UInt32(min(max(($0 / 0.0254).rounded(), 1), 2e9)) } ?? 0
        let opaque = isOpaque(frame)
        let pixels = opaque ? rgb(frame) : straightRGBA(frame)
        let size = (width: frame.width, height: frame.height, channels: opaque ? 3 : 4)
        var smallest: [UInt8] = []
        // Cells are squares of one colour, so most rows repeat the one above. Of the others, those of pictures with panels and
        // text are shorter as they are, and those of plain cells as the difference to the row above: both are tried.
        for filter in [PNG_FILTER_UP, PNG_FILTER_NONE] {
            let bytes = try written(pixels, size, compression, filter, pixelsPerMetre, texts, file: file)
            if smallest.isEmpty || bytes.count < smallest.count { smallest = bytes }
        }
        return smallest
    }

    private static func written(
        _ pixels: [UInt8], _ size: (width: Int, height: Int, channels: Int), _ compression: Int, _ filter: Int32,
        _ pixelsPerMetre: UInt32, _ texts: [PNGText], file: String
    ) throws(RasterError) -> [UInt8] {
        var output = cpng_output()
        defer { free(output.bytes) }
        let written = withPointers(to: texts) { texts in
            cpng_write(
                &output, pixels, png_uint_32(size.width), png_uint_32(size.height), Int32(size.channels),
                Int32(min(max(compression, 1), 9)), filter, pixelsPerMetre, texts.baseAddress, Int32(texts.count))
        }
        guard written != 0 else {
            let message = withUnsafeBytes(of: output.message) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            throw .unwritableImage(file: file, reason: "libpng: \(message)")
        }
        return Array(UnsafeBufferPointer(start: output.bytes, count: output.count))
    }

    private static func isOpaque(_ frame: Frame) -> Bool {
        frame.bytes.withUnsafeBufferPointer { bytes in
            var all: UInt8 = 255
            for index in stride(from: 3, to: bytes.count, by: 4) { all &= bytes[index] }
            return all == 255
        }
    }

    /// `[H * W * 3]`, R G B.
    private static func rgb(_ frame: Frame) -> [UInt8] {
        let count = frame.width * frame.height
        return [UInt8](unsafeUninitializedCapacity: count * 3) { pixels, initialized in
            frame.bytes.withUnsafeBufferPointer { bytes in
                for index in 0..<count {
                    pixels[index * 3] = bytes[index * 4 + 2]
                    pixels[index * 3 + 1] = bytes[index * 4 + 1]
                    pixels[index * 3 + 2] = bytes[index * 4]
                }
            }
            initialized = count * 3
        }
    }

    /// `[H * W * 4]`, R G B A with straight alpha.
    private static func straightRGBA(_ frame: Frame) -> [UInt8] {
        let count = frame.width * frame.height * 4
        return [UInt8](unsafeUninitializedCapacity: count) { pixels, initialized in
            frame.bytes.withUnsafeBufferPointer { bytes in
                for start in stride(from: 0, to: count, by: 4) {
                    let alpha = bytes[start + 3]
                    pixels[start] = AlphaConversion.straight(bytes[start + 2], alpha: alpha)
                    pixels[start + 1] = AlphaConversion.straight(bytes[start + 1], alpha: alpha)
                    pixels[start + 2] = AlphaConversion.straight(bytes[start], alpha: alpha)
                    pixels[start + 3] = alpha
                }
            }
            initialized = count
        }
    }

    /// Lends `texts` to C for the time of `body`.
    private static func withPointers(
        to texts: [PNGText], _ body: (UnsafeBufferPointer<cpng_text>) -> Int32
    ) -> Int32 {
        // One buffer of all characters: pointers into it stay where they are.
        let characters = texts.flatMap { $0.key + $0.value }
        return characters.withUnsafeBufferPointer { characters in
            var pointers: [cpng_text] = []
            var start = 0
            for text in texts {
                let key = characters.baseAddress.map { $0 + start }
                let value = key.map { $0 + text.key.count }
                pointers.append(cpng_text(key: key, value: value, international: text.international ? 1 : 0))
                start += text.key.count + text.value.count
            }
            return pointers.withUnsafeBufferPointer(body)
        }
    }
}

/// One text chunk, with the characters as the file holds them and NUL at the end.
private struct PNGText {
    let key: [CChar]
    let value: [CChar]
    let international: Bool

    /// nil where PNG cannot hold it.
    init?(key: String, value: String) {
        let printable = key.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
        guard printable, (1...79).contains(key.utf8.count), !key.begins(with: " "), !key.ends(with: " "),
            !key.holds("  "), !value.utf8.contains(0)
        else { return nil }
        self.key = key.utf8CString.map { $0 }
        // Latin-1 as PNG has it: printable, and line feeds. XMP has a place of its own.
        international =
            key == "XML:com.adobe.xmp"
            || !value.unicodeScalars.allSatisfy { scalar in
                switch scalar.value {
                case 0x0A, 0x20..<0x7F, 0xA1..<0x100: true
                default: false
                }
            }
        self.value =
            international
            ? value.utf8CString.map { $0 }
            : value.unicodeScalars.map { CChar(truncatingIfNeeded: $0.value) } + [0]
    }
}
