import ArgumentParser
import GNCABasics
import GNCAExport
import GNCARaster

/// `embed VIDEO -o SNIPPET`: what a write-up pastes.
struct EmbedCommand: FileUser {
    static let configuration = CommandConfiguration(
        commandName: "embed",
        abstract: "Write what a blog, a README or a paper pastes to show a film: HTML, Markdown or LaTeX.",
        discussion: """
            Addresses are relative to the snippet. A video's poster is the picture of its name that stands beside it \
            (film.mp4: film.png); where there is none, it is made from the last frame. LaTeX takes a folder of numbered \
            PNGs, too (frames/), and shows it with the animate package. Captions of its name that stand beside it (film.vtt, \
            as render --captions writes them) tell in HTML what happens to those who cannot see it.

            Examples:
              gnca-render embed grow.mp4 grow.webm -o grow.html  # a browser picks one
              gnca-render embed frames/ -o grow.tex --caption "A turtle grows."
              gnca-render embed turtle.html -o frame.html        # a page that the page command wrote
            """)

    @Argument(
        help:
            """
            The film: .mp4, .webm, .gif, .apng, .webp or .avif; several files are the same film for different browsers. Or a \
            page of the page command (.html).
            """,
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

    @Option(help: "Words for those who cannot see the film; default the caption, else the film's name.")
    var alt: String?

    @Option(help: ArgumentHelp("LaTeX's label, as fig:turtle.", valueName: "name"))
    var label: String?

    @Option(
        help: ArgumentHelp(
            "Where the films will be found, in place of their folder relative to the snippet.", valueName: "url"))
    var url: String?

    @Option(in: 1...240, help: "Frames a second of numbered PNGs; default 30.")
    var fps: Int?

    @Flag(help: "One self-contained HTML page, film and poster inside.")
    var inline = false

    @Flag(help: "Give the reader buttons.")
    var controls = false

    @Flag(help: "Replace existing outputs.")
    var overwrite = false

    @OptionGroup var quiet: QuietOption

    /// Bytes that a page may hold inside: browsers slow down above.
    private static let inlineLimit = 32 << 20

    func files() -> RunFiles {
        var files = RunFiles()
        for film in films { files.useStills(film, as: "the film", .read) }
        // What stands inside of a page is not written beside it.
        if let path = posterPath {
            files.use(path, as: "the poster", poster != nil ? .read : inline ? .readIfThere : .readOrMake)
        }
        if let captionsPath { files.use(captionsPath, as: "the captions", .readIfThere) }
        files.write(output, as: "the snippet")
        return files
    }

    /// What the output's extension picks. Throws where options do not belong to it.
    func checkedSnippet() throws -> any Snippet.Type {
        guard let snippet = Snippets.forPath(output) else {
            let endings = Snippets.all.flatMap { $0.extensions }.map { "." + $0 }.joined(separator: ", ")
            throw CommandError.usage("\(output): no snippet has this extension (there are: \(endings))")
        }
        if isPage {
            try checkPageUses(snippet)
            return snippet
        }
        guard !inline || snippet.name == "html" else {
            throw CommandError.usage("--inline makes an HTML page (name the output .html)")
        }
        guard poster == nil || posterPath != nil else {
            throw CommandError.usage(
                "\(films[0]): a picture has a still in HTML only (leave --poster out, or name the output .html)")
        }
        guard films.count == 1 || snippet.name == "html" else {
            throw CommandError.usage("\(output): only HTML has room for several files of a film (got \(films.count))")
        }
        try checkUses(isLaTeX: snippet.name == "latex", isHTML: snippet.name == "html")
        return snippet
    }

    /// Refuses what this snippet would ignore.
    private func checkUses(isLaTeX: Bool, isHTML: Bool) throws {
        let isStills = films.contains { NumberedStills($0) != nil || OutputFiles($0).isNumbered || Paths.isFolder($0) }
        let isVideo = [.mp4, .webm].contains(EmbeddedFilm.Kind(path: films[0]))
        try OptionUse.check([
            OptionUse("--label", label != nil, counts: isLaTeX, "belongs to LaTeX (name the output .tex)"),
            OptionUse(
                "--fps", fps != nil, counts: isStills, "belongs to numbered PNGs, which have no rate of their own"),
            OptionUse(
                "--controls", controls, counts: isHTML && isVideo || isLaTeX && isStills,
                "belongs to a video in HTML, or to numbered PNGs in LaTeX"),
            OptionUse(
                "--url", url != nil, counts: !inline, "cannot stand beside --inline, which puts the film into the page"),
            OptionUse(
                "--url", url != nil, counts: !(isLaTeX && isStills),
                "belongs to films that a reader fetches, not to numbered PNGs"),
            OptionUse(
                "--alt", alt != nil, counts: !isLaTeX, "belongs to HTML and Markdown (LaTeX has the caption alone)"),
        ])
    }

    func run() throws {
        let snippet = try checkedSnippet()
        try AtomicFile.check(output, overwrite: overwrite)
        if isPage { return try writeFrame() }
        let kinds = try films.map(kind)
        let stills = NumberedStills(films[0])
        let present = try posterPath.flatMap(poster)
        let missing = present == nil ? posterPath : nil
        let picture: Frame?
        let size: (width: Int, height: Int)
        if stills == nil, isWebP {
            // Not every libav shows WebP that plays.
            (picture, size) = (nil, try FilmFile.sizeOfWebP(films[0]))
        } else {
            let shown =
                try stills.map { try ImageFile.read($0.lastFile) } ?? Self.picture(of: films[0], last: missing != nil)
            (picture, size) = (shown, (shown.width, shown.height))
        }
        if stills == nil { for film in films.dropFirst() { _ = try FilmFile.firstPicture(film) } }
        let codings = try zip(kinds, films).map { kind, film in
            kind == .mp4 || kind == .webm ? try FilmFile.coding(film) : nil
        }
        warn(codings)
        let poster = try present ?? missing.flatMap { path in try picture.map { try made(path, $0) } }
        let text = try snippet.text(
            EmbeddedFilm(
                sources: try stills.map { [try source(kinds[0], $0.prefix)] }
                    ?? zip(zip(kinds, films), codings).map { film, coding in
                        var source = try source(film.0, film.1)
                        source.codecs = coding?.codecs
                        return source
                    },
                poster: try poster.map { try source(.picture(type: $0.type), $0.path, bytes: $0.bytes) },
                width: size.width, height: size.height, caption: caption, alternative: alternative,
                descriptions: try descriptions(), controls: controls, isDocument: inline, label: label))
        var written = [(path: output, bytes: Array(text.utf8), overwrite: overwrite)]
        if let poster, missing != nil, !inline { written.insert((poster.path, poster.bytes, false), at: 0) }
        try Publication.write(written)
        Written(
            files: [output] + written.dropLast().map(\.path),
            words: "\(snippet.name), a film of \(size.width)x\(size.height) pixels"
        ).announce(quiet: quiet.isGiven)
    }
}

extension EmbedCommand {
    /// The still that stands for a video.
    struct Poster {
        let path: String
        /// Its media type.
        let type: String
        let bytes: [UInt8]
    }

