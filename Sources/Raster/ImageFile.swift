import CGNCAPNG
import GNCABasics

/// Pictures from files: PNG through libpng, drawings through librsvg, other stills through libav's
/// decoders, told apart by content.
public enum ImageFile {
    /// Longest side of a picture that is read, pixels.
    public static let sideLimit = 8192
    /// Pixels of a picture that is read.
    public static let pixelLimit = 16_000_000
    /// What decoders are told of a limit of pixels: they count rows as long as their memory, 64 pixels longer at most.
    static func decoderLimit(_ pixels: Int) -> Int64 { Int64(pixels + 64 * sideLimit) }
    /// Larger files are refused unread.
    static let byteLimit = 64 << 20

    /// Reads the picture in the file at `path`, turned as its Exif orientation says; of an animation, the first frame.
    /// Throws `RasterError.unreadableImage`.
    public static func read(_ path: String) throws(RasterError) -> Frame {
        let bytes: [UInt8]
        do {
            bytes = try FileBytes.read(path, limit: byteLimit)
        } catch {
            throw .unreadableImage(file: path, reason: error.reason)
        }
        return try decode(bytes, file: path)
    }

    /// Reads a picture from bytes in memory; `file` names them in messages. Throws `RasterError.unreadableImage`.
    public static func decode(_ bytes: [UInt8], file: String) throws(RasterError) -> Frame {
        do throws(FileFault) {
            guard let kind = StillKind(bytes) else {
                if AVIFPicture.looksLike(bytes) { return try AVIFPicture.decode(bytes) }
                if SVGPicture.looksLike(bytes) { return try SVGPicture.decode(bytes) }
                throw FileFault("not a picture of a known kind (expected PNG, JPEG, WebP, AVIF, GIF, BMP, TIFF or SVG)")
            }
            let still = try kind.essence(bytes)
            let picture =
                if let codec = kind.codec { try StillDecoder.decode(still, codec: codec) } else {
                    try PNGReader.decode(still.bytes)
                }
            return picture.turned(still.orientation)
        } catch {
            throw .unreadableImage(file: file, reason: error.reason)
        }
    }

    /// The media type of a picture, told by how it begins; nil for one that browsers do not show.
    public static func webType(_ bytes: [UInt8]) -> String? {
        switch StillKind(bytes) {
        case .png: "image/png"
        case .jpeg: "image/jpeg"
        case .gif: "image/gif"
        case .webp: "image/webp"
        case .bmp, .tiff, nil: nil
        }
    }

    /// Red, green, blue and alpha of every pixel of a PNG as they stand in the file, row by row: for files that keep other
    /// numbers than colours there. `file` names them in messages. Throws `RasterError.unreadableImage`.
    public static func bytesOfPNG(
        _ bytes: [UInt8], file: String
    ) throws(RasterError) -> (width: Int, height: Int, bytes: [UInt8]) {
        do throws(FileFault) {
            let frame = try PNGReader.pixels(PNGChunks.essence(bytes).bytes, format: cpng_format_rgba())
            return (frame.width, frame.height, frame.bytes)
        } catch {
            throw .unreadableImage(file: file, reason: error.reason)
        }
    }

    /// Refuses sizes beyond the limits, before anything of that size is allocated.
    static func checkSize(width: Int, height: Int) throws(FileFault) {
        guard width > 0, height > 0 else { throw FileFault("the picture is empty (got \(width)x\(height) pixels)") }
        // Two factors below 2^31: no overflow.
        guard max(width, height) <= sideLimit, width * height <= pixelLimit else {
            throw FileFault(
                "the picture is too large (got \(width)x\(height) pixels, limit \(sideLimit) a side and \(pixelLimit) "
                    + "in all)")
        }
    }
}
