import ArgumentParser
import GNCABasics
import GNCACells
import GNCAExport
import GNCARaster

/// `target`: the picture as training sees it.
struct TargetCommand: FileUser {
    static let configuration = CommandConfiguration(
        commandName: "target",
        abstract: "Write the picture as training sees it: averaged down to cells, with its margin.",
        discussion: """
            Examples:
              gnca-render target logo.svg --size 48 -o seen.png
              gnca-render target logo.jpg --key white -o seen.png
              gnca-render target Hello --font "Noto Serif Bold" -o seen.png
            """)

    @Argument(help: "A picture (PNG, JPEG, WebP, SVG, ...), an emoji, or a text.", completion: .file())
    var picture: String

    @Option(name: .shortAndLong, help: "The PNG to write.", completion: .file())
    var output: String

    @OptionGroup(title: "Target") var options: TargetOptions

    @Flag(help: "Replace the output where it exists.")
    var overwrite = false

    @OptionGroup var quiet: QuietOption

    func files() -> RunFiles {
        var files = RunFiles()
        files.read(target: picture, font: options.source.font)
        files.write(output, as: "the target's picture")
        return files
    }

    /// Throws where the output's name is that of another format.
    func checkOutput() throws {
        guard Paths.ending(output) == "png" else {
            throw CommandError.usage("\(output): a target is written as a PNG (name it .png)")
        }
    }

    func run() throws {
        try checkOutput()
        try AtomicFile.check(output, overwrite: overwrite)
        let made = try options.target(picture)
        if !quiet.isGiven { try options.source.notes(on: picture).forEach(note) }
        try AtomicFile.write(ImageFile.encodePNG(made.frame), to: output, overwrite: overwrite)
        Written(files: [output], words: "\(made.width)x\(made.height) cells").announce(quiet: quiet.isGiven)
    }
}
