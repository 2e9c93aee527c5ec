import GNCABasics

/// What the libraries' remedies are called here: libraries know no options.
enum Remedies {
    /// The sentence of an error, and what mends it in the same brackets.
    static func message(_ error: any Error) -> String {
        let sentence = "\(error)"
        return message(Notice(sentence, remedy: (error as? any Mendable)?.remedy))
    }

    /// A notice with what would make it otherwise.
    static func message(_ notice: Notice) -> String {
        let sentence = notice.text
        guard let remedy = notice.remedy else { return sentence }
        return sentence.without(ending: ")").map { "\($0); \(advice(remedy)))" } ?? "\(sentence) (\(advice(remedy)))"
    }

    private static func advice(_ remedy: Remedy) -> String {
        switch remedy {
        case .overwrite: "--overwrite replaces it"
        case .opaqueBackground: "or another --background"
        case .largerScale: "choose a larger --scale"
        case .smallerScale: "choose a smaller --scale"
        case .evenScale: "choose an even --scale"
        case .otherQuality: "choose another --quality"
        case .quality: "add --quality"
        case .noQuality: "leave --quality out"
        case .noSize: "leave --max-size out"
        case .noPreset: "leave --preset out"
        case .dialect: "name it with --dialect KEY=VALUE,... or try --dialect guess"
        case .namedDialect: "name it with --dialect KEY=VALUE,..."
        case .gradients: "--dialect negate=..., exchange=..."
        case .filters: "--dialect filters=NAME+NAME+... names others"
        case .control: "--control N,N,... names it, --dialect filters=... other filters"
        case .goal: "--control K picks another"
        case .noControl: "leave --control out"
        case .tensors: "choose one with --tensors PREFIX"
        case .entry: "choose one with --entry NAME"
        case .blowUp: "render fewer steps, or keep the last finite state with --on-blowup hold"
        }
    }
}
