import GNCABasics
import GNCACells

/// This program's own model file: safetensors with the rule's settings in its metadata.
///
/// Tensors, all F32: those of `Rule.tensors` (w1 `[N, 3C]`, b1 `[N]`, w2 `[C, N]`, b2 `[C]` for the article's rule).
/// Metadata: `NativeSettings` and the SHA-256 of the content, described in docs/checkpoints.md.
public enum NativeCheckpoint: CheckpointFormat {
    public static let name = "ckpt"
    public static let summary = "this program's own: safetensors with all settings in its metadata"
    public static let writtenExtension: String? = "ckpt"

    public static func recognises(_ bytes: [UInt8]) -> Bool {
        guard SafetensorsFile.looksLike(bytes) else { return false }
        return bytes.contain("\"\(NativeSettings.versionKey)\"", within: 8 + SafetensorsFile.headerLimit)
    }

    public static func read(_ bytes: [UInt8], file: String, options: ReadingOptions) throws(ModelError) -> Reading {
        do throws(FormatFault) {
            guard options.areEmpty else { throw .holdsSettings }
            let container = try SafetensorsFile(bytes)
            guard try container.matchesHash() != false else { throw .damaged }
            let settings = try NativeSettings(container.metadata.filter { $0.key != SafetensorsFile.hashKey })
            return Reading(
                checkpoint: Checkpoint(
                    rule: try rule(container, settings), gridSize: settings.gridSize, dialect: settings.dialect,
                    provenance: settings.provenance),
                tensors: container.namedTensors)
        } catch {
            throw .badCheckpoint(file: file, reason: error.reason)
        }
    }

    public static func write(_ checkpoint: Checkpoint, file: String) throws(ModelError) -> [UInt8] {
        let tensors = checkpoint.rule.tensors.map { (name: $0.name, shape: $0.shape, values: $0.values) }
        var metadata = NativeSettings(checkpoint).metadata
        do {
            metadata[SafetensorsFile.hashKey] = try SafetensorsFile.hash(
                metadata: metadata, data: SafetensorsFile.data(tensors))
        } catch {
            throw .badCheckpoint(file: file, reason: error.reason)
        }
        let bytes = SafetensorsFile.encode(metadata: metadata, tensors: tensors)
        // Settings are free variables: reading back what would be written finds those that no file may hold.
        _ = try read(bytes, file: file)
        return bytes
    }

    private static func rule(_ container: SafetensorsFile, _ settings: NativeSettings) throws(FormatFault) -> Rule {
        var tensors: [RuleTensor] = []
        for tensor in container.tensors {
            guard tensor.type == "F32" else {
                throw FormatFault(
                    reason:
                        "tensor \(JSONText.shown(tensor.name)) has the wrong type (got \(tensor.type), expected F32)")
            }
            tensors.append(RuleTensor(name: tensor.name, shape: tensor.shape, values: container.floats(tensor)))
        }
        return try Rule(settings: settings.rule, tensors: tensors)
    }
}
