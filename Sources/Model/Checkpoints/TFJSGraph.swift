import GNCABasics
import GNCACells

/// A TensorFlow.js graph model whose weights are constants inside the graph, as the Distill article's notebook writes
/// them: `modelTopology.node` lists nodes; a frozen variable is a node of kind Const whose name ends in
/// `ReadVariableOp/resource`.
public enum TFJSGraph: CheckpointFormat {
    public static let name = "tfjs"
    public static let summary = "TensorFlow.js graph model with its weights inside (.json): read only"

    private static let variableEnding = "/ReadVariableOp/resource"

    public static func recognises(_ bytes: [UInt8]) -> Bool {
        let space: Set<UInt8> = [0x20, 0x0A, 0x0D, 0x09]
        guard bytes.first(where: { !space.contains($0) }) == UInt8(ascii: "{") else { return false }
        return bytes.contain("\"modelTopology\"", within: StrictJSON.byteLimit)
    }

    public static func read(_ bytes: [UInt8], file: String, options: ReadingOptions) throws(ModelError) -> Reading {
        try Reading(file: file, options: options) { () throws(FormatFault) in try tensors(StrictJSON.parse(bytes)) }
    }

    private static func tensors(_ json: JSONValue) throws(FormatFault) -> TensorSet {
        guard case .array(let nodes)? = json["modelTopology"]?["node"] else {
            throw FormatFault(reason: "the graph has no list of nodes (expected modelTopology.node)")
        }
        var tensors: [NamedTensor] = []
        for node in nodes {
            guard case .string(let name)? = node["name"], case .string("Const")? = node["op"],
                name.ends(with: variableEnding)
            else { continue }
            guard tensors.count < TensorLimits.tensors else {
                throw FormatFault(reason: "too many tensors (limit \(TensorLimits.tensors))")
            }
            tensors.append(try tensor(name, node))
        }
        guard !tensors.isEmpty else {
            throw FormatFault(
                reason:
                    "the graph holds no weights (they stand in the .bin files beside it; the Distill notebook writes "
                    + "them into the .json)")
        }
        return try TensorSet(tensors)
    }

    private static func tensor(_ name: String, _ node: JSONValue) throws(FormatFault) -> NamedTensor {
        let shown = "tensor \(JSONText.shown(name))"
        guard let tensor = node["attr"]?["value"]?["tensor"], case .string("DT_FLOAT")? = tensor["dtype"] else {
            throw FormatFault(reason: "\(shown) is no list of 32-bit floats (expected dtype DT_FLOAT)")
        }
        let shape = try shape(tensor["tensorShape"], shown: shown)
        let count = try TensorLimits.count(shape, of: shown)
        guard case .string(let text)? = tensor["tensorContent"], let bytes = Base64.decode(text) else {
            throw FormatFault(reason: "\(shown) has no content (expected tensorContent, base64)")
        }
        guard bytes.count == 4 * count else {
            throw FormatFault(
                reason:
                    "\(shown) has shape \(shape), which does not fit its content (got \(bytes.count) bytes, expected "
                    + "\(4 * count))")
        }
        return NamedTensor(name, shape, ElementType.f32.floats(bytes[...]))
    }

    /// `{"dim": [{"size": "48"}, ...]}`: sizes are texts, since JSON numbers end at 2^53.
    private static func shape(_ json: JSONValue?, shown: String) throws(FormatFault) -> [Int] {
        guard case .array(let dimensions)? = json?["dim"] else { return [] }
        var shape: [Int] = []
        for dimension in dimensions {
            let text: String? =
                switch dimension["size"] {
                case .string(let text)?, .number(let text)?: text
                default: nil
                }
            guard let text, let size = Int(text), size >= 0 else {
                throw FormatFault(reason: "\(shown) has a shape that is not understood")
            }
            shape.append(size)
        }
        return shape
    }
}
