import GNCABasics
import GNCACells

/// The metadata of a native checkpoint: everything of a model but its weights, as texts.
struct NativeSettings: Equatable {
    /// Version of the metadata; readers refuse any other.
    static let version = "1"
    static let versionKey = "gnca_format"
    private static let provenancePrefix = "provenance."

    var sobelScale: Float
    var lifeMask: LifeMask
    var fireRate: Float
    var padding: Padding
    var seedStyle: SeedStyle
    var gridSize: GridSize?
    var dialect: [String]
    var provenance: [String: String]

    init(_ checkpoint: Checkpoint) {
        sobelScale = checkpoint.rule.sobelScale
        lifeMask = checkpoint.rule.lifeMask
        fireRate = checkpoint.rule.fireRate
        padding = checkpoint.rule.padding
        seedStyle = checkpoint.rule.seedStyle
        gridSize = checkpoint.gridSize
        dialect = checkpoint.dialect
        provenance = checkpoint.provenance
    }

    /// As the file holds it. Numbers are spelled with as many digits as bring back the same bits.
    var metadata: [String: String] {
        var metadata = [
            Self.versionKey: Self.version,
            "sobel_scale": "\(sobelScale)",
            "life_mask": lifeMask.moments,
            "life_threshold": "\(lifeMask.threshold)",
            "fire_rate": "\(fireRate)",
            "padding": padding.rawValue,
            "seed": seedStyle.rawValue,
            "dialect": JSONText.list(dialect.map(JSONText.quoted)),
        ]
        if let gridSize { metadata["grid"] = gridSize.description }
        for (key, value) in provenance { metadata[Self.provenancePrefix + key] = value }
        return metadata
    }

    /// Reads what `metadata` writes. Every setting must be there and none that is not known, for it might change what
    /// the rule does.
    init(_ metadata: [String: String]) throws(FormatFault) {
        var entries = MetadataEntries(metadata)
        let version = try entries.take(Self.versionKey)
        guard version == Self.version else {
            throw FormatFault(
                reason:
                    "a later version of this format (got \(JSONText.shown(version)), expected \"\(Self.version)\"): "
                    + "read it with a later version of gnca-render")
        }
        sobelScale = try entries.takeNumber("sobel_scale")
        let moments = try entries.takeChoice("life_mask", LifeMask.allMoments) { LifeMask(moments: $0) }
        lifeMask = moments
        lifeMask.threshold = try entries.takeNumber("life_threshold")
        fireRate = try entries.takeNumber("fire_rate", in: 0...1)
        padding = try entries.takeChoice("padding", Padding.allCases.map(\.rawValue)) { Padding(rawValue: $0) }
        seedStyle = try entries.takeChoice("seed", SeedStyle.allCases.map(\.rawValue)) { SeedStyle(rawValue: $0) }
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

    mutating func take(_ key: String) throws(FormatFault) -> String {
        guard let text = rest.removeValue(forKey: key) else {
            throw FormatFault(reason: "the metadata has no entry \"\(key)\"")
        }
        return text
    }

    mutating func takeNumber(
        _ key: String, in range: ClosedRange<Float> = -.greatestFiniteMagnitude ... .greatestFiniteMagnitude
    ) throws(FormatFault) -> Float {
        let text = try take(key)
        guard case .number(let digits)? = try? StrictJSON.parse(text.utf8), let number = Float(digits),
            range.contains(number)
        else {
            let expected = range == 0...1 ? "a number from 0 to 1" : "a finite number"
            throw FormatFault(
                reason: "the metadata entry \"\(key)\" is wrong (got \(JSONText.shown(text)), expected \(expected))")
        }
        return number
    }

    mutating func takeChoice<Value>(
        _ key: String, _ names: [String], _ make: (String) -> Value?
    ) throws(FormatFault) -> Value {
        let text = try take(key)
        guard let value = make(text) else {
            throw FormatFault(
                reason: "the metadata entry \"\(key)\" is wrong (got \(JSONText.shown(text)), expected "
                    + "\(names.joined(separator: " or ")))")
        }
        return value
    }

    /// "72x72", or nil where there is no such entry.
    mutating func takeGridSize(_ key: String) throws(FormatFault) -> GridSize? {
        guard let text = rest.removeValue(forKey: key) else { return nil }
        let parts = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        // Spelled exactly as it is written: no signs, no leading zeros.
        guard parts.count == 2, let width = parts[0], let height = parts[1], min(width, height) >= 1,
            GridSize(width: width, height: height).description == text
        else {
            throw FormatFault(
                reason: "the metadata entry \"\(key)\" is wrong (got \(JSONText.shown(text)), expected a size such as "
                    + "72x72)")
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
        for (key, value) in rest where key.hasPrefix(prefix) {
            taken[String(key.dropFirst(prefix.count))] = value
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
