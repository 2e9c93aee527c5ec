/// A kind of text that brings a film into a write-up.
public protocol Snippet: Sendable {
    /// As users name it: "html".
    static var name: String { get }
    /// File extensions that pick it, without the dot.
    static var extensions: [String] { get }
    /// The whole text. Throws `ExportError.invalid` where this kind cannot show such a film.
    static func text(_ film: EmbeddedFilm) throws(ExportError) -> String
}
