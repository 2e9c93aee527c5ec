import GNCABasics
import GNCACells

/// A model as nothing but tensors, for programs that read arrays and no metadata: the canonical weights `w1`, `b1`, `w2`,
/// `b2`, and every setting as a tensor of one number. docs/checkpoints.md lists them.
enum PlainTensors {
    private static let version = "gnca_version"
    private static let settings = [
        version, "sobel_scale", "life_before", "life_after", "life_threshold", "fire_rate", "torus", "seed_hidden",
    ]
    private static let sizes = ["grid_width", "grid_height"]

    static func tensors(_ checkpoint: Checkpoint) -> [NamedTensor] {
        let rule = checkpoint.rule
        var tensors = [
            NamedTensor("w1", [rule.hidden, 3 * rule.channels], rule.w1), NamedTensor("b1", [rule.hidden], rule.b1),
            NamedTensor("w2", [rule.channels, rule.hidden], rule.w2),
        ]
        if let b2 = rule.b2 { tensors.append(NamedTensor("b2", [rule.channels], b2)) }
        let values: [Float] = [
            1, rule.sobelScale, rule.lifeMask.before ? 1 : 0, rule.lifeMask.after ? 1 : 0, rule.lifeMask.threshold,
            rule.fireRate, rule.padding == .torus ? 1 : 0, rule.seedStyle == .hiddenChannels ? 1 : 0,
        ]
        tensors += zip(settings, values).map { NamedTensor($0, [], [$1]) }
        if let grid = checkpoint.gridSize {
            tensors += zip(sizes, [grid.width, grid.height]).map { NamedTensor($0, [], [Float($1)]) }
        }
        return tensors
    }

    static func losses(_ checkpoint: Checkpoint) -> [String] {
        (checkpoint.dialect.isEmpty ? [] : ["the dialect of the original is not stored"])
            + (checkpoint.provenance.isEmpty ? [] : ["provenance is not stored"])
    }

    /// The model that `tensors` wrote; nil where the tensors are somebody else's.
    static func checkpoint(_ set: TensorSet) throws(FormatFault) -> Checkpoint? {
        guard set.tensor(version) != nil else { return nil }
        var rest = set.tensors
        func take(_ name: String) -> NamedTensor? {
            rest.firstIndex { $0.name == name }.map { rest.remove(at: $0) }
        }
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
        let version = try number(version)
        guard version == 1 else {
            throw FormatFault(
                reason:
                    "a later version of this format (got \(version), expected 1.0): read it with a later version of "
                    + "gnca-render")
        }
        guard let w1 = take("w1"), let b1 = take("b1"), let w2 = take("w2") else {
            throw FormatFault(reason: "tensor w1, b1 or w2 is missing")
        }
        let layers = try DenseLayers(LayerTensors(w1: w1, b1: b1, w2: w2, b2: take("b2")))
        let scale = try number("sobel_scale")
        let mask = LifeMask(
            before: try flag("life_before"), after: try flag("life_after"), threshold: try number("life_threshold"))
        let fireRate = try number("fire_rate")
        guard (0...1).contains(fireRate) else {
            throw FormatFault(reason: "tensor fire_rate is wrong (got \(fireRate), expected 0 to 1)")
        }
        let padding: Padding = try flag("torus") ? .torus : .zero
        let seed: SeedStyle = try flag("seed_hidden") ? .hiddenChannels : .alphaOnly
        let grid = try gridSize(take(sizes[0]), take(sizes[1]))
        if let extra = rest.first {
            throw FormatFault(reason: "tensor \(JSONText.shown(extra.name)) is not expected")
        }
        do throws(ModelError) {
            let rule = try Rule(
                channels: layers.channels, hidden: layers.hidden, w1: layers.w1, b1: layers.b1, w2: layers.w2,
                b2: layers.b2, sobelScale: scale, lifeMask: mask, fireRate: fireRate, padding: padding, seedStyle: seed)
            return Checkpoint(rule: rule, gridSize: grid)
        } catch {
            throw FormatFault(error)
        }
    }

    private static func gridSize(_ width: NamedTensor?, _ height: NamedTensor?) throws(FormatFault) -> GridSize? {
        if width == nil, height == nil { return nil }
        guard let width = width?.values, let height = height?.values, width.count == 1, height.count == 1,
            let columns = Int(exactly: width[0]), let rows = Int(exactly: height[0]), min(columns, rows) >= 1
        else {
            throw FormatFault(reason: "tensors grid_width and grid_height are wrong (expected whole numbers from 1)")
        }
        return GridSize(width: columns, height: rows)
    }
}
