import GNCACells
import GNCARaster

/// The hidden channels as one picture: their first three principal components as red, green and blue.
///
/// The rows of the analysis are the occupied cells of all states that it is made from: those of which a channel is not
/// zero. A component's mean is half of its colour; so many standard deviations from it are all or nothing.
struct HiddenColours: Sendable {
    private let channels: [Int]
    private let analysis: PrincipalComponents
    private let deviations: [Double]

    /// Standard deviations.
    private static let reach = 2.5

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
        analysis = try PrincipalComponents(mean: mean, covariance: squares, count: 3)
        deviations = analysis.variances.map { $0.squareRoot() }
    }

    /// The part of the variance that the colours show, 0...1.
    var share: Double { deviations.indices.reduce(0) { $0 + analysis.share($1) } }

    /// One cell a pixel; what does not live is `ground`.
    func picture(of snapshot: Snapshot, on ground: Color) -> Mosaic {
        var mosaic = Mosaic(width: snapshot.grid.width, height: snapshot.grid.height)
        for (cell, lives) in snapshot.active.enumerated() {
            mosaic.pixels[cell] = lives == 0 ? ground.packed : colour(of: snapshot.grid, cell: cell).packed
        }
        return mosaic
    }

    private func colour(of grid: CellGrid, cell: Int) -> Color {
        let scores = analysis.scores(of: channels.map { Double(grid.values[cell * grid.channels + $0]) })
        func part(_ index: Int) -> Float {
            guard index < scores.count, deviations[index] > 0 else { return 0.5 }
            return Float(0.5 + scores[index] / (2 * Self.reach * deviations[index])).unit
        }
        return Color(red: part(0), green: part(1), blue: part(2))
    }
}
