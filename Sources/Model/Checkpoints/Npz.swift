import GNCABasics
import GNCACells

/// NumPy's archive of arrays (`numpy.savez`), deflated or not: `PlainTensors` when written, anything when read.
public enum Npz: CheckpointFormat {
    public static let name = "npz"
    public static let summary = "NumPy archive: plain tensors, of this program or another"
    public static let writtenExtension: String? = "npz"

    private static let ending = ".npy"

    public static func recognises(_ bytes: [UInt8]) -> Bool {
        ZipArchive.firstName(bytes)?.ends(with: ending) ?? false
    }

    public static func read(_ bytes: [UInt8], file: String, options: ReadingOptions) throws(ModelError) -> Reading {
        try Reading(file: file, options: options) { () throws(FormatFault) in try tensors(bytes) }
    }

    static func tensors(_ bytes: [UInt8]) throws(FormatFault) -> TensorSet {
        let archive = try ZipArchive(bytes, deflated: true)
        guard archive.entries.count <= TensorLimits.tensors else {
            throw FormatFault(
                reason: "too many tensors (got \(archive.entries.count), limit \(TensorLimits.tensors))")
        }
        var tensors: [NamedTensor] = []
        var setAside: [String] = []
        var total = 0
        for entry in archive.entries {
            guard entry.name.ends(with: ending) else {
                throw FormatFault(
                    reason: "\(JSONText.shown(entry.name)) is no array (expected a name that ends in .npy)")
            }
            let name = String(entry.name.dropLast(ending.utf8.count))
            let contents = try archive.contents(entry)
            if let kind = NumpyArray.kindBesideWeights(contents) {
                try check(NumpyArray.pickle(contents), name)
                setAside.append("\(kind) \(JSONText.shown(name))")
                continue
            }
            let array = try NumpyArray(contents, shown: "tensor \(JSONText.shown(name))")
            total += array.values.count
            guard total <= TensorLimits.totalElements else {
                throw FormatFault(
                    reason: "the tensors are too large together (limit \(TensorLimits.totalElements) elements)")
            }
            tensors.append(NamedTensor(name, array.shape, array.values, type: array.type.rawValue))
        }
        return try TensorSet(tensors, setAside: setAside)
    }

    /// Python objects stand in an archive as a pickle. They are not read; but one that would run something is refused.
    private static func check(_ pickle: ArraySlice<UInt8>?, _ name: String) throws(FormatFault) {
        guard let pickle, let call = PickleMachine.forbiddenCall(in: pickle) else { return }
        throw FormatFault(reason: "\(JSONText.shown(name)) is refused: \(call) (this file may be malicious)")
    }

    public static func write(_ checkpoint: Checkpoint, file: String) throws(ModelError) -> [UInt8] {
        encode(PlainTensors.tensors(checkpoint).map { ($0.name, $0.shape, $0.values) })
    }

    /// An archive of 32-bit floats, row-major, that `numpy.load` reads by their names: the same bytes for the same arrays.
    public static func encode(_ arrays: [(name: String, shape: [Int], values: [Float])]) -> [UInt8] {
        ZipArchive.encode(
            arrays.map { ($0.name + ending, NumpyArray.encode(shape: $0.shape, values: $0.values)) })
    }

    public static func losses(writing checkpoint: Checkpoint) -> [String] { PlainTensors.losses(checkpoint) }
}
