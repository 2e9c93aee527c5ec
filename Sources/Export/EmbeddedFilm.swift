import GNCABasics

/// A film as a write-up shows it.
public struct EmbeddedFilm: Sendable, Equatable {
    /// The same film in one or several files, the preferred one first. At least one.
    public var sources: [Source]
    /// The still that stands for it until it plays, and for those who want no motion; nil where there is none.
    public var poster: Source?
    /// Pixels.
    public var width: Int
    /// Pixels.
    public var height: Int
    /// Under the film; may be empty.
    public var caption: String
    /// What it shows, for those who cannot see it.
    public var alternative: String
    /// What happens in it, and when; nil where nobody wrote that down.
    public var descriptions: Descriptions?
    /// Whether the reader gets buttons.
    public var controls: Bool
    /// Whether the text is a document of its own rather than a part of one.
    public var isDocument: Bool
    /// As `\label` in LaTeX; nil for none.
    public var label: String?

    /// A film in the files `sources`, at least one.
    public init(
        sources: [Source], poster: Source?, width: Int, height: Int, caption: String, alternative: String,
        descriptions: Descriptions? = nil, controls: Bool = false, isDocument: Bool = false, label: String? = nil
    ) {
        self.sources = sources
        self.poster = poster
        self.width = width
        self.height = height
        self.caption = caption
        self.alternative = alternative
        self.descriptions = descriptions
        self.controls = controls
        self.isDocument = isDocument
        self.label = label
    }

    /// A WebVTT file, and what it says.
    public struct Descriptions: Sendable, Equatable {
        /// A URL, relative to the snippet or whole.
        public var address: String
        /// All of it in one text: "0:04 middle removed. 0:08 healed after 93 steps."
        public var text: String

        /// The file at `address` says `text`.
        public init(address: String, text: String) {
            self.address = address
            self.text = text
        }
    }

    /// One file, and the address under which a reader finds it.
    public struct Source: Sendable, Equatable {
        /// What the file is.
        public var kind: Kind
        /// A URL, relative to the snippet or whole.
        public var address: String
        /// The codec and its profile, as RFC 6381 has it; nil where nothing is known.
        public var codecs: String?
        /// The file, relative to the snippet; of numbered stills, what stands before the number.
        public var path: String

        /// A file of that kind.
        public init(kind: Kind, address: String, path: String, codecs: String? = nil) {
            self.kind = kind
            self.codecs = codecs
            self.address = address
            self.path = path
        }
    }

    /// What a file is to a browser.
    public enum Kind: Sendable, Equatable {
        /// H.264 and its like.
        case mp4
        /// VP9 and its like.
        case webm
        /// GIF, APNG, PNG, WebP or AVIF.
        case picture(type: String)
        /// Numbered stills, which only LaTeX can show as a film: the first and the last number as written, frames a second.
        case frames(first: String, last: String, rate: Int)

        /// The kind that a file's extension tells, or nil.
        public init?(path: String) {
            switch Paths.ending(path) {
            case "mp4", "m4v": self = .mp4
            case "webm": self = .webm
            case "gif": self = .picture(type: "image/gif")
            case "png", "apng": self = .picture(type: "image/png")
            case "webp": self = .picture(type: "image/webp")
            case "avif": self = .picture(type: "image/avif")
            default: return nil
            }
        }

        /// The media type.
        public var type: String {
            switch self {
            case .mp4: "video/mp4"
            case .webm: "video/webm"
            case .picture(let type): type
            case .frames: "image/png"
            }
        }

        var isVideo: Bool { self == .mp4 || self == .webm }
    }
}
