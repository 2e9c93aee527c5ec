import GNCABasics
import GNCAExport
import GNCARaster

/// A film of flat cells whose colour tells the frame, for tests that decode what was written.
struct TestFilm {
    /// Cells.
    var columns = 8
    /// Cells.
    var rows = 6
    /// Pixels a cell.
    var scale = 8
    var frameCount = 12
    var frameRate: FrameRate = 25
    var hasAlpha = false
    /// Whether all frames are the first.
    var isStill = false

    var description: FilmDescription {
        FilmDescription(
            width: columns * scale, height: rows * scale, frameRate: frameRate, frameCount: frameCount,
            hasAlpha: hasAlpha, cellSize: scale)
    }

    /// Straight colours that cells take, alpha below 255 only in films with transparency.
    private static let colours = [
        Pixel(red: 255, green: 0, blue: 0), Pixel(red: 0, green: 255, blue: 0), Pixel(red: 0, green: 0, blue: 255),
        Pixel(red: 255, green: 255, blue: 255), Pixel(red: 0, green: 0, blue: 0), Pixel(red: 200, green: 120, blue: 40),
    ]

    /// Straight colour of a cell in the frame with the given index.
    func colour(frame: Int, column: Int, row: Int) -> Pixel {
        var pixel = Self.colours[(frame + column * 2 + row) % Self.colours.count]
        // Changes from frame to frame, so that no encoder can merge two of them.
        if column == 0 && row == 0 {
            pixel = Pixel(red: 40, green: UInt8(20 * (frame % 12)), blue: 60)
        } else if hasAlpha && column == columns - 1 {
            pixel.alpha = row % 2 == 0 ? 0 : 128
        }
        return pixel
    }

    func frame(_ index: Int) -> Frame {
        let index = isStill ? 0 : index
        let film = description
        var frame = Frame(width: film.width, height: film.height)
        for y in 0..<film.height {
            for x in 0..<film.width {
                let straight = colour(frame: index, column: x / scale, row: y / scale)
                let alpha = Int(straight.alpha)
                frame[x, y] = Pixel(
                    red: UInt8((Int(straight.red) * alpha + 127) / 255),
                    green: UInt8((Int(straight.green) * alpha + 127) / 255),
                    blue: UInt8((Int(straight.blue) * alpha + 127) / 255), alpha: straight.alpha)
            }
        }
        return frame
    }

    /// Encodes all of it to `path` in the format named, or that the path asks for.
    func write(
        to path: String, _ options: EncodingOptions = EncodingOptions(), as named: (any OutputFormat.Type)? = nil,
        overwrite: Bool = false
    ) throws {
        guard let format = named ?? OutputFormats.forPath(path) else {
            throw ExportError.invalid("no format for \(path)")
        }
        try format.check(description, options)
        let destination = Destination.path(path, overwrite: overwrite)
        try format.checkDestination(destination, description)
        let sink = try format.open(destination, description, options)
        do {
            for index in 0..<frameCount { try sink.append(frame(index)) }
            try sink.finish()
            try sink.publish()
        } catch {
            sink.cancel()
            throw error
        }
    }
}
