@testable import GNCABasics
@testable import GNCACheckpoints

/// ONNX models, field by field.
enum ONNXFile {
    static func varint(_ value: Int) -> [UInt8] {
        var rest = UInt64(bitPattern: Int64(value))
        var bytes: [UInt8] = []
        repeat {
            bytes.append(UInt8(rest & 127) | (rest > 127 ? 128 : 0))
            rest >>= 7
        } while rest > 0
        return bytes
    }

    static func number(_ field: Int, _ value: Int) -> [UInt8] { varint(field << 3) + varint(value) }
    static func bytes(_ field: Int, _ bytes: [UInt8]) -> [UInt8] {
        varint(field << 3 | 2) + varint(bytes.count) + bytes
    }
    static func text(_ field: Int, _ text: String) -> [UInt8] { bytes(field, Array(text.utf8)) }

    /// TensorProto.
    static func tensor(_ tensor: NamedTensor, kind: Int = 1) -> [UInt8] {
        let dimensions = tensor.shape.flatMap { number(1, $0) }
        return dimensions + number(2, kind) + text(8, tensor.name) + bytes(9, ModelFiles.floats(tensor.values))
    }

    static func node(
        _ operation: String, _ inputs: [String], _ output: String, attributes: [[UInt8]] = [], domain: String = ""
    ) -> [UInt8] {
        let ends = inputs.flatMap { text(1, $0) } + text(2, output) + text(4, operation)
        return ends + attributes.flatMap { bytes(5, $0) } + (domain.isEmpty ? [] : text(7, domain))
    }

    static func attribute(_ name: String, _ values: [Int]) -> [UInt8] {
        text(1, name) + bytes(8, values.flatMap(varint)) + number(20, 7)
    }
    static func attribute(_ name: String, _ value: Int) -> [UInt8] { text(1, name) + number(3, value) + number(20, 2) }
    static func attribute(_ name: String, _ value: Float) -> [UInt8] {
        text(1, name) + varint(2 << 3 | 5) + ModelFiles.floats([value]) + number(20, 1)
    }
    static func attribute(_ name: String, _ value: NamedTensor) -> [UInt8] {
        text(1, name) + bytes(5, tensor(value)) + number(20, 4)
    }

    static func graph(_ tensors: [NamedTensor], _ nodes: [[UInt8]], more: [UInt8] = []) -> [UInt8] {
        let input = bytes(11, text(1, "x"))
        return nodes.flatMap { bytes(1, $0) } + text(2, "g") + tensors.flatMap { bytes(5, tensor($0)) } + input + more
    }

    static func model(_ tensors: [NamedTensor], _ nodes: [[UInt8]], more: [UInt8] = []) -> [UInt8] {
        let version = bytes(8, text(1, "") + number(2, 18))
        return number(1, 8) + text(2, "test") + bytes(7, graph(tensors, nodes, more: more)) + version
    }

    /// The two layers as PyTorch exports them: transposed, under any name, with what a cell perceives as the input.
    static func layers(_ small: SmallLayers, activation: String = "Relu") -> [UInt8] {
        let layers = small.layers
        let inputs = 3 * layers.channels
        func transposed(_ values: [Float], _ columns: Int) -> [Float] {
            (0..<columns).flatMap { column in stride(from: column, to: values.count, by: columns).map { values[$0] } }
        }
        return model(
            [
                NamedTensor("val_2", [layers.hidden, layers.channels], transposed(layers.w2, layers.hidden)),
                NamedTensor("val_1", [inputs, layers.hidden], transposed(layers.w1, inputs)),
                NamedTensor("bias", [layers.hidden], layers.b1),
            ],
            [
                node("MatMul", ["x", "val_1"], "a"), node("Add", ["a", "bias"], "b"), node(activation, ["b"], "c"),
                node("MatMul", ["c", "val_2"], "y"),
            ])
    }
}
