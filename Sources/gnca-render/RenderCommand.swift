import ArgumentParser
import GNCABasics
import GNCAExport

/// `gnca-render [render] MODEL... -o OUT`: a film.
struct RenderCommand: FileUser {
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

    @OptionGroup(title: "Models") var reading: ModelOptions
    @OptionGroup(title: "Scenario") var scenario: ScenarioOptions
    @OptionGroup(title: "Picture") var picture: PictureOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "What the film tells of itself") var words: WordOptions
    @OptionGroup(title: "Running") var running: RunningOptions

    func files() throws -> RunFiles {
        var files = RunFiles()
        for model in models { files.read(model: model) }
        try scenario.add(to: &files)
        if let target = picture.target { files.read(target: target) }
        output.add(to: &files)
        return files
    }

    func run() throws {
        if running.verbose { LibavLog.forward { tell("libav: \($0)") } }
        let film = try Film(self)
        if !running.quiet { film.notes.forEach(note) }
        if running.dryRun {
            sayLines(film.summary)
            return
        }
        if running.verbose { for line in film.account { tell("gnca-render: \(line)") } }
        let seconds = try Pipeline(film).run()
        film.written(seconds: seconds).announce(quiet: running.quiet, film.progress)
    }
}
