import GNCABasics
import GNCACells
import GNCARaster

/// What many runs of models have in common, step by step, and where something happens to them.
public struct CurvesFigure: NumberedFigure {
    public static let name = "curves"
    public static let summary =
        "loss, PSNR, living cells and total update of many runs: median, 10-90 % band, and events"
    public static let subject = FigureSubject.models
    public static let options: [FigureOption] = [
        .scenario, .steps, .trials, .target, .angle, .grid, .fireRate, .randomSeed, .caption, .data,
    ]
    public static let extent = FigureExtent.page(width: 960)

    /// Runs of each model where the user names no number.
    public static let usualTrials = 20
    /// How many there may be.
    public static let trialRange = 1...10_000
    /// What happens where the user names nothing.
    public static let usualScenario: any Scenario.Type = Regen.self
    private static let mostSteps = 100_000

    private let runs: CurveRuns
    private let names: [String]
    private let plot: BandPlot

    public init(_ request: FigureRequest) throws {
        var request = request
        try Plot.check(curves: request.models.count, of: "models")
        if let steps = request.steps.first, !(1...Self.mostSteps).contains(steps) {
            throw RenderError.option(.steps, "is out of range (got \(steps), expected 1...\(Self.mostSteps))")
        }
        names = try request.captions("model", request.models.map(\.name))
        request.target = try request.target.map { (target) throws(RenderError) in
            let scale = request.models.first?.rule.pictureScale ?? 1
            guard let target = target.inTheMiddle(of: request.grid, scale: scale) else {
                throw .option(
                    .grid,
                    "has no room for the target (got \(request.grid), the target has "
                        + "\(target.width / scale)x\(target.height / scale) cells)")
            }
            return target
        }
        let trials = request.trials ?? Self.usualTrials
        guard Self.trialRange.contains(trials) else {
            throw RenderError.option(
                .trials, "is out of range (got \(trials), expected 1...\(Self.trialRange.upperBound))")
        }
        let runs = try CurveRuns(request, request.scenario ?? FigureScenario(Self.usualScenario), trials: trials)
        self.runs = runs
        let panels = runs.quantities.enumerated().map { place, quantity in
            BandPlot.Panel(
                title: quantity.title, scale: quantity.scale(runs.bands.flatMap { $0[place] }),
                bands: runs.bands.map { $0[place] })
        }
        plot = BandPlot(
            request, panels: panels, names: names, moments: runs.moments, events: runs.events,
            note: trials == 1 ? "one run" : "median and 10–90 % of \(trials.grouped) runs")
    }

    public func drawing(length: Int, fontSize: Int) throws -> Drawing {
        try plot.drawing(width: length, fontSize: fontSize)
    }

    /// A line a model and moment; what is infinite or was not measured is empty.
    public static let forms = [FigureNumbers.Form.csv]

    public var numbers: FigureNumbers { FigureNumbers(table: table) }

    /// Comma-separated values.
    var table: String {
        let columns = runs.quantities.flatMap { quantity in
            ["p10", "median", "p90"].map { "\(quantity.rawValue)_\($0)" }
        }
        var lines = [(["model", "step", "event"] + columns).joined(separator: ",")]
        for (name, bands) in zip(names, runs.bands) {
            for (index, moment) in runs.moments.enumerated() {
                let words = [CSVText.field(name), "\(moment.step)", CSVText.field(moment.event ?? "")]
                let numbers = bands.flatMap { [$0[index].low, $0[index].median, $0[index].high] }
                lines.append((words + numbers.map { $0.isFinite ? "\($0)" : "" }).joined(separator: ","))
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension CurveRuns.Quantity {
    fileprivate var title: String {
        switch self {
        case .loss: "loss"
        case .psnr: "PSNR in the picture’s box, dB"
        case .living: "living cells"
        case .update: "total update"
        }
    }

    fileprivate func scale(_ bands: [CurveRuns.Band]) -> PlotScale {
        let values = bands.flatMap { [$0.low, $0.median, $0.high] }
        switch self {
        case .loss: return .logarithmic(values)
        case .psnr: return .even(values)
        case .living, .update: return .even(values, fromZero: true)
        }
    }
}
