import ArgumentParser
import GNCAExport
import GNCARaster

/// `embed VIDEO -o SNIPPET`: what a write-up pastes.
struct EmbedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "embed",
        abstract: "Write what a blog, a README or a paper pastes to show a film: HTML, Markdown or LaTeX.",
        discussion: """
            Addresses are relative to the snippet. A video's poster is the picture of its name that stands beside it \
            (film.mp4: film.png); where there is none, it is made from the last frame. LaTeX takes a folder of numbered \
            PNGs, too (frames/), and shows it with the animate package.

            Examples:
              gnca-render embed grow.mp4 grow.webm -o grow.html  # a browser picks one
              gnca-render embed frames/ -o grow.tex --caption "A turtle grows."
            """)

    @Argument(
        help: "The film: .mp4, .webm, .gif or .apng; several files are the same film for different browsers.",
        completion: .file())
    var films: [String]

    @Option(
        name: .shortAndLong,
        help:
            "The snippet to write: \(Snippets.all.flatMap { $0.extensions }.map { "." + $0 }.joined(separator: ", ")).",
        completion: .file())
    var output: String

    @Option(help: ArgumentHelp("The still to show until the film plays.", valueName: "file"), completion: .file())
    var poster: String?

    @Option(help: "Text under the film.")
    var caption = ""

    @Option(help: "What the film shows, for those who cannot see it; default the caption, else the film's name.")
    var alt: String?

    @Option(help: ArgumentHelp("LaTeX's label, as fig:turtle.", valueName: "name"))
    var label: String?

    @Option(
        help: ArgumentHelp(
            "Where the films will be found, in place of their folder relative to the snippet.", valueName: "url"))
    var url: String?

    @Option(parsing: .unconditional, help: "Frames a second of numbered PNGs.")
    var fps = 30

    @Flag(help: "One self-contained HTML page, film and poster inside.")
    var inline = false

    @Flag(help: "Give the reader buttons.")
    var controls = false

    @Flag(help: "Replace existing outputs.")
    var overwrite = false

    func run() throws { try EmbedPlan(self).write() }
}
