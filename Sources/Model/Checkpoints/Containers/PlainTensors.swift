import GNCABasics
import GNCACells

/// A model as nothing but tensors, for programs that read arrays and no metadata: the rule's own (`Rule.tensors`), and
/// every setting as a row of numbers (`RuleSetting.numbers`). docs/checkpoints.md lists them.
enum PlainTensors {
    private static let version = "gnca_version"
    private static let sizes = ["grid_width", "grid_height"]

    /// The tensor of a setting: "setting_life", "setting_life_channel".
    private static func name(_ setting: RuleSetting) -> String {
        "setting_" + setting.name.replacing("-", with: "_")
    }

    static func tensors(_ checkpoint: Checkpoint) -> [NamedTensor] {
        let rule = checkpoint.rule
        var tensors = rule.tensors.map { NamedTensor($0.name, $0.shape, $0.values) }
        tensors.append(NamedTensor(version, [], [2]))
        for setting in RuleSettings.all {
            let numbers = setting.numbers(rule)
            tensors.append(NamedTensor(name(setting), [numbers.count], numbers))
        }
        if let grid = checkpoint.gridSize {
            tensors += zip(sizes, [grid.width, grid.height]).map { NamedTensor($0, [], [Float($1)]) }
        }
        return tensors
    }

    static func losses(_ checkpoint: Checkpoint) -> [String] {
        (checkpoint.dialect.isEmpty ? [] : ["the dialect of the original is not stored"])
            + (checkpoint.provenance.isEmpty ? [] : ["provenance is not stored"])
    }

    /// Whether `tensors` wrote these.
    static func wrote(_ set: TensorSet) -> Bool { set.tensor(version)?.values.isEmpty == false }

    /// The model that `tensors` wrote.
    static func checkpoint(_ set: TensorSet) throws(FormatFault) -> Checkpoint {
        guard let version = set.tensor(version)?.values.first else {
            throw FormatFault(reason: "tensor \(version) is missing")
        }
        var rest = set.tensors.filter { $0.name != Self.version }
        func take(_ name: String) -> NamedTensor? {
            rest.firstIndex { $0.name == name }.map { rest.remove(at: $0) }
        }
        var rule = Rule.blank
        switch version {
        case 1: try takeFirstVersion(take, into: &rule)
        case 2:
            for setting in RuleSettings.all {
                guard let tensor = take(name(setting)) else { continue }
                guard setting.setNumbers(tensor.values, &rule) else { throw wrong(tensor, setting) }
            }
        default:
            throw .version(Int(exactly: version), shown: "\(version)", expected: "2.0")
        }
        let grid = try gridSize(take(sizes[0]), take(sizes[1]))
        let tensors = rest.map { RuleTensor(name: $0.name, shape: $0.shape, values: $0.values) }
        return Checkpoint(rule: try Rule(settings: rule, tensors: tensors), gridSize: grid)
    }

    private static func wrong(_ tensor: NamedTensor, _ setting: RuleSetting) -> FormatFault {
        FormatFault(
            reason: "tensor \(tensor.name) is wrong (got \(tensor.values), expected "
                + (setting.words.isEmpty
                    ? setting.expected : "the place of one of \(setting.words.joined(separator: ", ")), from 0") + ")")
    }

    /// The settings of version 1, which knew one kind of rule: a tensor of one number each.
    private static func takeFirstVersion(
        _ take: (String) -> NamedTensor?, into rule: inout Rule
    ) throws(FormatFault) {
        func number(_ name: String) throws(FormatFault) -> Float {
            guard let tensor = take(name), tensor.shape.isEmpty else {
                throw FormatFault(reason: "tensor \(name) is missing or has a shape (expected one number)")
            }
            return tensor.values[0]
        }
        func flag(_ name: String) throws(FormatFault) -> Bool {
            let value = try number(name)
            guard value == 0 || value == 1 else {
                throw FormatFault(reason: "tensor \(name) is wrong (got \(value), expected 0 or 1)")
            }
            return value == 1
        }
        rule.perception.filters = Filter.sobel(scale: try number("sobel_scale"))
        rule.life = Life(
            before: try flag("life_before"), after: try flag("life_after"), threshold: try number("life_threshold"))
        rule.fireRate = try number("fire_rate")
        guard (0...1).contains(rule.fireRate) else {
            throw FormatFault(reason: "tensor fire_rate is wrong (got \(rule.fireRate), expected 0 to 1)")
        }
        rule.edges = try flag("torus") ? .torus : .zero
        rule.appearance.seed.channels = try flag("seed_hidden") ? .hidden : .alpha
    }

    private static func gridSize(_ width: NamedTensor?, _ height: NamedTensor?) throws(FormatFault) -> GridSize? {
        if width == nil, height == nil { return nil }
        guard let width = width?.values, let height = height?.values, width.count == 1, height.count == 1,
            let columns = Int(exactly: width[0]), let rows = Int(exactly: height[0]), min(columns, rows) >= 1,
            max(columns, rows) <= TensorLimits.gridSide
        else {
            throw FormatFault(
                reason: "tensors grid_width and grid_height are wrong (expected whole numbers from 1 to "
                    + "\(TensorLimits.gridSide))")
        }
        return GridSize(width: columns, height: rows)
    }
}
