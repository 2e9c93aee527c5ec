import GNCABasics

/// What a film's file tells of itself.
public struct FilmMetadata: Sendable, Equatable {
    /// "Title", "Author" and "Copyright" where somebody named them, and what makes the film again; in order.
    public var entries: [KeyValue]
    /// The picture that stands for the film, as PNG, where the format has room for one.
    public var cover: [UInt8]?

    /// Entries in their order, and a cover.
    public init(entries: [KeyValue], cover: [UInt8]? = nil) {
        self.entries = entries
        self.cover = cover
    }

    /// The keys of words that somebody chose, as PNG has them, and what libav and Matroska call them.
    static let words: [(key: String, common: String)] = [
        ("Title", "title"), ("Author", "artist"), ("Copyright", "copyright"),
    ]

    /// The value of one of the entries.
    func value(_ key: String) -> String? { entries.first { $0.key == key }?.value }

    /// Whether somebody named a title, an author or a licence.
    var hasWords: Bool { Self.words.contains { value($0.key) != nil } }

    /// What makes the film again, a line an entry.
    var lines: String {
        let own = Self.words.map(\.key)
        return entries.filter { !own.contains($0.key) }.map { "\($0.key): \($0.value)" }.joined(separator: "\n")
    }

    /// As libav's muxers take it: everything in the comment, which every player shows, and each entry under its own name.
    var tags: [KeyValue] {
        let named = entries.map { entry in
            KeyValue(Self.words.first { $0.key == entry.key }?.common ?? entry.key, entry.value)
        }
        return named + (lines.isEmpty ? [] : [KeyValue("comment", lines)])
    }

    /// Dublin Core in RDF (XMP, part 1).
    var xmp: String {
        func text(_ property: String, _ list: String, _ language: String, _ value: String?) -> String {
            guard let value, !value.isEmpty else { return "" }
            return "<dc:\(property)><rdf:\(list)><rdf:li\(language)>\(Escaping.xml(value))</rdf:li></rdf:\(list)>"
                + "</dc:\(property)>"
        }
        let language = " xml:lang=\"x-default\""
        let properties = [
            text("title", "Alt", language, value("Title")), text("creator", "Seq", "", value("Author")),
            text("rights", "Alt", language, value("Copyright")), text("description", "Alt", language, lines),
        ]
        return """
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">\(properties.joined())\
            </rdf:Description></rdf:RDF></x:xmpmeta>
            """
    }
}