    /// What a file is, told by its name.
    func kind(of path: String) throws -> EmbeddedFilm.Kind {
        if let stills = NumberedStills(path) { return .frames(first: stills.first, last: stills.last, rate: fps ?? 30) }
        guard let kind = EmbeddedFilm.Kind(path: path) else {
            throw CommandError.usage(
                "\(path): browsers do not play this (expected .mp4, .webm, .gif, .apng, .webp or .avif; LaTeX takes a "
                    + "folder of numbered PNGs, too)")
        }
        return kind
    }

    /// Whether a page is embedded, rather than a film.
    var isPage: Bool { films.contains { ["html", "htm"].contains(Paths.ending($0)) } }

    /// Refuses what a page in a frame has no use for.
    private func checkPageUses(_ snippet: any Snippet.Type) throws {
        guard films.count == 1 else {
            throw CommandError.usage("\(output): a frame holds one page (got \(films.count) files)")
        }
        guard snippet.name == "html" else {
            throw CommandError.usage("\(output): only HTML can show a page (name the output .html)")
        }
        try OptionUse.check(
            [
                ("--poster", poster != nil), ("--inline", inline), ("--controls", controls), ("--label", label != nil),
                ("--fps", fps != nil),
            ].map { flag, isGiven in OptionUse(flag, isGiven, counts: false, "belongs to films, not to a page") })
    }

    /// The page that is embedded. Throws where it is one that no `page` wrote.
    func page() throws -> EmbeddedPage {
        guard let page = EmbeddedPage(html: String(decoding: try contents(of: films[0]), as: UTF8.self)) else {
            throw CommandError.badData("\(films[0]): is no page that gnca-render page wrote")
        }
        return page
    }

    private func writeFrame() throws {
        let text = try page().snippet(address: place(of: films[0]), caption: caption, alternative: alt)
        try AtomicFile.write(Array(text.utf8), to: output, overwrite: overwrite)
        Written(files: [output], words: "html, a frame for a page").announce(quiet: quiet.isGiven)
    }

    /// Browsers pass over what they cannot play: that is told where no other file takes its place.
    private func warn(_ codings: [FilmCoding?]) {
        guard codings.allSatisfy({ $0?.obstacle != nil }) else { return }
        for (film, coding) in zip(films, codings) {
            guard let obstacle = coding?.obstacle else { continue }
            note("\(film) \(obstacle), which not every browser plays (an .mp4 of H.264 in yuv420p is for all)")
        }
    }

