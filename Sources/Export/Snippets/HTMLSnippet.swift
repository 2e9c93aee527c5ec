import GNCABasics

/// A figure with a video that plays by itself, silently and for ever, as articles show automata. Readers can stop it, and
/// those who have asked their system for less motion see the still.
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
        let isVideo = film.sources[0].kind.isVideo
        let hasButton = isVideo ? !film.controls : film.poster != nil
        var lines = ["<figure>"]
        if hasButton { lines.append("  <div style=\"position: relative; width: fit-content; max-width: 100%\">") }
        lines += isVideo ? video(film) : picture(film)
        if hasButton { lines += [button, "  </div>"] }
        if let descriptions = film.descriptions {
            lines.append("  <p id=\"\(descriptionsName(film))\" hidden>\(Escaping.html(descriptions.text))</p>")
        }
        if !film.caption.isEmpty { lines.append("  <figcaption>\(Escaping.html(film.caption))</figcaption>") }
        if isVideo { lines += videoScript(hasButton: hasButton) } else if hasButton { lines += pictureScript }
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
        let sources = film.sources.map { source in
            let codecs = source.codecs.map { "; codecs=&quot;\($0)&quot;" } ?? ""
            return "    <source src=\"\(Escaping.html(source.address))\" type=\"\(source.kind.type)\(codecs)\">"
        }
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

    private static func picture(_ film: EmbeddedFilm) -> [String] {
        let image =
            "<img src=\"\(Escaping.html(film.sources[0].address))\" width=\"\(film.width)\" height=\"\(film.height)\" "
            + "alt=\"\(Escaping.html(film.alternative))\"\(describedBy(film)) style=\"\(style)\">"
        guard let poster = film.poster else { return ["  " + image] }
        return [
            "  <picture>",
            "    <source srcset=\"\(Escaping.html(poster.address))\" media=\"\(reducedMotion)\">",
            "    " + image, "  </picture>",
        ]
    }

    private static let reducedMotion = "(prefers-reduced-motion: reduce)"

    /// Appears with the script that moves it: without scripts there is nothing to press.
    private static let button =
        "  <button type=\"button\" hidden style=\"position: absolute; right: 8px; bottom: 8px; width: 32px; height: 32px; "
        + "padding: 0; border: 0; border-radius: 16px; background: #0009; color: #fff; font: 12px/32px sans-serif\"></button>"

    /// Without scripts, the film plays by itself all the same.
    private static func videoScript(hasButton: Bool) -> [String] {
        let reduce =
            "    if (matchMedia(\"\(reducedMotion)\").matches) { video.autoplay = false; video.pause(); video.load(); }"
        guard hasButton else {
            return [
                "  <script>(function (figure) {", "    const video = figure.querySelector(\"video\");", reduce,
                "  })(document.currentScript.parentNode);</script>",
            ]
        }
        return [
            "  <script>(function (figure) {",
            "    const video = figure.querySelector(\"video\"), button = figure.querySelector(\"button\");", reduce,
            "    function show() {", "      button.textContent = video.paused ? \"\\u25B6\" : \"\\u275A\\u275A\";",
            "      button.setAttribute(\"aria-label\", video.paused ? \"Play\" : \"Pause\");", "    }",
            "    button.onclick = function () { video.paused ? video.play() : video.pause(); };",
            "    video.onplay = video.onpause = show;", "    button.hidden = false;", "    show();",
            "  })(document.currentScript.parentNode);</script>",
        ]
    }

    /// A picture cannot be stopped: the still takes its place.
    private static let pictureScript = [
        "  <script>(function (figure) {",
        "    const still = figure.querySelector(\"source\"), button = figure.querySelector(\"button\");",
        "    let stopped = matchMedia(\"\(reducedMotion)\").matches;",
        "    function show() {", "      still.media = stopped ? \"all\" : \"not all\";",
        "      button.textContent = stopped ? \"\\u25B6\" : \"\\u275A\\u275A\";",
        "      button.setAttribute(\"aria-label\", stopped ? \"Play\" : \"Pause\");", "    }",
        "    button.onclick = function () { stopped = !stopped; show(); };", "    button.hidden = false;",
        "    show();",
        "  })(document.currentScript.parentNode);</script>",
    ]

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
