import GNCABasics

/// Every kind of snippet, in the order of listings.
public enum Snippets {
    /// HTML, Markdown and LaTeX.
    public static let all: [any Snippet.Type] = [HTMLSnippet.self, MarkdownSnippet.self, LaTeXSnippet.self]

    /// The snippet that a file's extension picks, or nil.
    public static func forPath(_ path: String) -> (any Snippet.Type)? {
        let ending = Paths.ending(path)
        return all.first { $0.extensions.contains(ending) }
    }
}
