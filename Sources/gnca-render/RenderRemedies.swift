import GNCARender

extension RenderError {
    /// What went wrong, in the words of the command: options by their names, and which of them would mend it.
    var sentence: String {
        switch self {
        case .invalid(let sentence, let remedy?): "\(sentence); \(remedy.advice)"
        case .option(let option, _): "\(option.flag)\(description.dropFirst(option.rawValue.count))"
        case .invalid, .unusable, .unknown, .undrawable, .unopenedFont, .unavailable, .drawing: description
        }
    }
}

extension RenderError.Remedy {
    /// What a user can do about it.
    fileprivate var advice: String {
        switch self {
        case .target: "give one with --target FILE"
        case .panels: "choose --layout side, below or grid instead of over"
        case .smallerScale: "choose a smaller --scale"
        case .largerFrame: "choose a larger --size, or fewer overlays"
        case .moreRoom: "choose a larger --width or a smaller --font-size"
        case .moreRoomOnPaper: "choose a larger --width, --dpi or a smaller --font-size"
        }
    }
}

extension FigureOption {
    /// As the command line has it.
    var flag: String { "--\(rawValue)" }
}
