/// What can go wrong with pictures and drawing. Descriptions are sentences for users, without the program's name.
public enum RasterError: Error, Equatable, CustomStringConvertible {
    /// A picture that cannot be read: the file's name and what is wrong with it.
    case unreadableImage(file: String, reason: String)
    /// A picture that cannot be written: the file's name and what the system said.
    case unwritableImage(file: String, reason: String)
    /// A text that cannot be drawn: a sentence.
    case undrawableText(String)
    /// A font that is installed and cannot be read: a sentence.
    case unopenedFont(String)
    /// cairo or pango refused: what it said.
    case drawing(reason: String)

    /// What went wrong, as a sentence.
    public var description: String {
        switch self {
        case .unreadableImage(let file, let reason): "\(file): \(reason)"
        case .unwritableImage(let file, let reason): "\(file): \(reason)"
        case .undrawableText(let sentence), .unopenedFont(let sentence): sentence
        case .drawing(let reason): "drawing failed: \(reason)"
        }
    }
}
