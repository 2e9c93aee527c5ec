import GNCABasics

/// A figure: a poster that leads to the video, or the frames themselves for the animate package.
enum LaTeXSnippet: Snippet {
    static let name = "latex"
    static let extensions = ["tex"]

    static func text(_ film: EmbeddedFilm) throws(ExportError) -> String {
        let source = film.sources[0]
        var packages = ["graphicx"]
        let content: String
        if case .frames(let first, let last, let rate) = source.kind {
            packages = ["animate"]
            let controls = film.controls ? "controls," : ""
            content =
                "\\animategraphics[autoplay,loop,\(controls)width=\\linewidth]{\(rate)}{\(source.path)}{\(first)}{\(last)}"
        } else if let poster = film.poster {
            packages.append("hyperref")
            content =
                "\\href{\(Escaping.latexAddress(source.address))}{\\includegraphics[width=\\linewidth]{\(poster.path)}}"
        } else {
            throw .invalid("\(source.path): LaTeX shows no such picture (name a video, or numbered stills)")
        }
        return
            (["% needs \\usepackage{\(packages.joined(separator: ","))}", "\\begin{figure}", "  \\centering"]
            + ["  \(content)"] + captions(film) + ["\\end{figure}"]).joined(separator: "\n") + "\n"
    }

    private static func captions(_ film: EmbeddedFilm) -> [String] {
        var lines: [String] = []
        if !film.caption.isEmpty { lines.append("  \\caption{\(Escaping.latex(film.caption))}") }
        if let label = film.label { lines.append("  \\label{\(label)}") }
        return lines
    }
}
