import GNCARaster

/// Frames kept in memory, small: runs of equal pixels, and rows that repeat the row above. Flat cells shrink to a few
/// percent.
struct FrameSpool {
    private struct Run {
        var length: UInt32
        /// The four bytes of a pixel as `Frame` stores them, in memory order.
        var pixel: UInt32
    }

    private struct Row {
        var runs: Range<Int>
        /// How many rows look like this one.
        var count: Int
    }

    private let width: Int
    private let height: Int
    private var runs: [Run] = []
    private var rows: [Row] = []
    /// Rows of each frame, as indexes into `rows`.
    private var frames: [Range<Int>] = []

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// Bytes in use, about.
    var size: Int { runs.count * MemoryLayout<Run>.stride + rows.count * MemoryLayout<Row>.stride }

    var count: Int { frames.count }

    /// Keeps a frame; `visit` gets every run of it, once for all the rows that repeat it: pixel as stored, pixels.
    mutating func add(_ frame: Frame, visit: (_ pixel: Pixel, _ count: Int) -> Void) {
        let firstRow = rows.count
        frame.bytes.withUnsafeBytes { raw in
            let pixels = raw.bindMemory(to: UInt32.self)
            for y in 0..<height {
                let row = UnsafeBufferPointer(rebasing: pixels[(y * width)..<((y + 1) * width)])
                if y > 0 && row.elementsEqual(pixels[((y - 1) * width)..<(y * width)]) {
                    rows[rows.count - 1].count += 1
                } else {
                    rows.append(Row(runs: addRuns(row), count: 1))
                }
            }
        }
        frames.append(firstRow..<rows.count)
        for row in rows[firstRow...] {
            for run in runs[row.runs] { visit(Self.pixel(run.pixel), Int(run.length) * row.count) }
        }
    }

    private mutating func addRuns(_ row: UnsafeBufferPointer<UInt32>) -> Range<Int> {
        let first = runs.count
        for pixel in row {
            if runs.count > first && runs[runs.count - 1].pixel == pixel {
                runs[runs.count - 1].length += 1
            } else {
                runs.append(Run(length: 1, pixel: pixel))
            }
        }
        return first..<runs.count
    }

    /// Restores the frame with the given index into `frame`, which has the spool's size.
    func restore(_ index: Int, into frame: inout Frame) {
        frame.bytes.withUnsafeMutableBytes { raw in
            let pixels = raw.bindMemory(to: UInt32.self)
            var position = 0
            for row in rows[frames[index]] {
                let start = position
                for run in runs[row.runs] {
                    for _ in 0..<run.length {
                        pixels[position] = run.pixel
                        position += 1
                    }
                }
                for _ in 0..<(row.count - 1) {
                    for x in 0..<width { pixels[position + x] = pixels[start + x] }
                    position += width
                }
            }
        }
    }

    /// Forgets every frame.
    mutating func removeAll() {
        runs = []
        rows = []
        frames = []
    }

    private static func pixel(_ stored: UInt32) -> Pixel {
        withUnsafeBytes(of: stored) { Pixel(red: $0[2], green: $0[1], blue: $0[0], alpha: $0[3]) }
    }
}
