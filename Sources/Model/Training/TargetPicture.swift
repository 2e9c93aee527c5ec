import GNCACells
import GNCARaster

extension Target {
    /// How a picture becomes smaller.
    public enum Resampling: String, Sendable, CaseIterable {
        /// Every cell is the mean of the pixels it covers.
        case area
        /// Every cell is the pixel at its centre.
        case nearest
    }

    /// `picture` with its longest side at `size` cells (a smaller one stays as it is), in the middle of a margin of
    /// `padding` cells on every side. `scale`: pixels along a side of a cell; where that is more than 1, `size` counts pixels,
    /// and the margin is as much wider as whole cells need. Throws `ModelError.outOfRange` for sizes out of range,
    /// `ModelError.invisibleTarget` where nothing of the picture is visible.
    public init(
        _ picture: Frame, size: Int, padding: Int, resampling: Resampling = .area, scale: Int = 1
    ) throws(ModelError) {
        let cells = try Target.cells(of: picture, size: size, resampling: resampling)
        guard (0...512).contains(padding) else {
            throw .outOfRange(what: "padding", value: "\(padding)", expected: "0...512")
        }
        let width = (cells.width + scale - 1) / scale * scale + 2 * padding * scale
        let height = (cells.height + scale - 1) / scale * scale + 2 * padding * scale
        let (left, top) = ((width - cells.width) / 2, (height - cells.height) / 2)
        var values = [Float](repeating: 0, count: width * height * 4)
        var visible = false
        for y in 0..<cells.height {
            for x in 0..<cells.width {
                let pixel = cells[x, y]
                let start = ((y + top) * width + x + left) * 4
                for (channel, byte) in [pixel.red, pixel.green, pixel.blue, pixel.alpha].enumerated() {
                    values[start + channel] = Float(byte) / 255
                }
                visible = visible || pixel.alpha > 0
            }
        }
        guard visible else { throw .invisibleTarget }
        self.init(width: width, height: height, values: values)
    }

    /// `picture` at cell resolution, its longest side at `size` cells; a smaller one stays as it is. Throws
    /// `ModelError.outOfRange`.
    public static func cells(
        of picture: Frame, size: Int, resampling: Resampling = .area
    ) throws(ModelError) -> Frame {
        guard (1...512).contains(size) else {
            throw .outOfRange(what: "size", value: "\(size)", expected: "1...512 cells")
        }
        let longest = max(picture.width, picture.height)
        guard longest > size else { return picture }
        let width = max(1, (picture.width * size + longest / 2) / longest)
        let height = max(1, (picture.height * size + longest / 2) / longest)
        if resampling == .area { return picture.areaAveraged(width: width, height: height) }
        var result = Frame(width: width, height: height)
        for y in 0..<height {
            for x in 0..<width {
                result[x, y] =
                    picture[
                        (2 * x + 1) * picture.width / (2 * width), (2 * y + 1) * picture.height / (2 * height)]
            }
        }
        return result
    }

    /// The target as a picture, a pixel a cell.
    public var frame: Frame {
        var frame = Frame(width: width, height: height)
        for y in 0..<height {
            for x in 0..<width {
                let bytes = values[((y * width + x) * 4)...].prefix(4).map {
                    UInt8((min(max($0, 0), 1) * 255).rounded())
                }
                frame[x, y] = Pixel(red: bytes[0], green: bytes[1], blue: bytes[2], alpha: bytes[3])
            }
        }
        return frame
    }
}
