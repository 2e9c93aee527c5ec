import GNCABasics
import GNCAExport
import GNCARaster

/// A snippet and the poster it may need, resolved and checked before anything is written.
struct EmbedPlan {
    private let command: EmbedCommand
    private let text: String
    /// A poster that has to be made: where, and its bytes.
    private let poster: (path: String, bytes: [UInt8])?

    /// Bytes that a page may hold inside: browsers slow down above.
    private static let inlineLimit = 32 << 20

    init(_ command: EmbedCommand) throws {
        self.command = command
        guard let snippet = Snippets.forPath(command.output) else {
            let endings = Snippets.all.flatMap { $0.extensions }.map { "." + $0 }.joined(separator: ", ")
            throw CommandError.usage("\(command.output): no snippet has this extension (there are: \(endings))")
        }
        guard !command.inline || snippet.name == "html" else {
            throw CommandError.usage("--inline makes an HTML page (name the output .html)")
        }
        guard (1...240).contains(command.fps) else {
            throw CommandError.usage("--fps is out of range (got \(command.fps), expected 1...240)")
        }
        try AtomicFile.check(command.output, overwrite: command.overwrite)
        let first = command.films[0]
        let kinds = try command.films.map { try Self.kind(of: $0, fps: command.fps) }
        let stills = NumberedStills(first)
        let last = try stills.map { try ImageFile.read($0.lastFile) } ?? FilmFile.lastPicture(first)
        let needsPoster = stills == nil && (kinds[0] == .mp4 || kinds[0] == .webm)
        let posterPath = needsPoster ? command.poster ?? Self.sibling(of: first) : nil
        poster = try posterPath.flatMap { path in
            if access(path, F_OK) == 0 { return nil }
            try AtomicFile.check(path, overwrite: false)
            return (path, try ImageFile.encodePNG(last, metadata: [], file: path))
        }
        let made = poster
        func source(_ kind: EmbeddedFilm.Kind, _ path: String) throws -> EmbeddedFilm.Source {
            EmbeddedFilm.Source(
                kind: kind, address: try Self.address(path, kind, command, made: made),
                path: Paths.relative(path, to: command.output))
        }
        let sources =
            if let stills { [try source(kinds[0], stills.prefix)] } else {
                try zip(kinds, command.films).map { try source($0, $1) }
            }
        text = try snippet.text(
            EmbeddedFilm(
                sources: sources, poster: try posterPath.map { try source(.picture(type: "image/png"), $0) },
                width: last.width, height: last.height, caption: command.caption,
                alternative: Self.alternative(command), controls: command.controls, isDocument: command.inline,
                label: command.label))
    }

    /// What a file is, told by its name.
    private static func kind(of path: String, fps: Int) throws -> EmbeddedFilm.Kind {
        if let stills = NumberedStills(path) { return .frames(first: stills.first, last: stills.last, rate: fps) }
        guard let kind = EmbeddedFilm.Kind(path: path) else {
            throw CommandError.usage(
                "\(path): browsers do not play this (expected .mp4, .webm, .gif or .apng; LaTeX takes a folder of "
                    + "numbered PNGs, too)")
        }
        return kind
    }

    /// The picture of the film's name.
    private static func sibling(of film: String) -> String {
        guard let dot = film.lastIndex(of: ".") else { return film + ".png" }
        return film[..<dot] + ".png"
    }

    private static func alternative(_ command: EmbedCommand) -> String {
        if let alt = command.alt { return alt }
        if !command.caption.isEmpty { return command.caption }
        return Paths.name(command.films[0])
    }

    /// Where the page finds the file: inside itself, at the user's address, or relative to itself.
    private static func address(
        _ path: String, _ kind: EmbeddedFilm.Kind, _ command: EmbedCommand, made: (path: String, bytes: [UInt8])?
    ) throws -> String {
        if command.inline {
            let bytes = try made.flatMap { $0.path == path ? $0.bytes : nil } ?? contents(of: path)
            return Base64.address(bytes, type: kind.type)
        }
        guard let url = command.url else { return Escaping.urlPath(Paths.relative(path, to: command.output)) }
        return (url.hasSuffix("/") ? url : url + "/") + Escaping.urlPath(Paths.name(path))
    }

    private static func contents(of path: String) throws -> [UInt8] {
        do {
            return try FileBytes.read(path, limit: inlineLimit)
        } catch {
            throw CommandError.badData("\(path): \(error.reason)")
        }
    }

    func write() throws {
        if let poster, !command.inline { try AtomicFile.write(poster.bytes, to: poster.path, overwrite: false) }
        try AtomicFile.write(Array(text.utf8), to: command.output, overwrite: command.overwrite)
    }
}
