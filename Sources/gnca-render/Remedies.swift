import GNCABasics

/// What the libraries' remedies are called here: libraries know no options.
enum Remedies {
    /// The sentence of an error, and what mends it in the same brackets.
    static func message(_ error: any Error) -> String {
        let sentence = "\(error)"
        guard let remedy = (error as? any Mendable)?.remedy else { return sentence }
        return sentence.hasSuffix(")")
            ? "\(sentence.dropLast()); \(advice(remedy)))" : "\(sentence) (\(advice(remedy)))"
    }

    private static func advice(_ remedy: Remedy) -> String {
        switch remedy {
        case .overwrite: "--overwrite replaces it"
        case .opaqueBackground: "or another --background"
        case .largerScale: "choose a larger --scale"
        case .smallerScale: "choose a smaller --scale"
        case .evenScale: "choose an even --scale"
        case .otherQuality: "choose another --quality"
        case .noQuality: "leave --quality out"
        case .noPreset: "leave --preset out"
        case .dialect: "name it with --dialect KEY=VALUE,... or try --dialect guess"
        }
    }
}
