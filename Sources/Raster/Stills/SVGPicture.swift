import CGNCARsvg
import GNCABasics

/// Drawings in SVG as pictures, by librsvg.
enum SVGPicture {
    /// Of the picture's longest side, pixels: a drawing has no size of its own.
    static let longestSide = 1024

    /// Whether a file looks like SVG: XML whose beginning names the element.
    static func looksLike(_ bytes: [UInt8]) -> Bool {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = (bytes.starts(with: mark) ? bytes.dropFirst(3) : bytes[...]).drop { $0 <= UInt8(ascii: " ") }
        return text.first == UInt8(ascii: "<") && text.prefix(16_384).firstRange(of: Array("<svg".utf8)) != nil
    }

    /// What the file names outside of itself is not read, and left out. Throws what librsvg says.
    static func decode(_ bytes: [UInt8]) throws(FileFault) -> Frame {
        var reason = [CChar](repeating: 0, count: 256)
        guard let handle = crsvg_open(bytes, bytes.count, &reason, reason.count) else { throw fault(reason) }
        defer { crsvg_close(handle) }
        let ratio = crsvg_ratio(handle)
        guard ratio > 0, ratio.isFinite else {
            throw FileFault("the drawing tells neither its width and height nor a viewBox")
        }
        let side = Double(longestSide)
        var frame = Frame(
            width: max(1, Int((ratio < 1 ? side * ratio : side).rounded())),
            height: max(1, Int((ratio < 1 ? side : side / ratio).rounded())))
        let (width, height) = (Int32(frame.width), Int32(frame.height))
        let isDrawn = frame.bytes.withUnsafeMutableBytes {
            crsvg_draw(handle, $0.baseAddress, width, height, &reason, reason.count)
        }
        guard isDrawn else { throw fault(reason) }
        return frame
    }

    private static func fault(_ reason: [CChar]) -> FileFault {
        let text = String(decoding: reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return FileFault("the drawing is damaged or not supported (\(text))")
    }
}
