import GNCABasics
import GNCACells

extension MovingEraser {
    /// Throws where there is no way from the first point to the last.
    func check() throws(RenderError) {
        try radius.checkPositive("radius")
        guard !path.isEmpty else { throw .invalid("the path has no points") }
        for point in path {
            try TimelineLimits.check("a point's step", point.after, in: 0...TimelineLimits.steps)
        }
        for (point, next) in zip(path, path.dropFirst()) where point.after >= next.after {
            throw .invalid("the path runs backwards (step \(next.after) stands after step \(point.after))")
        }
        guard wavePeriod > 0, wavePeriod.isFinite else {
            throw .invalid("the wave's period must be above 0 steps (got \(wavePeriod.shortText))")
        }
    }

    /// Cells, `after` steps since the beginning.
    func centre(after: Int, on grid: GridSize) -> (x: Double, y: Double) {
        var x = 0.0
        var y = 0.0
        for (index, point) in path.enumerated() where point.after <= after {
            x = point.x.cells(of: grid.width)
            y = point.y.cells(of: grid.height)
            guard index + 1 < path.count else { continue }
            let next = path[index + 1]
            let share = Double(after - point.after) / Double(next.after - point.after)
            x += share * (next.x.cells(of: grid.width) - x)
            y += share * (next.y.cells(of: grid.height) - y)
        }
        let amplitude = waveAmplitude.cells(of: grid.height)
        return (x, y + amplitude * sin(2 * .pi * Double(after) / wavePeriod))
    }
}
