import ArgumentParser
import GNCACells
import GNCAExport
import GNCARender
import GNCATraining

/// `gnca-render [render] MODEL... -o OUT`: a film.
struct RenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Make a film from one model or several (the default subcommand).",
        discussion: """
            Steps count from the seed: a frame "at step 0" shows the seed. Positions and lengths are in cells from \
            the top left, or in % of the grid. The same command gives the same pixels, on any number of threads.

            Examples:
              gnca-render turtle.ckpt -o grow.mp4                    # growth
              gnca-render turtle.ckpt --scenario regen -o regen.mp4  # damage and recovery
              gnca-render turtle.ckpt --damage circle:50%,40%,12@150 -o cut.webm
              gnca-render turtle.ckpt --overlay hidden,counter --theme dark -o inside.mp4
              gnca-render turtle.ckpt --background transparent -o slide.mov -o frames/
              gnca-render a.ckpt b.ckpt --scenario regen -o compare.mp4
              gnca-render turtle.ckpt -o - --format y4m | other-program
            """)

    @Argument(help: "Model files; several become a grid with captions.", completion: .file())
    var models: [String]

    @OptionGroup(title: "Models") var dialect: DialectOption
    @OptionGroup(title: "Scenario") var scenario: ScenarioOptions
    @OptionGroup(title: "Picture") var picture: PictureOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Running") var running: RunningOptions

    mutating func run() throws {
        if running.verbose { LibavLog.forward { writeToStandardError("libav: \($0)\n") } }
        let plan = try RenderPlan(self)
        if !running.quiet {
            for note in plan.notes { writeToStandardError("gnca-render: note: \(note)\n") }
        }
        if running.dryRun {
            print(plan.summary)
            return
        }
        for step in plan.steps { writeToStandardError("gnca-render: \(step)\n") }
        try Pipeline(plan).run()
    }
}

/// What happens, and when.
struct ScenarioOptions: ParsableArguments {
    @Option(
        name: .customLong("scenario"),
        help: ArgumentHelp(
            "What happens: \(OptionValues.scenarios.joined(separator: ", ")), or a timeline file (.yaml).",
            valueName: "name|file"),
        completion: .file(extensions: ["yaml", "yml"]))
    var name = "grow"

    @Option(parsing: .unconditional, help: "Steps the automaton makes; the scenario's own length if not given.")
    var steps: Int?

    @Option(
        parsing: .unconditional, help: "Time lapse: steps between two frames; the scenario's own if not given.")
    var stepsPerFrame: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Still at the end; the scenario's own if not given.", valueName: "seconds"))
    var hold: Double?

    @Option(help: ArgumentHelp("Cells; default the model's own, else 72x72.", valueName: "WxH"))
    var grid: String?

    @Option(
        name: .customLong("start"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("Where a seed stands; default the centre. Repeatable.", valueName: "x,y"))
    var starts: [String] = []

    @Option(
        name: .customLong("damage"),
        help: ArgumentHelp(
            """
            Damage after a number of steps, repeatable: circle:X,Y,R@STEP, rect:X,Y,W,H@STEP, half:left@STEP \
            (left, right, top, bottom), random:N@STEP (N random circles), erase:FILE.png@STEP (a mask).
            """, valueName: "spec@step"))
    var damages: [String] = []

    @Option(parsing: .unconditional, help: "Seed of the random numbers: which cells fire, and random damage.")
    var randomSeed: UInt32 = 0

    @Option(parsing: .unconditional, help: "Probability that a cell updates in a step, 0...1; default the model's own.")
    var fireRate: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Turns what cells perceive; default 0, may be negative.", valueName: "degrees"))
    var angle: Double?

    @Option(help: "What lies outside the grid; default the model's own.")
    var padding: Edges?

    @Option(help: "When a state becomes infinite or NaN: stop, or hold the last finite state.")
    var onBlowup = BlowUpPolicy.stop
}

/// How it looks.
struct PictureOptions: ParsableArguments {
    @Option(
        name: .customLong("overlay"),
        help: ArgumentHelp(
            "Overlays, separated by commas: \(Overlays.all.map { $0.name }.joined(separator: ", ")).",
            valueName: "name,..."),
        completion: OptionValues.overlays)
    var overlays: String?

