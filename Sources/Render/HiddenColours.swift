import GNCACells
import GNCARaster

/// The hidden channels as one picture: their first three principal components as red, green and blue.
///
/// The rows of the analysis are the occupied cells of all states that it is made from: those of which a channel is not
/// zero. A component's mean is half of its colour; so many standard deviations from it are all or nothing.
struct HiddenColours: Sendable {
    private let channels: [Int]
    /// For red, green and blue: what a channel of value 1 adds, and what there is of the colour where all are 0.
    private let weights: [[Double]]
    private let base: [Double]
    /// The part of the variance that the colours show, 0...1.
    let share: Double

    /// Standard deviations.
    private static let reach = 2.5
    /// Of the model's own growth: steps, and how many from one state that counts to the next.
    private static let (growth, apart) = (200, 5)

    /// Of the model's growth from its seed on 72 x 72 cells. Throws `RenderError` and `ModelError`.
    init(growthOf rule: Rule) throws {
        var timeline = try TimelineDescription(steps: Self.growth).timeline(
            ScenarioRequest(grid: GridSize(width: 72, height: 72)))
        timeline.cues = stride(from: 0, through: Self.growth, by: Self.apart).map { FrameCue(step: $0) }
        let simulation = try Simulation(rule: rule, timeline: timeline)
        var states: [OccupiedCells] = []
        do {
            while let snapshot = try simulation.next() { states.append(OccupiedCells(snapshot.grid)) }
        } catch {
            guard case .blowUp = error else { throw error }
        }
        try self.init(rule, states)
    }

    /// Throws where the rule has no hidden channels, or OpenBLAS is missing.
    init(_ rule: Rule, _ states: [OccupiedCells]) throws(RenderError) {
        channels = rule.appearance.hidden(of: rule.channels)
        guard !channels.isEmpty else {
            throw .invalid("the model has no hidden channels: all of its channels are seen")
        }
        let size = channels.count
        var (mean, squares) = ([Double](repeating: 0, count: size), [Double](repeating: 0, count: size * size))
        let count = Double(max(1, states.reduce(0) { $0 + $1.cells.count }))
        for state in states {
            for start in stride(from: 0, to: state.values.count, by: rule.channels) {
                for (index, channel) in channels.enumerated() { mean[index] += Double(state.values[start + channel]) }
            }
        }
        for index in mean.indices { mean[index] /= count }
        var row = mean
        for state in states {
            for start in stride(from: 0, to: state.values.count, by: rule.channels) {
                for (index, channel) in channels.enumerated() {
                    row[index] = Double(state.values[start + channel]) - mean[index]
                }
                for one in 0..<size {
                    for other in one..<size { squares[one * size + other] += row[one] * row[other] }
                }
            }
        }
        for index in squares.indices { squares[index] /= max(1, count - 1) }
        let analysis = try PrincipalComponents(mean: mean, covariance: squares, count: 3)
        share = analysis.variances.indices.reduce(0) { $0 + analysis.share($1) }
        weights = analysis.components.indices.map { index in
            let deviation = analysis.variances[index].squareRoot()
            return analysis.components[index].map { deviation > 0 ? $0 / (2 * Self.reach * deviation) : 0 }
        }
        base = weights.map { weights in 0.5 - zip(weights, mean).reduce(0) { $0 + $1.0 * $1.1 } }
    }

    /// One cell a pixel; what does not live is `ground`.
    func picture(of snapshot: Snapshot, on ground: Color) -> Mosaic {
        var mosaic = Mosaic(width: snapshot.grid.width, height: snapshot.grid.height)
        for (cell, lives) in snapshot.active.enumerated() {
            mosaic.pixels[cell] = lives == 0 ? ground.packed : colour(of: snapshot.grid, cell: cell).packed
        }
        return mosaic
    }

    private func colour(of grid: CellGrid, cell: Int) -> Color {
        func part(_ index: Int) -> Float {
            guard index < weights.count else { return 0.5 }
            var sum = base[index]
            for (place, channel) in channels.enumerated() {
                sum += weights[index][place] * Double(grid.values[cell * grid.channels + channel])
            }
            return Float(sum).unit
        }
        return Color(red: part(0), green: part(1), blue: part(2))
    }
}
