import ArgumentParser
import GNCARender

/// `figure KIND MODEL... -o OUT`: a still for print or the web.
struct FigureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "figure",
        abstract: "Make a still from one model or several, as PNG, SVG or PDF.",
        discussion: """
            Kinds:
            \(Figures.all.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))
            Every kind has options of its own (docs/figures.md); one that it does not use is refused. SVG and PDF hold \
            cells as rectangles and text as text.

            Examples:
              gnca-render figure strip turtle.ckpt --width 17cm -o growth.pdf
              gnca-render figure recovery turtle.ckpt --damage circle:40%,50%,8 -o cut.svg
              gnca-render figure architecture turtle.ckpt -o rule.svg
            """)

    @Argument(
        help: "What to draw: \(OptionValues.figures.joined(separator: ", ")).", completion: .list(OptionValues.figures))
    var kind: String

    @Argument(help: "Model files; for loss, logs of trainings (.csv, .jsonl).", completion: .file())
    var models: [String] = []

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Output, repeatable: .png, .svg or .pdf.", valueName: "out"), completion: .file())
    var outputs: [String] = []

    @OptionGroup(title: "What is shown") var content: FigureContentOptions
    @OptionGroup(title: "Target of rates") var targetOptions: TargetOptions
    @OptionGroup(title: "How it looks") var look: FigureLookOptions

    @Option(parsing: .unconditional, help: "Threads of the simulation; default all cores.")
    var threads: Int?

    @Flag(help: "Replace existing outputs; otherwise they are refused before work starts.")
    var overwrite = false

    @Flag(help: "Do not tell what was written.")
    var quiet = false

    func run() throws {
        let outputs = try FigureOutput.resolve(self.outputs, overwrite: overwrite)
        let plan = try FigurePlan(self)
        let sheet = try plan.sheet()
        try FigureOutput.write(sheet, plan.metadata, to: outputs, overwrite: overwrite)
        guard !quiet else { return }
        for output in outputs { print("\(output.path): \(sheet.size)") }
    }
}

/// What happens before the figure is drawn, and which part of it is shown.
struct FigureContentOptions: ParsableArguments {
    @Option(parsing: .unconditional, help: "The step that a still shows, or after which recovery cuts.")
    var step: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Steps to show, as 0,20,40; for recovery those after the cut; for rotation and rates how many.",
            valueName: "n,..."))
    var steps: String?

    @Option(help: ArgumentHelp("Cells; default the model's own, else 72x72.", valueName: "WxH"))
    var grid: String?

    @Option(
        name: .customLong("damage"),
        help: ArgumentHelp(
            "Damage of a row, repeatable: circle:X,Y,R, rect:X,Y,W,H, half:left, random:N, erase:FILE.png.",
            valueName: "spec"))
    var damages: [String] = []

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Turns what cells perceive; rotation takes several, as 0,45,90.", valueName: "degrees"))
    var angle: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Probability that a cell updates in a step, 0...1; rates takes several, as 0.5,1.", valueName: "rate"))
    var fireRate: String?

    @Option(
        parsing: .unconditional, help: "Seed of the random numbers: which cells fire, and random damage; default 0.")
    var randomSeed: UInt32?

    @Option(
        help: ArgumentHelp("What rates compares with: a picture, or an emoji given as text.", valueName: "target"),
        completion: .file())
    var target: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("Channels to show, index 0..., as 3,4,5.", valueName: "c,..."))
    var channels: String?
}

/// Size, words and colours.
struct FigureLookOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Width of the page: 8.5cm, or 900px.", valueName: "length"))
    var width: String?

    @Option(parsing: .unconditional, help: "Pixels a cell, in the place of --width.")
    var scale: Int?

    @Option(
        parsing: .unconditional, help: "Pixels an inch that a PNG has at least, where --width is in cm; default 300.")
    var dpi: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Size of the text: points where --width is in cm (default 8), else pixels.", valueName: "size"))
    var fontSize: Double?

    @Option(parsing: .unconditional, help: "Space between panels, cells.")
    var gap: Int?

    @Option(parsing: .unconditional, help: "Panels in a row.")
    var columns: Int?

    @Option(
        name: .customLong("caption"),
        help: "A caption in the place of the figure's own, repeatable: one a step, model, channel, ...")
    var captions: [String] = []

    @Flag(help: "No captions, legends and hairlines: cells only.")
    var noCaptions = false

    @Option(help: "Colours around the cells.")
    var theme = Theme.light

    @Option(
        help: "white, black, transparent or #RRGGBB; default the theme's page.",
        completion: .list(Background.names.filter { $0 != "checker" }))
    var background: String?
}
