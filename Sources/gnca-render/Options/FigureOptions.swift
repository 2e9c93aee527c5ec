import ArgumentParser
import GNCABasics
import GNCACells
import GNCARaster
import GNCARender

/// What happens before the figure is drawn, and which part of it is shown.
struct FigureContentOptions: ParsableArguments {
    @Option(parsing: .unconditional, help: "The step that a still shows, or after which recovery cuts.")
    var step: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Steps to show, as 0,20,40; for recovery those after the cut; for rotation, rates, curves and atlas how many.",
            valueName: "n,..."),
        transform: OptionText.list("numbers, as 0,20,40") { Int($0) })
    var steps: [Int]?

    @Option(
        help: ArgumentHelp(
            """
            What happens in the runs of curves and portrait: \(Scenarios.all.map { $0.name }.joined(separator: ", ")), or a timeline \
            file (.yaml); default \(CurvesFigure.usualScenario.name).
            """, valueName: "name|file"),
        completion: .file(extensions: ["yaml", "yml"]), transform: { try ScenarioOptions.Source($0) })
    var scenario: ScenarioOptions.Source?

    @Option(
        in: CurvesFigure.trialRange,
        help: """
            Runs of each model, each with the next random seed, or trials of an atlas at every place; default \
            \(CurvesFigure.usualTrials), for portrait \(PortraitFigure.usualTrials).
            """)
    var trials: Int?

    @Option(
        help: ArgumentHelp("Size of the grid in cells; default the model's own, else 72x72.", valueName: "WxH"),
        transform: { try GridSize(parsing: $0) })
    var grid: GridSize?

    @Option(
        name: .customLong("damage"),
        help: ArgumentHelp(
            "Damage of a row, repeatable: circle:X,Y,R, rect:X,Y,W,H, half:left, random:N, erase:FILE.png.",
            valueName: "spec"),
        transform: { try FigureDamage(parsing: $0) })
    var damages: [FigureDamage] = []

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How far what cells perceive is turned; rotation takes several, as 0,45,90.", valueName: "degrees"),
        transform: OptionText.list("numbers, as 0,45,90", OptionText.plainNumber))
    var angle: [Double]?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Probability that a cell updates in a step, 0...1; rates takes several, as 0.5,1.", valueName: "rate"),
        transform: OptionText.list("numbers, as 0.5,1", OptionText.plainNumber))
    var fireRate: [Double]?

    @Option(in: 0...UInt32.max, help: "Seed of the random numbers: which cells fire, and random damage; default 0.")
    var randomSeed: UInt32?

    @Option(
        name: .customLong("target"),
        help: ArgumentHelp(
            "What quality, atlas, rates and curves compare with: a picture, an emoji, or a text; for quality also one a model.",
            valueName: "target"),
        completion: .file())
    var targets: [String] = []

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Radii of the cuts of an atlas, in cells, a map each; default 4,8,12.", valueName: "cells,..."),
        transform: OptionText.list("numbers, as 4,8,12", OptionText.plainNumber))
    var radii: [Double]?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Steps after which an atlas cuts, a row of maps each; default 50,150.", valueName: "n,..."),
        transform: OptionText.list("numbers, as 50,150") { Int($0) })
    var moments: [Int]?

    @Option(
        parsing: .unconditional,
        help: "Cells from one place of an atlas to the next: 1 cuts at every cell, 4 makes a quick map; default 2.")
    var stride: Int?

    @Flag(help: "Run every trial of an atlas to its end, though it seems to be decided before.")
    var fullTrials = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Channels to show, counted from 0, as 3,4,5.", valueName: "c,..."),
        transform: OptionText.list("numbers, as 3,4,5") { Int($0) })
    var channels: [Int]?
}

/// Size, words and colours.
struct FigureLookOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Width of the page: 8.5cm, or 900px.", valueName: "length"), transform: Self.width)
    var width: FigureSize?

    @Option(in: 1...256, help: "Pixels of one cell, in the place of --width.")
    var scale: Int?

    @Option(in: 10.0...4800, help: "Pixels an inch that a PNG has at least, where --width is in cm; default 300.")
    var dpi: Double?

    @Option(
        in: 1.0...400,
        help: ArgumentHelp(
            "Size of the text: points where --width is in cm (default 8), else pixels.", valueName: "size"))
    var fontSize: Double?

    @Option(in: 0...1000, help: "Space between panels, in cells.")
    var gap: Int?

    @Option(parsing: .unconditional, help: "Panels in a row.")
    var columns: Int?

    @Option(
        name: .customLong("caption"),
        help: "A caption in the place of the figure's own, repeatable: one a step, model, channel, and so on.")
    var captions: [String] = []

    @Flag(help: "No captions, legends and hairlines: cells only.")
    var noCaptions = false

    @Option(help: "Colours around the cells.")
    var theme = Theme.light

    @Option(
        help: """
            What is behind the cells: white, black, transparent, a colour's name as CSS has it, #RGB or #RRGGBB; default \
            the theme's page.
            """,
        completion: .list(Background.names.filter { $0 != "checker" }),
        transform: OptionText.value("transparent, \(Color.expected)") { text in
            Background(parsing: text).flatMap { $0 == .checker ? nil : $0 }
        })
    var background: Background?

    @Sendable private static func width(_ text: String) throws -> FigureSize {
        if let pixels = text.without(ending: "px").flatMap({ Int($0) }) {
            guard (1...FigureSheet.longestSide).contains(pixels) else {
                throw OptionFault("is out of range (got \(text), expected 1px...\(FigureSheet.longestSide)px)")
            }
            return .pixels(pixels)
        }
        guard let centimetres = text.without(ending: "cm").flatMap(OptionText.plainNumber) else {
            throw OptionFault(text, expected: "a length as 8.5cm or 900px")
        }
        guard centimetres >= 0.5, centimetres <= 500 else {
            throw OptionFault("is out of range (got \(text), expected 0.5cm...500cm)")
        }
        return .centimetres(centimetres, dotsPerInch: 300)
    }

    /// What the figure's size follows from.
    func size() throws -> FigureSize {
        guard width == nil || scale == nil else {
            throw CommandError.usage("--width and --scale cannot stand together")
        }
        if case .centimetres(let width, let usual)? = width { return .centimetres(width, dotsPerInch: dpi ?? usual) }
        guard dpi == nil else { throw CommandError.usage("--dpi belongs to a --width in cm") }
        return width ?? scale.map { .scale($0) } ?? .natural
    }
}
