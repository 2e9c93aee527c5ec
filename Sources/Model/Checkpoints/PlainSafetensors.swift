import GNCABasics
import GNCACells

/// safetensors without this program's metadata: state dictionaries of other programs, and `PlainTensors`.
public enum PlainSafetensors: CheckpointFormat {
    public static let name = "safetensors"
    public static let summary = "safetensors: plain tensors, of this program or another"
    public static let writtenExtension: String? = "safetensors"

    public static func recognises(_ bytes: [UInt8]) -> Bool {
        SafetensorsFile.looksLike(bytes) && !NativeCheckpoint.recognises(bytes)
    }

    public static func read(_ bytes: [UInt8], file: String, options: ReadingOptions) throws(ModelError) -> Reading {
        try Reading(file: file, options: options) { () throws(FormatFault) in
            try TensorSet(SafetensorsFile(bytes).namedTensors)
        }
    }

    public static func write(_ checkpoint: Checkpoint, file: String) throws(ModelError) -> [UInt8] {
        SafetensorsFile.encode(
            metadata: [:], tensors: PlainTensors.tensors(checkpoint).map { ($0.name, $0.shape, $0.values) })
    }

    public static func losses(writing checkpoint: Checkpoint) -> [String] { PlainTensors.losses(checkpoint) }
}
