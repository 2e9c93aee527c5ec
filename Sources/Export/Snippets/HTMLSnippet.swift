import GNCABasics

/// A figure with a video that plays by itself, silently and for ever, as articles show automata.
enum HTMLSnippet: Snippet {
    static let name = "html"
    static let extensions = ["html", "htm"]

    static func text(_ film: EmbeddedFilm) throws(ExportError) -> String {
        for source in film.sources {
            guard source.kind.isVideo || film.sources.count == 1 else {
                throw .invalid("\(source.path): only videos (.mp4, .webm) can stand for one another in HTML")
            }
            if case .frames = source.kind {
                throw .invalid("\(source.path): HTML shows no numbered stills (name an .mp4, .webm or .gif)")
            }
        }
        let figure = figure(film)
        return film.isDocument
            ? document(figure, title: film.caption.isEmpty ? film.alternative : film.caption) : figure
    }

    private static func figure(_ film: EmbeddedFilm) -> String {
        var lines = ["<figure>"]
        lines += film.sources[0].kind.isVideo ? video(film) : [picture(film)]
        if let descriptions = film.descriptions {
            lines.append("  <p id=\"\(descriptionsName(film))\" hidden>\(Escaping.html(descriptions.text))</p>")
        }
        if !film.caption.isEmpty { lines.append("  <figcaption>\(Escaping.html(film.caption))</figcaption>") }
        lines.append("</figure>")
        return lines.joined(separator: "\n") + "\n"
    }

    /// Cells stay squares however large the page shows them.
    private static let style = "max-width: 100%; height: auto; image-rendering: pixelated"

    /// Of the paragraph that says what happens: several films on one page have their own.
    private static func descriptionsName(_ film: EmbeddedFilm) -> String {
        let plain = film.sources[0].path.unicodeScalars.map { scalar in
            scalar.isASCII && scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) ? "\(scalar)" : "-"
        }
        return "events-" + plain.joined()
    }

    /// Leads readers' programs to that paragraph.
    private static func describedBy(_ film: EmbeddedFilm) -> String {
        film.descriptions == nil ? "" : " aria-describedby=\"\(descriptionsName(film))\""
    }

    private static func video(_ film: EmbeddedFilm) -> [String] {
        let poster = film.poster.map { " poster=\"\(Escaping.html($0.address))\"" } ?? ""
        let controls = film.controls ? " controls" : ""
        let sources = film.sources.map { "    <source src=\"\(Escaping.html($0.address))\" type=\"\($0.kind.type)\">" }
        let track =
            film.descriptions.map {
                [
                    "    <track kind=\"descriptions\" src=\"\(Escaping.html($0.address))\" srclang=\"en\" label=\"What happens\">"
                ]
            } ?? []
        return [
            "  <video width=\"\(film.width)\" height=\"\(film.height)\"\(poster) autoplay muted loop playsinline\(controls)",
            "         aria-label=\"\(Escaping.html(film.alternative))\"\(describedBy(film)) style=\"\(style)\">",
        ] + sources + track + ["    \(Escaping.html(film.alternative))", "  </video>"]
    }

    private static func picture(_ film: EmbeddedFilm) -> String {
        "  <img src=\"\(Escaping.html(film.sources[0].address))\" width=\"\(film.width)\" height=\"\(film.height)\" "
            + "alt=\"\(Escaping.html(film.alternative))\"\(describedBy(film)) style=\"\(style)\">"
    }

    /// The empty icon keeps browsers from asking a server for one.
    private static func document(_ body: String, title: String) -> String {
        """
        <!DOCTYPE html>
        <html>
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <link rel="icon" href="data:,">
        <title>\(Escaping.html(title))</title>
        </head>
        <body>
        \(body)</body>
        </html>

        """
    }
}
