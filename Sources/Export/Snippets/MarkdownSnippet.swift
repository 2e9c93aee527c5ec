import GNCABasics

/// A picture, or a poster that leads to the video: Markdown itself knows no videos.
enum MarkdownSnippet: Snippet {
    static let name = "markdown"
    static let extensions = ["md", "markdown"]

    static func text(_ film: EmbeddedFilm) throws(ExportError) -> String {
        let source = film.sources[0]
        if case .frames = source.kind {
            throw .invalid("\(source.path): Markdown shows no numbered stills (name a .gif, .mp4 or .webm)")
        }
        let picture =
            "![\(Escaping.markdown(film.alternative))](\(Escaping.markdownAddress(film.poster?.address ?? source.address)))"
        let linked = film.poster == nil ? picture : "[\(picture)](\(Escaping.markdownAddress(source.address)))"
        let caption = Escaping.markdown(film.caption)
        return caption.isEmpty ? linked + "\n" : "\(linked)\n\n*\(caption)*\n"
    }
}
