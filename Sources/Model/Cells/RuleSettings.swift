/// Every setting of a rule, in the order in which they are spelled. A new one is a row here, and its test.
public enum RuleSettings {
    /// The rows: perception, network, life, appearance, then how the rule runs.
    public static let all: [RuleSetting] = perception + network + life + appearance + running

    /// The setting of that name, or nil.
    public static func named(_ name: String) -> RuleSetting? { all.first { $0.name == name } }

    /// Those that differ from the Distill article's, as "name=value".
    public static func spelledDifferences(of rule: Rule) -> [String] {
        all.filter { $0.text(rule) != $0.text(.blank) }.map { "\($0.name)=\($0.text(rule))" }
    }

    private static let perception = [
        RuleSetting(
            "filters", "What a cell perceives",
            "names joined by + as identity+sobel-x/8+sobel-y/8+laplacian-8/16, or full for a 3x3 convolution",
            { $0.perception.filters.map(\.description).joined(separator: "+") },
            { text, rule in
                guard let filters = filters(text) else { return false }
                rule.perception.filters = filters
                return true
            }),
        RuleSetting(
            "global", "What a cell perceives of the whole grid", { $0.perception.global }, { $1.perception.global = $0 }
        ),
    ]

    private static let network = [
        RuleSetting(
            "activation", "What follows every layer but the last", Activation.names.joined(separator: ", "),
            { $0.network.activation.description },
            { text, rule in Activation(text).map { rule.network.activation = $0 } != nil }),
        RuleSetting(
            "update", "What follows the last layer", Activation.names.joined(separator: ", "),
            { $0.network.updateActivation.description },
            { text, rule in Activation(text).map { rule.network.updateActivation = $0 } != nil }),
        RuleSetting("gain", "Factor on the update of a cell that fires", "a number, as 2", \.network.gain),
    ]

    private static let life = [
        RuleSetting(
            "life", "When life is tested", words: Life.allMoments, { $0.life.moments },
            { text, rule in
                guard let life = Life(moments: text) else { return false }
                (rule.life.before, rule.life.after) = (life.before, life.after)
                return true
            }),
        RuleSetting("threshold", "What life's channel must be above", "a number, as 0.1", \.life.threshold),
        RuleSetting(channel: "life-channel", "The channel that cells live by", \.life.channel),
        RuleSetting(
            "reach", "Whether cells live by their 3x3 neighbourhood or by themselves", { $0.life.reach },
            { $1.life.reach = $0 }),
        RuleSetting("birth", "How cells come to life", { $0.life.birth }, { $1.life.birth = $0 }),
        RuleSetting(
            "clamp", "What new values are held within",
            "none, or rgb, rgba or all with limits, as rgba:0:1", { clampText($0.life.clamp) },
            { text, rule in
                guard let clamp = clamp(text) else { return false }
                rule.life.clamp = clamp
                return true
            }),
    ]

    private static let appearance = [
        RuleSetting(
            "picture", "How the channels of the picture are read", { $0.appearance.picture },
            { $1.appearance.picture = $0 }),
        RuleSetting(channel: "first", "The channel of red, or the one that is shown", \.appearance.first),
        RuleSetting(channel: "alpha", "The channel of alpha", \.appearance.alpha),
        RuleSetting(
            "colormap", "The colours of a picture of one channel", { $0.appearance.colormap },
            { $1.appearance.colormap = $0 }),
        RuleSetting(
            "seed", "Which channels of a seed are set", "hidden, alpha, or from:CHANNEL",
            { $0.appearance.seed.channels.description },
            { text, rule in Seed.Channels(text).map { rule.appearance.seed.channels = $0 } != nil }),
        RuleSetting("seed-value", "What they are set to", "a number, as 1", \.appearance.seed.value),
        RuleSetting(
            "start", "What a run begins with", { $0.appearance.seed.start }, { $1.appearance.seed.start = $0 }),
        RuleSetting(
            "decoder", "What draws several pixels a cell", decoderWords, { $0.decoder?.description ?? "none" },
            { text, rule in
                if text == "none" {
                    rule.decoder = nil
                    return true
                }
                return PixelDecoder(text).map { rule.decoder = $0 } != nil
            }),
    ]

    /// The values of the setting decoder.
    package static let decoderWords = "none, or pixels along a cell's side and units of the layers, as 4:32:32"

    private static let running = [
        RuleSetting(
            "fire", "Probability that a cell fires in a step", "a number from 0 to 1", within: 0...1, \.fireRate),
        RuleSetting("padding", "What lies outside the grid", { $0.edges }, { $1.edges = $0 }),
        RuleSetting(
            "control", "Where a control vector of so many numbers goes", "none, appended:COUNT or added:COUNT",
            { rule in rule.perception.control.map { "\($0.place.rawValue):\($0.values.count)" } ?? "none" },
            { text, rule in
                guard let control = control(text) else { return false }
                rule.perception.control = control
                return true
            }),
    ]

    // MARK: spellings

    /// "identity+sobel-x/8", or "full" for the nine shifts. "learned" stands for filters whose taps come as a tensor.
    private static func filters(_ text: String) -> [Filter]? {
        if text == "full" { return Filter.Kernel.shifts.map { .named($0, 1) } }
        let filters = filterWords(text).map { $0 == "learned" ? Filter.taps([]) : Filter($0) }
        guard filters.count <= Rule.filterLimit else { return nil }
        return filters.contains { $0 == nil } ? nil : filters.compactMap { $0 }
    }

    /// The words between the plus signs, but for those that belong to a number: "(1e+05 ...)", "mean*1e+20".
    private static func filterWords(_ text: String) -> [String] {
        var words = [""]
        var isInside = false
        for scalar in text.unicodeScalars {
            if scalar == "(" || scalar == ")" { isInside = scalar == "(" }
            let end = words[words.count - 1].unicodeScalars.suffix(2)
            let endsInExponent = end.first?.properties.numericType != nil && end.last == "e"
            if scalar == "+" && !isInside && !endsInExponent {
                words.append("")
            } else {
                words[words.count - 1].unicodeScalars.append(scalar)
            }
        }
        return words
    }

    private static func clampText(_ clamp: Clamp?) -> String {
        guard let clamp else { return "none" }
        return "\(clamp.channels.rawValue):\(clamp.range.lowerBound):\(clamp.range.upperBound)"
    }

    /// nil where the text is no clamp; .some(nil) for "none".
    private static func clamp(_ text: String) -> Clamp?? {
        if text == "none" { return .some(nil) }
        let words = text.unicodeScalars.split(separator: ":", omittingEmptySubsequences: false).map { String($0) }
        guard let channels = Clamp.Channels(rawValue: words[0]) else { return nil }
        if words.count == 1 { return .some(Clamp(channels)) }
        guard words.count == 3, let low = RuleSetting.number(words[1]), let high = RuleSetting.number(words[2]),
            low < high
        else { return nil }
        return .some(Clamp(channels, low...high))
    }

    /// nil where the text is no control; .some(nil) for "none". Its numbers are zeros until a tensor brings them.
    private static func control(_ text: String) -> Control?? {
        if text == "none" { return .some(nil) }
        let words = text.unicodeScalars.split(separator: ":", omittingEmptySubsequences: false).map { String($0) }
        guard words.count == 2, let place = Control.Place(rawValue: words[0]), let count = Int(words[1]),
            (1...Rule.channelLimit).contains(count)
        else { return nil }
        return .some(Control(place, [Float](repeating: 0, count: count)))
    }
}
