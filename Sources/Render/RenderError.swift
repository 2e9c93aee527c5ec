/// What can go wrong before a film or a figure is drawn. Descriptions are sentences for users, without the program's
/// name and without the names of its options.
public enum RenderError: Error, Equatable, CustomStringConvertible {
    /// A setting or a timeline entry that makes no sense: a sentence that names it, and what would mend it where one
    /// thing would.
    case invalid(String, remedy: Remedy? = nil)
    /// A file that cannot be used: a sentence with its name, and with the line where there is one.
    case unusable(String)
    /// A figure's option that makes no sense: which, and what is wrong with it ("has one value here").
    case option(FigureOption, String)
    /// A text that cannot be drawn: a sentence.
    case undrawable(String)
    /// A font that is installed and cannot be read: a sentence.
    case unopenedFont(String)
    /// A library of the system that is not there: a sentence.
    case unavailable(String)
    /// Drawing itself failed: what cairo or pango said.
    case drawing(reason: String)
    /// A name that no registry knows: what was asked for, and what there is.
    case unknown(kind: String, name: String, known: [String])

    /// What would mend an error. Whoever has options or fields for it tells the user which.
    public enum Remedy: Sendable, Equatable, CaseIterable {
        /// A picture to compare with.
        case target
        /// Any layout of panels but `PanelLayout.over`.
        case panels
        /// Fewer pixels a cell.
        case smallerScale
        /// A film of more pixels, or fewer panels.
        case largerFrame
        /// A wider page, or smaller text.
        case moreRoom
        /// A wider page, more pixels an inch, or smaller text.
        case moreRoomOnPaper
    }

    /// What went wrong, as a sentence.
    public var description: String {
        switch self {
        case .invalid(let sentence, _): sentence
        case .unusable(let sentence), .undrawable(let sentence), .unopenedFont(let sentence),
            .unavailable(let sentence):
            sentence
        case .drawing(let reason): "drawing failed: \(reason)"
        case .option(let option, let problem): "\(option.rawValue) \(problem)"
        case .unknown(let kind, let name, let known):
            "there is no \(kind) \"\(name)\" (there are: \(known.joined(separator: ", ")))"
        }
    }

    /// The same error, led by where it was written ("FILE.yaml:12", "circle:1,2,3@50"); nil adds nothing. `isFile`: whether
    /// that is a file, whose fault it is then.
    func at(_ origin: String?, isFile: Bool = false) -> RenderError {
        guard let origin else { return self }
        let sentence = "\(origin): \(description)"
        switch self {
        case .unusable: return .unusable(sentence)
        case .invalid(_, let remedy) where !isFile: return .invalid(sentence, remedy: remedy)
        default: return isFile ? .unusable(sentence) : .invalid(sentence)
        }
    }

    /// Pixels that a decoder draws, so many a side, are enlarged by whole numbers, as cells are, and `scale` is none.
    static func noRoom(forPixels pixels: Int, scale: Int) -> RenderError {
        .invalid(
            "a cell of \(scale)x\(scale) pixels has no room for the \(pixels)x\(pixels) that its decoder draws (expected a "
                + "scale of \(pixels), \(2 * pixels), \(3 * pixels), ...)")
    }

    /// The entry of a registry that has the name. Throws `unknown`.
    static func find<Entry>(
        _ name: String, _ kind: String, in known: [Entry], _ nameOf: (Entry) -> String
    ) throws(RenderError) -> Entry {
        guard let entry = known.first(where: { nameOf($0) == name }) else {
            throw .unknown(kind: kind, name: name, known: known.map(nameOf))
        }
        return entry
    }
}
