import GNCABasics
import GNCACells

/// A dictionary of tensors as JSON, each a list of lists of numbers: `{"fc0.weight": [[0.5, ...], ...], "fc0.bias": [...]}`,
/// as `tensor.tolist()` gives them.
public enum JSONLists: CheckpointFormat {
    public static let name = "json-lists"
    public static let summary = "JSON: tensors as lists of numbers under their names: read only"

    /// An object whose first list holds numbers or lists.
    /// Bytes of the names of members that stand in each other, joined.
    private static let nameLimit = 4096

    public static func recognises(_ bytes: [UInt8]) -> Bool {
        let space: Set<UInt8> = [0x20, 0x0A, 0x0D, 0x09]
        guard bytes.first(where: { !space.contains($0) }) == UInt8(ascii: "{"),
            let list = bytes.firstIndex(of: UInt8(ascii: "[")),
            let first = bytes[(list + 1)...].first(where: { !space.contains($0) }), "[-0123456789".utf8.contains(first)
        else { return false }
        return !TFJSGraph.recognises(bytes) && !Hexells.recognises(bytes)
    }

    public static func read(_ bytes: [UInt8], file: String, options: ReadingOptions) throws(ModelError) -> Reading {
        try Reading(file: file, options: options) { () throws(FormatFault) in try tensors(bytes) }
    }

    static func tensors(_ bytes: [UInt8]) throws(FormatFault) -> TensorSet {
        var tensors: [NamedTensor] = []
        var setAside: [String] = []
        var total = 0
        // Later members are found first, so they are pushed first.
        var open: [(name: String, value: JSONValue)] = [("", try StrictJSON.parse(bytes))]
        var containers: [String] = []
        while let (name, value) = open.popLast() {
            guard name.utf8.count <= nameLimit else { throw FormatFault(reason: "a tensor has too long a name") }
            let prefix = name.isEmpty ? "" : name + "."
            switch value {
            case .object(let members):
                if !prefix.isEmpty, containers.count < TensorLimits.tensors { containers.append(prefix) }
                open += members.reversed().map { (prefix + $0.name, $0.value) }
            case .array(let values) where values.contains(where: isNamed):
                open += values.enumerated().reversed().map { ("\(prefix)\($0.offset)", $0.element) }
            case .array, .number:
                let tensor = try tensor(name, value)
                total += tensor.values.count
                guard tensors.count < TensorLimits.tensors, total <= TensorLimits.totalElements else {
                    throw FormatFault(
                        reason: "too many tensors, or too large ones (limit \(TensorLimits.tensors) tensors, "
                            + "\(TensorLimits.totalElements) elements together)")
                }
                tensors.append(tensor)
            default:
                // One line, however much stands beside the weights.
                if setAside.isEmpty { setAside.append("texts and the like beside the tensors") }
            }
        }
        guard !tensors.isEmpty else { throw FormatFault(reason: "there is no tensor in this file") }
        var set = try TensorSet(tensors, setAside: setAside)
        set.family = name
        set.containers = containers
        return set
    }

    /// Whether a value in a list has members of its own, or is no number at all.
    private static func isNamed(_ value: JSONValue) -> Bool {
        switch value {
        case .array, .number: false
        default: true
        }
    }

    /// A list of lists, one dimension after the other.
    private static func tensor(_ name: String, _ value: JSONValue) throws(FormatFault) -> NamedTensor {
        let shown = "tensor \(JSONText.shown(name))"
        var shape: [Int] = []
        var level = [value]
        while case .array(let first)? = level.first {
            shape.append(first.count)
            _ = try TensorLimits.count(shape, of: shown)
            var next: [JSONValue] = []
            for list in level {
                guard case .array(let values) = list, values.count == first.count else {
                    let got = if case .array(let values) = list { "\(values.count) values" } else { list.kind }
                    throw FormatFault(
                        reason: "\(shown) is ragged (got \(got) where another list has \(first.count) values)")
                }
                next += values
            }
            level = next
        }
        var numbers: [Float] = []
        for value in level {
            guard case .number(let text) = value, let number = Float(text) else {
                throw FormatFault(reason: "\(shown) holds \(value.kind) among its numbers")
            }
            numbers.append(number)
        }
        return NamedTensor(name, shape, numbers)
    }
}
