import GNCARaster

/// The loss over the iterations of trainings, every point a mean of its neighbours.
struct LossFigure: Figure {
    static let name = "loss"
    static let summary = "loss against iteration from logs of trainings"
    static let subject = FigureSubject.logs
    static let options: [FigureOption] = [.caption]
    static let extent = FigureExtent.page(width: 960)

    /// Points of a curve.
    private static let mostParts = 400

    private let plot: Plot

    init(_ request: FigureRequest) throws {
        let names = try request.captions("log", request.logs.map(\.name))
        let series = zip(request.logs, names).map { log, name in Plot.Series(name: name, points: Self.means(log)) }
        plot = Plot(request, series: series, xName: "iteration", yName: "loss")
    }

    /// The mean loss in each of at most 400 parts; nil where nothing was learnt.
    private static func means(_ log: TrainingLog) -> [(x: Double, y: Double?)] {
        let count = log.losses.count
        let parts = min(count, mostParts)
        return (0..<parts).map { part in
            let entries = log.losses[(part * count / parts)..<((part + 1) * count / parts)]
            // From the first iteration to the last.
            let place = parts == 1 ? 0 : part * (count - 1) / (parts - 1)
            let known = entries.map(\.loss).filter { $0.isFinite && $0 > 0 }
            return (
                Double(log.losses[place].iteration),
                known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
            )
        }
    }

    func drawing(length: Int, fontSize: Int) throws -> Drawing {
        try plot.drawing(width: length, fontSize: fontSize)
    }
}