    @Option(help: "Where panels stand.")
    var layout = PanelLayout.side

    @Option(
        name: .customLong("caption"),
        help: "Caption of a model, repeatable in the models' order; several models have their file names by default.")
    var captions: [String] = []

    @Flag(help: "Several models have no captions either.")
    var noCaptions = false

    @Option(
        parsing: .unconditional,
        help: "Pictures a row, where there are several models; default as many as bring the film near 16:9.")
    var columns: Int?

    @Option(
        help: ArgumentHelp(
            "Steps after which training applied the loss, for the time overlay; default what a model says.",
            valueName: "a-b"))
    var trainedSteps: String?

    @Option(help: "Colours around the cells.")
    var theme = Theme.light

    @Option(parsing: .unconditional, help: "Pixels a cell; even and at least 4 where chroma is halved.")
    var scale = 8

    @Option(
        help: "white, black, checker, transparent or #RRGGBB; default white, black with --theme dark.",
        completion: .list(Background.names))
    var background: String?

    @Option(help: ArgumentHelp("Picture that the error overlay compares with.", valueName: "file"), completion: .file())
    var target: String?

    @Option(
        help: ArgumentHelp(
            "Longest side of a target larger than the grid, once averaged down; cells.", valueName: "cells"))
    var targetSize = 40

    @Option(
        help: ArgumentHelp(
            "Channels that the perception overlay shows, index 0...; default alpha and the first hidden ones.",
            valueName: "c,..."))
    var perceptionChannels: String?
}

/// What leaves.
struct OutputOptions: ParsableArguments {
    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp(
            "Output, repeatable; the extension picks the format. - is standard output.", valueName: "out"),
        completion: .file())
    var outputs: [String] = []

    @Option(
        help: "Format where no extension tells, as for -o -: y4m, mp4, ...", completion: .list(OptionValues.formats))
    var format: String?

    @Option(parsing: .unconditional, help: "Frames a second; default 30, GIF 25.")
    var fps: Int?

    @Option(help: "Codec; default by container (gnca-render list).", completion: .list(OptionValues.codecs))
    var codec: String?

    @Option(parsing: .unconditional, help: "Quality on the codec's own scale (h264 and h265: crf, lower is better).")
    var quality: Int?

    @Option(help: "Encoder preset, as the encoder names it.")
    var preset: String?

    @Option(help: "Pixel format, as libav names it; default yuv420p for MP4.")
    var pixelFormat: String?

    @Option(
        name: .customLong("encoder-option"),
        help: ArgumentHelp("Passed to the encoder as it is, repeatable.", valueName: "key=value"))
    var encoderOptions: [String] = []

    @Option(
        parsing: .unconditional, help: "How often an animation plays: a number, or forever.",
        completion: .list(["forever"]))
    var loop = "forever"

    @Option(help: ArgumentHelp("Also write a picture of the film as a PNG.", valueName: "file"), completion: .file())
    var poster: String?

    @Option(parsing: .unconditional, help: "Step that the poster shows; default the film's last picture.")
    var posterStep: Int?

    @Flag(help: "Replace existing outputs; otherwise they are refused before work starts.")
    var overwrite = false

    @Flag(help: "The same bytes on every run: one encoder thread, no timestamps.")
    var reproducible = false
}

/// How it runs.
struct RunningOptions: ParsableArguments {
    @Option(parsing: .unconditional, help: "Threads of simulation and encoder; default all cores.")
    var threads: Int?

    @Option(help: "Progress on standard error: auto (a bar on a terminal), plain, json or none.")
    var progress: ProgressStyle = .auto

    @Flag(help: "No progress and no notes; errors only.")
    var quiet = false

    @Flag(help: "Say what is done, and what libav says.")
    var verbose = false

    @Flag(help: "Print the resolved timeline, size, frames, duration and memory, and write nothing.")
    var dryRun = false
}
