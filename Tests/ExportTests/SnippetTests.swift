import GNCATestSupport
import Testing

@testable import GNCAExport

@Suite struct SnippetTests {
    @Test func everyFileOfTheFolderIsInTheRegistry() throws {
        #expect(try Repository.names(in: "Sources/Export/Snippets") == Snippets.all.map { "\($0).swift" }.sorted())
    }

    private func film(_ kind: EmbeddedFilm.Kind, poster: Bool, label: String? = nil) -> EmbeddedFilm {
        EmbeddedFilm(
            sources: [.init(kind: kind, address: "my%20film", path: "my film")],
            poster: poster ? .init(kind: .picture(type: "image/png"), address: "p.png", path: "p.png") : nil, width: 64,
            height: 48, caption: "50 % of <b> & \"c\" _d_ \\e", alternative: "a\nb", label: label)
    }

    @Test func htmlPlaysByItselfAndEscapes() throws {
        var video = film(.mp4, poster: true)
        video.sources[0].codecs = "avc1.64001F"
        let text = try HTMLSnippet.text(video)
        #expect(
            text.hasPrefix(
                """
                <figure>
                  <div style="position: relative; width: fit-content; max-width: 100%">
                  <video width="64" height="48" poster="p.png" autoplay muted loop playsinline
                         aria-label="a
                b" style="max-width: 100%; height: auto; image-rendering: pixelated">
                    <source src="my%20film" type="video/mp4; codecs=&quot;avc1.64001F&quot;">
                    a
                b
                  </video>
                  <button type="button" hidden
                """))
        #expect(text.contains("  <figcaption>50 % of &lt;b&gt; &amp; &quot;c&quot; _d_ \\e</figcaption>\n  <script>"))
        #expect(
            try HTMLSnippet.text(film(.picture(type: "image/gif"), poster: false)).contains("<img src=\"my%20film\""))
    }

    /// WCAG 2.2.2: what moves by itself can be stopped, and does not begin where somebody wants no motion.
    @Test func readersCanStopWhatMoves() throws {
        var video = film(.mp4, poster: true)
        let silent = try HTMLSnippet.text(video)
        #expect(silent.contains("prefers-reduced-motion: reduce") && silent.contains("<button"))
        video.controls = true
        let controlled = try HTMLSnippet.text(video)
        #expect(controlled.contains("prefers-reduced-motion: reduce") && !controlled.contains("<button"))
        let picture = try HTMLSnippet.text(film(.picture(type: "image/webp"), poster: true))
        #expect(picture.contains("<source srcset=\"p.png\" media=\"(prefers-reduced-motion: reduce)\">"))
        #expect(picture.contains("<button") && picture.contains("<img src=\"my%20film\""))
        #expect(try !HTMLSnippet.text(film(.picture(type: "image/webp"), poster: false)).contains("<script>"))
    }

    @Test func markdownLinksThePosterToTheVideo() throws {
        #expect(
            try MarkdownSnippet.text(film(.webm, poster: true)) == """
                [![a b](p.png)](my%20film)

                *50 % of \\<b\\> \\& "c" \\_d\\_ \\\\e*

                """)
        #expect(
            try MarkdownSnippet.text(film(.picture(type: "image/gif"), poster: false)).hasPrefix("![a b](my%20film)\n"))
    }

    @Test func latexLinksThePosterOrAnimatesTheFrames() throws {
        #expect(
            try LaTeXSnippet.text(film(.mp4, poster: true, label: "fig:a")) == """
                % needs \\usepackage{graphicx,hyperref}
                \\begin{figure}
                  \\centering
                  \\href{my\\%20film}{\\includegraphics[width=\\linewidth,height=0.75\\textheight,keepaspectratio]{p.png}}
                  \\caption{50 \\% of \\textless{}b\\textgreater{} \\& \\char34{}c\\char34{} \\_d\\_ \\textbackslash{}e}
                  \\label{fig:a}
                \\end{figure}

                """)
        let frames = try LaTeXSnippet.text(film(.frames(first: "00001", last: "00120", rate: 25), poster: false))
        #expect(frames.hasPrefix("% needs \\usepackage{graphicx,animate}\n"))
        #expect(
            frames.contains(
                "\\animategraphics[autoplay,loop,width=\\linewidth,height=0.75\\textheight,keepaspectratio]{25}{my film}{00001}{00120}"
            ))
    }

    @Test(arguments: ["a}b", "\\x", "a b", "", "a\u{301}", "a%"])
    func whatIsNoLabelIsRefused(label: String) {
        #expect(
            throws: ExportError.invalid(
                "\"\(label)\" is no label (expected letters, digits and any of :-_./+, as fig:turtle)")
        ) { try LaTeXSnippet.text(film(.mp4, poster: true, label: label)) }
    }

    @Test func aFileThatLaTeXCannotNameIsRefused() {
        var film = film(.mp4, poster: true)
        film.poster?.path = "a\"b.png"
        #expect(
            throws: ExportError.invalid(
                "a\"b.png: LaTeX cannot name this file (choose a name without quotes and double spaces)")
        ) { try LaTeXSnippet.text(film) }
    }

    @Test func whatAKindCannotShowIsRefused() {
        let frames = film(.frames(first: "1", last: "2", rate: 25), poster: false)
        #expect(
            throws: ExportError.invalid("my film: HTML shows no numbered stills (name an .mp4, .webm or .gif)")
        ) { try HTMLSnippet.text(frames) }
        #expect(
            throws: ExportError.invalid("my film: Markdown shows no numbered stills (name a .gif, .mp4 or .webm)")
        ) { try MarkdownSnippet.text(frames) }
        #expect(
            throws: ExportError.invalid("my film: LaTeX shows no such picture (name a video, or numbered stills)")
        ) { try LaTeXSnippet.text(film(.picture(type: "image/gif"), poster: false)) }
        var two = film(.picture(type: "image/gif"), poster: false)
        two.sources.append(two.sources[0])
        #expect(
            throws: ExportError.invalid("my film: only videos (.mp4, .webm) can stand for one another in HTML")
        ) { try HTMLSnippet.text(two) }
    }
}
