import GNCABasics

/// A figure: a poster that leads to the video, or the frames themselves for the animate package.
enum LaTeXSnippet: Snippet {
    static let name = "latex"
    static let extensions = ["tex"]

    /// As wide as the text, and no higher than a page or a slide with a caption.
    private static let size = "width=\\linewidth,height=0.75\\textheight,keepaspectratio"

    static func text(_ film: EmbeddedFilm) throws(ExportError) -> String {
        let source = film.sources[0]
        var packages = ["graphicx"]
        let content: String
        if case .frames(let first, let last, let rate) = source.kind {
            packages.append("animate")
            let controls = film.controls ? "controls," : ""
            content =
                "\\animategraphics[autoplay,loop,\(controls)\(size)]{\(rate)}{\(try path(source))}{\(first)}{\(last)}"
        } else if let poster = film.poster {
            packages.append("hyperref")
            content =
                "\\href{\(Escaping.latexAddress(source.address))}{\\includegraphics[\(size)]{\(try path(poster))}}"
        } else {
            throw .invalid("\(source.path): LaTeX shows no such picture (name a video, or numbered stills)")
        }
        return
            (["% needs \\usepackage{\(packages.joined(separator: ","))}", "\\begin{figure}", "  \\centering"]
            + ["  \(content)"] + (try captions(film)) + ["\\end{figure}"]).joined(separator: "\n") + "\n"
    }

    private static func path(_ source: EmbeddedFilm.Source) throws(ExportError) -> String {
        guard let path = Escaping.latexPath(source.path) else {
            throw .invalid(
                "\(source.path): LaTeX cannot name this file (choose a name without quotes and double spaces)")
        }
        return path
    }

    private static func captions(_ film: EmbeddedFilm) throws(ExportError) -> [String] {
        if let label = film.label, !isLabel(label) {
            throw .invalid("\"\(label)\" is no label (expected letters, digits and any of :-_./+, as fig:turtle)")
        }
        var lines: [String] = []
        if !film.caption.isEmpty { lines.append("  \\caption{\(Escaping.latex(film.caption))}") }
        if let label = film.label { lines.append("  \\label{\(label)}") }
        return lines
    }

    /// LaTeX writes labels to files of its own, and reads them again as they are.
    private static func isLabel(_ text: String) -> Bool {
        !text.isEmpty
            && text.unicodeScalars.allSatisfy { scalar in
                scalar.isASCII && scalar.properties.isAlphabetic || "0123456789:-_./+".unicodeScalars.contains(scalar)
            }
    }
}
