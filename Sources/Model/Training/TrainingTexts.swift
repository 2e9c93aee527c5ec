import GNCABasics
import GNCACells
import GNCACheckpoints

extension TrainingSettings {
    /// Every setting by name, as checkpoints keep them. Numbers are spelled with as many digits as bring back the same
    /// bits.
    public var texts: [String: String] {
        var texts: [String: String] = [:]
        for field in Self.fields { texts[field.name] = field.get(self) }
        return texts
    }

    /// States of the first version knew one kind of rule, and spelled its settings one by one.
    static func translateFirstVersion(_ texts: inout [String: String]) {
        let names = [
            ("life", "life_mask"), ("threshold", "life_threshold"), ("fire", "fire_rate"), ("padding", "edges"),
        ]
        texts["rule"] = names.compactMap { name, old in texts[old].map { "\(name)=\($0)" } }.joined(separator: ",")
        texts["learn_filters"] = "false"
    }

    /// There was nothing to choose before these came: states of earlier versions have what is usual.
    static func addLaterSettings(to texts: inout [String: String]) {
        let usual = TrainingSettings().texts
        let later = [
            "until", "optimiser", "schedule", "rate_warm_up", "momentum", "adam_rate", "loss", "loss_floor",
            "death_rate", "settle",
        ]
        for name in later where texts[name] == nil {
            texts[name] = usual[name]
        }
        if texts["ongoing_damage"] == nil {
            texts["ongoing_damage"] = (texts["regime"] == "temporal" ? temporalOngoingDamage : 0).description
        }
    }

    /// Reads what `texts` writes: every name must be there.
    init(texts: [String: String]) throws(FormatFault) {
        for field in Self.fields {
            guard let text = texts[field.name] else {
                throw FormatFault(reason: "the training setting \"\(field.name)\" is missing")
            }
            guard field.set(&self, text) else {
                throw FormatFault(
                    reason: "the training setting \"\(field.name)\" is wrong (got \(JSONText.shown(text)))")
            }
        }
        do {
            try check()
        } catch {
            throw FormatFault(error)
        }
    }

    fileprivate struct Field: Sendable {
        let name: String
        let get: @Sendable (TrainingSettings) -> String
        /// False where the text is no such value.
        let set: @Sendable (inout TrainingSettings, String) -> Bool
    }

    fileprivate static func field<Value>(
        _ name: String, _ path: WritableKeyPath<TrainingSettings, Value> & Sendable,
        _ spell: @escaping @Sendable (Value) -> String, _ read: @escaping @Sendable (String) -> Value?
    ) -> Field {
        Field(
            name: name, get: { spell($0[keyPath: path]) },
            set: { settings, text in
                guard let value = read(text) else { return false }
                settings[keyPath: path] = value
                return true
            })
    }

    fileprivate static func field<Value: LosslessStringConvertible & Sendable>(
        _ name: String, _ path: WritableKeyPath<TrainingSettings, Value> & Sendable
    ) -> Field { field(name, path, { $0.description }, { Value($0) }) }

    fileprivate static func field<Value: RawRepresentable & Sendable>(
        choice name: String, _ path: WritableKeyPath<TrainingSettings, Value> & Sendable
    ) -> Field where Value.RawValue == String { field(name, path, { $0.rawValue }, { Value(rawValue: $0) }) }

    /// Changes the rule's settings: "life=after,threshold=0.05", as `RuleSettings` names them. False where one is wrong.
    public mutating func setRule(_ text: String) -> Bool {
        text.parts(at: ",").filter { !$0.isEmpty }.allSatisfy { word in
            let sides = word.parts(at: "=", most: 2)
            return sides.count == 2 && RuleSettings.named(sides[0])?.set(sides[1], &rule) == true
        }
    }

    /// The most that a range of steps may name: what is said of a training may come from a stranger's file.
    private static let mostSteps = 1_000_000_000

    /// "64-95"
    public static func stepRange(_ text: String) -> ClosedRange<Int>? {
        let parts = text.parts(at: "-").map { Int($0) }
        guard let first = parts.first, let start = first, parts.count <= 2, let last = parts.last, let end = last,
            0 < start, start <= end, end <= mostSteps
        else { return nil }
        return start...end
    }

    /// "2000,6000"; an empty text is an empty list.
    public static func counts(_ text: String) -> [Int]? {
        let counts = text.parts(at: ",").filter { !$0.isEmpty }.map { Int($0) }
        return counts.contains { $0 == nil } ? nil : counts.compactMap { $0 }
    }

