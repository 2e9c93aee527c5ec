import GNCABasics
import GNCACells

/// ONNX models (.onnx): a graph of operations with the weights inside. The graph tells which tensor is which layer, so that
/// their names do not matter.
public enum ONNX: CheckpointFormat {
    public static let name = "onnx"
    public static let summary = "ONNX model with its weights inside (.onnx): read only"

    /// A protocol buffer that begins with the version of the format and holds a graph.
    public static func recognises(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 2, bytes[0] == 0x08, (1...32).contains(bytes[1]) else { return false }
        var model = Protobuf(bytes.prefix(4096))
        // The graph reaches beyond what is looked at, so that the last field seen cannot be read.
        while let next = try? model.next() {
            if next.field == 7, case .bytes = next.value { return true }
            guard (1...25).contains(next.field) else { return false }
        }
        return model.lastField == 7
    }

    public static func read(_ bytes: [UInt8], file: String, options: ReadingOptions) throws(ModelError) -> Reading {
        try Reading(file: file, options: options) { () throws(FormatFault) in try tensors(bytes) }
    }

    static func tensors(_ bytes: [UInt8]) throws(FormatFault) -> TensorSet {
        let graph = try ONNXGraph(bytes)
        let floats: Set<String> = Set([ElementType.f16, .bf16, .f32, .f64].map(\.rawValue))
        let (weights, others) = (
            graph.initialisers.filter { floats.contains($0.type) && !$0.shape.isEmpty },
            graph.initialisers.count { !floats.contains($0.type) || $0.shape.isEmpty }
        )
        let setAside = others == 0 ? [] : ["\(others) constant\(others == 1 ? "" : "s") of the graph"]
        return try TensorSet(weights, network: graph.network(), setAside: setAside)
    }
}
