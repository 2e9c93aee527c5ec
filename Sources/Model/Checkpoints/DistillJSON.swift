import GNCABasics
import GNCACells

/// The JSON that the Distill article's page loads: two dense layers, quantised to 8 bits.
///
/// A list of two layers `{data_b64, in_ch, out_ch, weight_scale, bias_scale, type: "uint8"}`. The bytes are
/// `[in_ch + 1, out_ch]` row-major; the last row is the bias; a byte q means `(q / 255 - 0.5) * scale`. The input of
/// the first layer is filter-major. All settings are the article's: Sobel/8, life mask before and after > 0.1,
/// fire rate 0.5, seed with all hidden channels 1. Padding is zero as in the article's notebook; its page wraps around.
public enum DistillJSON: CheckpointFormat {
    public static let name = "distill-json"
    public static let summary = "the Distill article's page: two layers of 8-bit weights in JSON"
    public static let writtenExtension: String? = "json"

    public static func recognises(_ bytes: [UInt8]) -> Bool {
        let space: Set<UInt8> = [0x20, 0x0A, 0x0D, 0x09]
        guard bytes.first(where: { !space.contains($0) }) == UInt8(ascii: "[") else { return false }
        return bytes.contain("\"data_b64\"", within: StrictJSON.byteLimit)
    }

    public static func read(_ bytes: [UInt8], file: String, options: ReadingOptions) throws(ModelError) -> Reading {
        var reading = try Reading(file: file, options: options) { () throws(FormatFault) in
            try tensors(StrictJSON.parse(bytes))
        }
        reading.checkpoint.dialect.append("weights of 8 bits")
        if options.dialect == .family {
            reading.checkpoint.dialect.append("the article's notebook has zero padding, its page wraps around")
        }
        return reading
    }

    private static func tensors(_ json: JSONValue) throws(FormatFault) -> TensorSet {
        guard case .array(let values) = json, values.count == 2 else {
            throw FormatFault(reason: "not two layers (expected a list of two objects)")
        }
        let first = try DistillLayer(values[0], ordinal: 1)
        let second = try DistillLayer(values[1], ordinal: 2)
        guard first.outputs == second.inputs else {
            throw FormatFault(
                reason: "layer 2 does not fit layer 1 (got in_ch \(second.inputs), expected \(first.outputs))")
        }
        guard first.inputs == 3 * second.outputs else {
            throw FormatFault(
                reason: "layer 1 has the wrong number of inputs (got \(first.inputs), expected 3 x \(second.outputs) "
                    + "channels)")
        }
        var set = try TensorSet(first.tensors(name: "layer1") + second.tensors(name: "layer2"))
        set.family = "Distill"
        return set
    }

    public static func write(_ checkpoint: Checkpoint, file: String) throws(ModelError) -> [UInt8] {
        let rule = checkpoint.rule
        if let refusal = refusal(rule) { throw .badCheckpoint(file: file, reason: refusal) }
        let layers = quantised(rule)
        return Array((JSONText.list(layers.map(\.json)) + "\n").utf8)
    }

    public static func losses(writing checkpoint: Checkpoint) -> [String] {
        let rule = checkpoint.rule
        guard refusal(rule) == nil else { return [] }
        let layers = quantised(rule)
        let exact = exactLayers(rule)
        var lines: [String] = []
        for (number, (layer, (weights, biases))) in zip(layers, exact).enumerated() {
            lines.append(
                "layer \(number + 1) is rounded to 8 bits: largest error "
                    + "\(largestDifference(layer.weights, weights)) of weights within "
                    + "\(Float(layer.weightScale / 2)), \(largestDifference(layer.biases, biases)) of biases within "
                    + "\(Float(layer.biasScale / 2))")
        }
        let lost = lostSettings(rule)
        if !lost.isEmpty {
            lines.append("settings are not stored: the dialect \(lost) reads the file with them (the page has its own)")
        }
        if checkpoint.gridSize != nil { lines.append("the grid size is not stored") }
        if !checkpoint.provenance.isEmpty { lines.append("provenance is not stored") }
        if rule.channels != 16 { lines.append("the Distill page itself expects 16 channels") }
        return lines
    }

    private static func largestDifference(_ a: [Float], _ b: [Float]) -> Float {
        zip(a, b).map { abs($0 - $1) }.max() ?? 0
    }

    /// Settings of the rule that are not the format's, as a dialect spells them.
    private static func lostSettings(_ rule: Rule) -> String {
        var dialect = Dialect()
        dialect.rule = rule
        dialect.rule.perception = Perception()
        let other = DialectKey.all.filter { $0.spell(dialect) != $0.spell(Dialect()) }
        return other.map { "\($0.name)=\($0.spell(dialect))" }.joined(separator: ",")
    }

    /// Why the format cannot hold the rule: a sentence, or nil where it can.
    private static func refusal(_ rule: Rule) -> String? {
        guard rule.decoder == nil else { return "Distill JSON holds no decoder" }
        guard KernelLayers.isPlain(rule), rule.perception.control == nil, rule.perception.global == .none,
            rule.life.birth == .free
        else {
            return "Distill JSON holds identity and two Sobel filters before two layers with relu between them, and no "
                + "other rule"
        }
        let numbers = exactLayers(rule).flatMap { $0.weights + $0.biases }
        return numbers.allSatisfy { ($0 * 2).isFinite } ? nil : "Distill JSON cannot hold weights this large"
    }

    /// The rule's two layers with the Sobel scale moved into the columns of the gradients, so that the filters are the
    /// format's Sobel / 8. A layer without biases gets zeros.
    private static func exactLayers(_ rule: Rule) -> [(weights: [Float], biases: [Float])] {
        var factor: Float = 1
        if case .named(_, let scale)? = rule.perception.filters.last { factor = scale * 8 }
        return rule.network.layers.enumerated().map { number, layer in
            let weights = layer.weights.enumerated().map { index, weight in
                number > 0 || index % layer.inputs < rule.channels ? weight : weight * factor
            }
            return (weights, layer.bias ?? [Float](repeating: 0, count: layer.outputs))
        }
    }

    /// The same as the format holds them.
    private static func quantised(_ rule: Rule) -> [DistillLayer] {
        exactLayers(rule).map { DistillLayer(weights: $0.weights, biases: $0.biases) }
    }
}
