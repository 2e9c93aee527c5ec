import GNCACells
import GNCARaster

@testable import GNCARender

/// Small states and rules for tests of pictures.
enum Pictures {
    /// A rule that does nothing, of the given shape.
    static func rule(channels: Int = 16) throws -> Rule {
        try Rule(
            channels: channels, hidden: 1, w1: [Float](repeating: 0, count: 3 * channels), b1: [0],
            w2: [Float](repeating: 0, count: channels), b2: nil)
    }

    static func timeline(width: Int, height: Int, steps: Int = 200, events: [String] = []) -> Timeline {
        Timeline(
            grid: GridSize(width: width, height: height), cues: [FrameCue(step: 0), FrameCue(step: steps)],
            events: events.map { TimelineEvent(step: 1, name: $0, action: .fireRate(0.5)) })
    }

    /// A blob: alpha falls from 1 in the middle to 0 outside, colour and hidden channels vary, all by simple fractions.
    static func blob(width: Int, height: Int, channels: Int = 16) -> CellGrid {
        var grid = CellGrid(height: height, width: width, channels: channels)
        for y in 0..<height {
            for x in 0..<width {
                let (dx, dy) = (2 * x + 1 - width, 2 * y + 1 - height)
                let distance = Float(dx * dx + dy * dy) / Float(width * height)
                let alpha = max(0, 1 - 1.5 * distance)
                guard alpha > 0 else { continue }
                let start = grid.offset(x: x, y: y)
                grid.values[start] = alpha * Float(x) / Float(width)
                grid.values[start + 1] = alpha * 0.75
                grid.values[start + 2] = alpha * Float(y) / Float(height)
                grid.values[start + 3] = alpha
                for channel in 4..<max(4, channels) {
                    grid.values[start + channel] = alpha * Float(channel % 5 - 2) * Float(dx) / Float(width)
                }
            }
        }
        return grid
    }

    static func snapshot(_ grid: CellGrid, step: Int = 12, fade: Float = 0) throws -> Snapshot {
        Snapshot(step: step, grid: grid, rule: try rule(channels: grid.channels), fade: fade)
    }

    /// The right half of the grid.
    static func rightHalf(width: Int, height: Int) -> [UInt8] {
        (0..<(width * height)).map { $0 % width >= width / 2 ? 1 : 0 }
    }

    /// One frame of one model.
    static func frame(_ options: CompositionOptions, _ snapshot: Snapshot) throws -> Frame {
        let timeline = timeline(width: snapshot.grid.width, height: snapshot.grid.height)
        let compositor = try Compositor(options, timelines: [timeline], rules: [snapshot.rule])
        var frame = Frame(width: compositor.width, height: compositor.height)
        try compositor.draw([snapshot], into: &frame)
        return frame
    }
}
