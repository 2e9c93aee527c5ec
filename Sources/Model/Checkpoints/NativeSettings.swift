import GNCABasics
import GNCACells

/// The metadata of a native checkpoint: everything of a model but its numbers, as texts.
struct NativeSettings: Equatable {
    /// Version of the metadata that is written; 1 is read, too, later ones are refused.
    static let version = "2"
    static let versionKey = "gnca_format"
    private static let provenancePrefix = "provenance."

    /// Its settings; no layers.
    var rule: Rule
    var gridSize: GridSize?
    var dialect: [String]
    var provenance: [String: String]

    init(_ checkpoint: Checkpoint) {
        rule = checkpoint.rule
        gridSize = checkpoint.gridSize
        dialect = checkpoint.dialect
        provenance = checkpoint.provenance
    }

    /// As the file holds it.
    var metadata: [String: String] {
        var metadata = [
            Self.versionKey: Self.version, "dialect": JSONText.list(dialect.map { JSONText.quoted($0) }),
        ]
        for setting in RuleSettings.all { metadata[setting.name] = setting.text(rule) }
        if let gridSize { metadata["grid"] = gridSize.description }
        for (key, value) in provenance { metadata[Self.provenancePrefix + key] = value }
        return metadata
    }

    /// Reads what `metadata` writes. A setting that is missing is younger than the file, and has the value that the rule
    /// had before there was a choice; an entry that is not known might change what the rule does, and is refused.
    init(_ metadata: [String: String]) throws(FormatFault) {
        var entries = MetadataEntries(metadata)
        let version = try entries.take(Self.versionKey)
        rule = .blank
        switch version {
        case "1": try entries.takeFirstVersion(into: &rule)
        case Self.version:
            for setting in RuleSettings.all where entries.has(setting.name) {
                try entries.take(setting.name, as: setting, into: &rule)
            }
        default:
            throw .version(Int(version), shown: JSONText.shown(version), expected: "\"\(Self.version)\"")
        }
        gridSize = try entries.takeGridSize("grid")
        dialect = try entries.takeTexts("dialect")
        provenance = entries.takeAll(prefix: Self.provenancePrefix)
        try entries.finish()
    }
}

/// Metadata that is read entry by entry; what is left at the end was not expected.
private struct MetadataEntries {
    private var rest: [String: String]

    init(_ metadata: [String: String]) { rest = metadata }

    func has(_ key: String) -> Bool { rest[key] != nil }

    mutating func take(_ key: String) throws(FormatFault) -> String {
        guard let text = rest.removeValue(forKey: key) else {
            throw FormatFault(reason: "the metadata has no entry \"\(key)\"")
        }
        return text
    }

    private static func isNumber(_ text: String) -> Bool {
        if case .number? = try? StrictJSON.parse(text.utf8) { true } else { false }
    }

    /// A setting of the rule, called `key` in the file.
    mutating func take(_ key: String, as setting: RuleSetting, into rule: inout Rule) throws(FormatFault) {
        let text = try take(key)
        let isKnown = setting.set(text, &rule)
        // Spelled exactly as it is written, so that every model has one file.
        guard isKnown, setting.text(rule) == text || Self.isNumber(text) else {
            throw FormatFault(
                reason: "the metadata entry \"\(key)\" is wrong (got \(JSONText.shown(text)), expected "
                    + "\(isKnown ? "it spelled as \(JSONText.shown(setting.text(rule)))" : setting.expected))")
        }
    }

    /// The settings of version 1, which knew one kind of rule.
    mutating func takeFirstVersion(into rule: inout Rule) throws(FormatFault) {
        let names = [
            ("life_mask", "life"), ("life_threshold", "threshold"), ("fire_rate", "fire"), ("padding", "padding"),
            ("seed", "seed"),
        ]
        let scale = try take("sobel_scale")
        guard Self.isNumber(scale), let number = Float(scale), number.isFinite else {
            throw FormatFault(
                reason: "the metadata entry \"sobel_scale\" is wrong (got \(JSONText.shown(scale)), expected a finite "
                    + "number)")
        }
        rule.perception.filters = Filter.sobel(scale: number)
        for (key, name) in names {
            guard let setting = RuleSettings.named(name) else { continue }
            try take(key, as: setting, into: &rule)
        }
    }

    /// "72x72", or nil where there is no such entry.
    mutating func takeGridSize(_ key: String) throws(FormatFault) -> GridSize? {
        guard let text = rest.removeValue(forKey: key) else { return nil }
        let parts = text.parts(at: "x").map { Int($0) }
        // Spelled exactly as it is written: no signs, no leading zeros.
        guard parts.count == 2, let width = parts[0], let height = parts[1], min(width, height) >= 1,
            max(width, height) <= TensorLimits.gridSide,
            GridSize(width: width, height: height).description == text
        else {
            throw FormatFault(
                reason: "the metadata entry \"\(key)\" is wrong (got \(JSONText.shown(text)), expected a size such as "
                    + "72x72, at most \(TensorLimits.gridSide) cells a side)")
        }
        return GridSize(width: width, height: height)
    }

    /// A JSON list of texts.
    mutating func takeTexts(_ key: String) throws(FormatFault) -> [String] {
        let text = try take(key)
        let wrong = FormatFault(
            reason:
                "the metadata entry \"\(key)\" is wrong (got \(JSONText.shown(text)), expected a JSON list of texts)")
        guard case .array(let values)? = try? StrictJSON.parse(text.utf8) else { throw wrong }
        var texts: [String] = []
        for value in values {
            guard case .string(let text) = value else { throw wrong }
            texts.append(text)
        }
        return texts
    }

    mutating func takeAll(prefix: String) -> [String: String] {
        var taken: [String: String] = [:]
        for (key, value) in rest {
            guard let name = key.without(beginning: prefix) else { continue }
            taken[name] = value
            rest[key] = nil
        }
        return taken
    }

    func finish() throws(FormatFault) {
        guard let key = rest.keys.min() else { return }
        throw FormatFault(
            reason: "the metadata has an entry \(JSONText.shown(key)) that is not known (a note of your own is called "
                + "provenance.NAME)")
    }
}
