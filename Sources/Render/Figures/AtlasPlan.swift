import GNCACells

/// What a recovery atlas tries: circular cuts of several radii, at several moments, at places all over the grid.
struct AtlasPlan: Sendable {
    let grid: GridSize
    /// Of the circles, cells.
    let radii: [Double]
    /// Steps done when a cut falls.
    let moments: [Int]
    /// From the cut to the verdict.
    let steps: Int
    /// At every place.
    let trials: Int
    /// Cells from one place to the next.
    let stride: Int
    /// Whether trials run to their end though they seem to be decided before.
    let isFull: Bool
    /// Where the circles' centres are, row by row.
    let places: [(x: Int, y: Int)]
    /// Places in a row.
    let columns: Int
    /// After how many steps from the cut trials are looked at; the last is the end.
    let looks: [Int]
    /// For each radius, the cells of a circle, from its centre.
    private let circles: [[(x: Int, y: Int)]]

    private static let lookEvery = 10
    private static let mostSteps = 100_000
    private static let mostTrials = 1000
    /// Of radii, and of moments: more than a page can show.
    private static let mostMaps = 16

    /// Throws where a choice of the user's is out of range.
    init(_ request: FigureRequest, on grid: GridSize) throws(RenderError) {
        self.grid = grid
        radii = request.radii.isEmpty ? [4, 8, 12] : request.radii
        moments = request.moments.isEmpty ? [50, 150] : request.moments
        steps = try request.length(default: 200)
        trials = request.trials ?? 20
        stride = request.stride ?? 2
        isFull = request.runsFullTrials
        let side = max(grid.width, grid.height)
        for radius in radii { try Self.check(radius, in: 0.5...Double(side), .radii) }
        for moment in moments { try Self.check(Double(moment), in: 0...Double(Self.mostSteps), .moments) }
        for (count, option) in [(radii.count, FigureOption.radii), (moments.count, .moments)] {
            guard count <= Self.mostMaps else {
                throw .option(option, "has too many values (got \(count), limit \(Self.mostMaps))")
            }
        }
        for (number, most, option) in [
            (steps, Self.mostSteps, FigureOption.steps), (trials, Self.mostTrials, .trials), (stride, side, .stride),
        ] {
            try Self.check(Double(number), in: 1...Double(most), option)
        }
        // Each place stands in the middle of the square of cells that it speaks for.
        func centres(_ side: Int, _ stride: Int) -> [Int] {
            Swift.stride(from: 0, to: side, by: stride).map { ($0 + min($0 + stride, side)) / 2 }
        }
        let (xs, ys) = (centres(grid.width, stride), centres(grid.height, stride))
        columns = xs.count
        places = ys.flatMap { y in xs.map { (x: $0, y: y) } }
        looks = Array(Swift.stride(from: Self.lookEvery, to: steps, by: Self.lookEvery)) + [steps]
        circles = radii.map(Self.circle)
    }

    private static func check(
        _ value: Double, in range: ClosedRange<Double>, _ option: FigureOption
    ) throws(RenderError) {
        guard range.contains(value) else {
            throw .option(
                option,
                "is out of range (got \(value.plainText), expected \(range.lowerBound.plainText)..."
                    + "\(range.upperBound.plainText))")
        }
    }

    private static func circle(_ radius: Double) -> [(x: Int, y: Int)] {
        let reach = Int(radius.rounded(.up))
        let side = 2 * reach + 1
        var mask = DamageMask(grid: GridSize(width: side, height: side))
        mask.addCircle(x: Double(reach), y: Double(reach), radius: radius)
        return mask.cells.indices.filter { mask.cells[$0] == 1 }.map { (x: $0 % side - reach, y: $0 / side - reach) }
    }

    /// One map of the atlas for each moment and radius.
    var maps: Int { moments.count * radii.count }
    var rows: Int { places.count / columns }

    /// Roughly what is kept of all trials at all places.
    var bytes: Int { 40 * trials * maps * places.count }

    /// The place that speaks for a cell.
    func place(at x: Int, _ y: Int) -> Int { y / stride * columns + x / stride }

    /// The cells (index, row by row) that a cut hits, in increasing order.
    func cells(radius: Int, place: Int) -> [UInt32] {
        let centre = places[place]
        return circles[radius].compactMap { offset in
            let (x, y) = (centre.x + offset.x, centre.y + offset.y)
            guard x >= 0, y >= 0, x < grid.width, y < grid.height else { return nil }
            return UInt32(y * grid.width + x)
        }
    }
}