    /// The picture that stands for a film; nil where the snippet has no place for one.
    var posterPath: String? {
        guard NumberedStills(films[0]) == nil, !isPage else { return nil }
        return switch EmbeddedFilm.Kind(path: films[0]) {
        case .mp4, .webm: poster ?? Self.sibling(of: films[0])
        case .picture where Snippets.forPath(output)?.name == "html": poster ?? stillOfPicture
        default: nil
        }
    }

    private var isWebP: Bool { Paths.ending(films[0]) == "webp" }

    /// The still of a picture that plays, where there is one or one can be made.
    private var stillOfPicture: String? {
        let sibling = Self.sibling(of: films[0])
        return Paths.ending(films[0]) == "png" || isWebP && !FileSystem.exists(sibling) ? nil : sibling
    }

    /// The picture of the film's name.
    private static func sibling(of film: String) -> String {
        (film.cut(atLast: ".")?.before ?? film) + ".png"
    }

    /// Captions of the film's name; nil for numbered stills.
    private var captionsPath: String? {
        NumberedStills(films[0]) == nil && !isPage ? (films[0].cut(atLast: ".")?.before ?? films[0]) + ".vtt" : nil
    }

    /// What those captions say; nil where there are none. Throws where the file is something else.
    private func descriptions() throws -> EmbeddedFilm.Descriptions? {
        guard let captionsPath, FileSystem.exists(captionsPath) else { return nil }
        let bytes = try contents(of: captionsPath)
        guard let captions = WebVTT.captions(String(decoding: bytes, as: UTF8.self)) else {
            throw CommandError.badData("\(captionsPath): is no WebVTT file")
        }
        let text = captions.map {
            "\(Int($0.seconds) / 60):\(Int($0.seconds) % 60 < 10 ? "0" : "")\(Int($0.seconds) % 60) \($0.words)."
        }
        return EmbeddedFilm.Descriptions(
            address: inline ? Base64.address(bytes, type: "text/vtt") : try place(of: captionsPath),
            text: text.joined(separator: " "))
    }

    /// Any picture tells the film's size; the last one is work.
    private static func picture(of film: String, last: Bool) throws -> Frame {
        return last ? try FilmFile.lastPicture(film) : try FilmFile.firstPicture(film)
    }

    /// The poster that is there, a whole picture; nil where one has to be made. Throws where the user's is not there.
    func poster(_ path: String) throws -> Poster? {
        guard poster != nil || FileSystem.exists(path) else { return nil }
        let bytes = try contents(of: path)
        _ = try ImageFile.decode(bytes, file: path)
        guard let type = ImageFile.webType(bytes) else {
            throw CommandError.badData("\(path): browsers show no such picture (expected PNG, JPEG, WebP or GIF)")
        }
        return Poster(path: path, type: type, bytes: bytes)
    }

    /// A poster that has to be made.
    private func made(_ path: String, _ picture: Frame) throws -> Poster {
        try AtomicFile.check(path, overwrite: false)
        return Poster(
            path: path, type: "image/png", bytes: try ImageFile.encodePNG(picture, metadata: [], file: path))
    }

    private var alternative: String {
        if let alt { return alt }
        return caption.isEmpty ? SystemText.spelled(Paths.name(films[0])) : caption
    }

    private func source(
        _ kind: EmbeddedFilm.Kind, _ path: String, bytes: [UInt8]? = nil
    ) throws -> EmbeddedFilm.Source {
        EmbeddedFilm.Source(
            kind: kind, address: try address(path, kind, bytes), path: Paths.relative(path, to: output))
    }

    /// Where the page finds the file: inside itself, at the user's address, or relative to itself.
    private func address(_ path: String, _ kind: EmbeddedFilm.Kind, _ bytes: [UInt8]?) throws -> String {
        if inline { return Base64.address(try bytes ?? contents(of: path), type: kind.type) }
        return try place(of: path)
    }

    /// At the user's address, or relative to the page.
    private func place(of path: String) throws -> String {
        guard let url else { return Escaping.urlPath(Paths.relative(path, to: output)) }
        let folder = Escaping.url(url)
        guard ["http", "https", "file", nil].contains(Escaping.scheme(folder)) else {
            throw CommandError.usage("--url is \"\(url)\" (expected http:, https:, file: or a path)")
        }
        return (folder.ends(with: "/") ? folder : folder + "/") + Escaping.urlPath(Paths.name(path))
    }

    private func contents(of path: String) throws -> [UInt8] {
        do {
            return try FileBytes.read(path, limit: Self.inlineLimit)
        } catch {
            throw CommandError.badData("\(path): \(error.reason)")
        }
    }
}
