import GNCABasics

/// A live page as another page shows it: in a frame that loads when a reader comes near.
public struct EmbeddedPage: Sendable, Equatable {
    /// The page's own title.
    public let title: String
    /// Cells of its picture.
    public let width: Int
    /// Cells of its picture.
    public let height: Int
    /// Whether the picture stands alone.
    public let isBare: Bool

    /// Reads a page that `page` wrote; nil for any other.
    public init?(html: String) {
        guard html.holds("<meta name=\"generator\" content=\"gnca-render "),
            let head = html.cut(at: "<title>", until: "</title>"),
            let poster = html.cut(at: "<img id=\"poster\"", until: ">"),
            let width = poster.cut(at: "width=\"", until: "\"").flatMap({ Int($0) }),
            let height = poster.cut(at: "height=\"", until: "\"").flatMap({ Int($0) }), width > 0, height > 0
        else { return nil }
        title = Escaping.fromHTML(head)
        (self.width, self.height) = (width, height)
        isBare = html.cut(at: "<html lang=\"en\" class=\"", until: "\"")?.holds("bare") ?? false
    }

    /// `address`: of the page, as URLs are spelled. `caption`: under the frame; may be empty. `alternative`: what the frame
    /// is called to those who cannot see it.
    public func snippet(address: String, caption: String, alternative: String?) -> String {
        // Whole pages have their controls beside the picture, or below it.
        let size = isBare ? "max-width: 36rem; aspect-ratio: \(width) / \(height)" : "height: 56rem"
        var lines = [
            "<figure>",
            "  <iframe src=\"\(Escaping.html(address))\" title=\"\(Escaping.html(alternative ?? title))\" loading=\"lazy\"",
            "    allow=\"clipboard-write\" style=\"display: block; width: 100%; \(size); border: 0\"></iframe>",
        ]
        if !caption.isEmpty { lines.append("  <figcaption>\(Escaping.html(caption))</figcaption>") }
        return (lines + ["</figure>"]).joined(separator: "\n") + "\n"
    }
}

extension String {
    /// What stands behind the first `opening` and before the next `closing`; nil where they are not there.
    fileprivate func cut(at opening: String, until closing: String) -> String? {
        let bytes = Array(utf8)
        func place(of mark: String, from start: Int) -> Int? {
            let mark = Array(mark.utf8)
            guard bytes.count >= mark.count, start <= bytes.count - mark.count else { return nil }
            return (start...(bytes.count - mark.count)).first {
                bytes[$0] == mark[0] && bytes[$0..<($0 + mark.count)].elementsEqual(mark)
            }
        }
        guard let start = place(of: opening, from: 0).map({ $0 + opening.utf8.count }),
            let end = place(of: closing, from: start)
        else { return nil }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }
}
