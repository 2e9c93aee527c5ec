import GNCACells
import GNCARaster

/// The loss against the step for several fire rates: synchronous cells against stochastic ones.
struct RatesFigure: Figure {
    static let name = "rates"
    static let summary = "loss against step for several fire rates, synchronous (1) against stochastic"
    static let subject = FigureSubject.oneModel
    static let options: [FigureOption] = [
        .target, .steps, .fireRate, .angle, .randomSeed, .caption,
    ]
    static let extent = FigureExtent.page(width: 960)

    private static let defaultRates = [0.25, 0.5, 0.75, 1]
    private static let mostSteps = 100_000

    private let plot: Plot

    init(_ request: FigureRequest) throws {
        guard let target = request.target else {
            throw RenderError.option(.target, "is missing (figure rates compares with a picture, or with an emoji)")
        }
        let rates = request.fireRates.isEmpty ? Self.defaultRates : request.fireRates
        try Plot.check(curves: rates.count, of: "fire rates")
        let steps = try request.length(default: 300)
        guard (1...Self.mostSteps).contains(steps) else {
            throw RenderError.option(.steps, "is out of range (got \(steps), expected 1...\(Self.mostSteps))")
        }
        let names = try request.captions("fire rate", rates.map(Self.name))
        var series: [Plot.Series] = []
        for (rate, name) in zip(rates, names) {
            var run = FigureRun(request.models[0], request)
            run.grid = try request.models[0].rule.grid(of: target)
            run.fireRate = rate
            run.angle = try request.single(request.angles, .angle)
            var points: [(x: Double, y: Double?)] = []
            try run.follow(steps: steps) {
                points.append((Double($0.step), target.loss(of: $0.grid, rule: $0.rule)))
            }
            series.append(Plot.Series(name: name, points: points))
        }
        plot = Plot(request, series: series, xName: "step", yName: "loss")
    }

    private static func name(_ rate: Double) -> String {
        "fire rate " + Float(rate).figureText + (rate == 1 ? " (synchronous)" : "")
    }

    func drawing(length: Int, fontSize: Int) throws -> Drawing {
        try plot.drawing(width: length, fontSize: fontSize)
    }
}