    /// A quality at which a training ends: "40dB", "40 dB" or "40"; "none" is 0, for no such end.
    public static func until(_ text: String) -> Double? {
        if text == "none" { return 0 }
        let number = text.without(ending: "dB") ?? text
        guard let decibels = (number.without(ending: " ") ?? number).plainNumber, untilRange.contains(decibels) else {
            return nil
        }
        return decibels
    }

    /// "40dB", "none"
    static func spelled(until decibels: Double) -> String {
        guard decibels > 0 else { return "none" }
        let text = "\(decibels)"
        return (text.without(ending: ".0") ?? text) + "dB"
    }

    /// "15-45", dB, or one number for the whole training.
    public static func lossFloor(_ text: String) -> ClosedRange<Double>? {
        let parts = text.parts(at: "-").map { $0.plainNumber }
        guard parts.count <= 2, let first = parts.first, let start = first, let last = parts.last, let end = last,
            start <= end
        else { return nil }
        return start...end
    }

    /// "0.0001-0.01", or one number for every state. Numbers may have exponents: "1e-4-1e-2".
    public static func deathRate(_ text: String) -> ClosedRange<Double>? {
        let dashes = text.utf8.indices.filter { place in
            text.utf8[place] == UInt8(ascii: "-") && place > text.startIndex
                && text.utf8[text.utf8.index(before: place)] | 0x20 != UInt8(ascii: "e")
        }
        guard dashes.count <= 1 else { return nil }
        let first = text[..<(dashes.first ?? text.endIndex)]
        let last = dashes.first.map { text[text.index(after: $0)...] } ?? first
        guard let start = Double(first), let end = Double(last), start <= end, deathRates.contains(start),
            deathRates.contains(end)
        else { return nil }
        return start...end
    }

    private static func spelled(floor: ClosedRange<Double>) -> String { "\(floor.lowerBound)-\(floor.upperBound)" }
    private static func spelled(_ counts: [Int]) -> String { counts.map(String.init).joined(separator: ",") }
    private static func spelled(_ range: ClosedRange<Int>) -> String { "\(range.lowerBound)-\(range.upperBound)" }

    fileprivate static let fields: [Field] = [
        field("target", \.targetName), field("start_model", \.startModel), field("time_budget", \.timeBudget),
        field("until", \.until, { spelled(until: $0) }, { until($0) }), field("recipe", \.recipe),
        field("regime", \.regime), field("channels", \.rule.channels),
        field("hidden", \.hidden, { spelled($0) }, { counts($0) }), field("learn_filters", \.learnsFilters),
        Field(
            name: "rule", get: { RuleSettings.spelledDifferences(of: $0.rule).joined(separator: ",") },
            set: { settings, text in settings.setRule(text) }),
        field("size", \.size),
        field("padding", \.padding), field(choice: "resampling", \.resampling), field("batch", \.batch),
        field("pool", \.pool), field(choice: "reseed", \.reseed),
        field("steps", \.steps, { spelled($0) }, { stepRange($0) }),
        field("warm_up_steps", \.warmUpSteps, { spelled($0) }, { stepRange($0) }),
        field("warm_up_iterations", \.warmUpIterations), field("iterations", \.iterations),
        field("grow_first", \.growFirst),
        field(choice: "optimiser", \.optimiser), field("learning_rate", \.learningRate),
        field(choice: "schedule", \.schedule), field("rate_warm_up", \.rateWarmUp),
        field("decay_factor", \.decayFactor), field("decay_at", \.decayAt, { spelled($0) }, { counts($0) }),
        field("momentum", \.momentum), field("adam_rate", \.adamRate),
        field("beta1", \.beta1), field("beta2", \.beta2), field("epsilon", \.epsilon),
        field(choice: "loss", \.loss), field("loss_floor", \.lossFloor, { spelled(floor: $0) }, { lossFloor($0) }),
        field(choice: "gradient", \.gradient),
        field("clip_norm", \.clipNorm), field("damaged", \.damaged),
        field("ongoing_damage", \.ongoingDamage), field("settle", \.settle),
        field(
            "damage_shapes", \.damageShapes, { $0.map(\.rawValue).joined(separator: ",") },
            { RandomDamage.list($0) }),
        field("death_rate", \.deathRate, { "\($0.lowerBound)-\($0.upperBound)" }, { deathRate($0) }),
        field("random_seed", \.randomSeed),
    ]
}
