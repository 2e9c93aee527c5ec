import GNCABasics
import GNCACells

/// This program's own model file: safetensors with the rule's settings in its metadata.
///
/// Tensors, all F32: w1 `[N, 3C]`, b1 `[N]`, w2 `[C, N]`, b2 `[C]` (absent where the rule has no output bias).
/// Metadata: `NativeSettings` and the SHA-256 of the content, described in docs/checkpoints.md.
public enum NativeCheckpoint: CheckpointFormat {
    public static let name = "ckpt"
    public static let summary = "this program's own: safetensors with all settings in its metadata"
    public static let writtenExtension: String? = "ckpt"

    public static func recognises(_ bytes: [UInt8]) -> Bool {
        guard SafetensorsFile.looksLike(bytes) else { return false }
        return bytes.contain("\"\(NativeSettings.versionKey)\"", within: 8 + SafetensorsFile.headerLimit)
    }

    public static func read(_ bytes: [UInt8], file: String, dialect: DialectChoice) throws(ModelError) -> Reading {
        do throws(FormatFault) {
            guard dialect == .family else { throw .holdsSettings }
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
        let rule = checkpoint.rule
        var tensors: [(name: String, shape: [Int], values: [Float])] = [
            ("w1", [rule.hidden, 3 * rule.channels], rule.w1),
            ("b1", [rule.hidden], rule.b1),
            ("w2", [rule.channels, rule.hidden], rule.w2),
        ]
        if let b2 = rule.b2 { tensors.append(("b2", [rule.channels], b2)) }
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
        let names = ["b1", "b2", "w1", "w2"]
        if let extra = container.tensors.first(where: { !names.contains($0.name) }) {
            throw FormatFault(
                reason:
                    "tensor \(JSONText.shown(extra.name)) is not expected (expected \(names.joined(separator: ", ")))")
        }
        let w2 = try tensor("w2", container)
        guard w2.shape.count == 2 else {
            throw FormatFault(reason: "tensor w2 has the wrong shape (got \(w2.shape), expected [channels, hidden])")
        }
        let (channels, hidden) = (w2.shape[0], w2.shape[1])
        let w1 = try tensor("w1", container, shape: [hidden, 3 * channels])
        let b1 = try tensor("b1", container, shape: [hidden])
        let b2 = container.tensor("b2") == nil ? nil : try tensor("b2", container, shape: [channels])
        do {
            return try Rule(
                channels: channels, hidden: hidden, w1: container.floats(w1), b1: container.floats(b1),
                w2: container.floats(w2), b2: b2.map(container.floats), sobelScale: settings.sobelScale,
                lifeMask: settings.lifeMask, fireRate: settings.fireRate, padding: settings.padding,
                seedStyle: settings.seedStyle)
        } catch {
            throw FormatFault(error)
        }
    }

    /// The tensor called `name`, of type F32 and of `shape` where one is given.
    private static func tensor(
        _ name: String, _ container: SafetensorsFile, shape: [Int]? = nil
    ) throws(FormatFault) -> SafetensorsFile.Tensor {
        guard let tensor = container.tensor(name) else { throw FormatFault(reason: "tensor \(name) is missing") }
        guard tensor.type == "F32" else {
            throw FormatFault(reason: "tensor \(name) has the wrong type (got \(tensor.type), expected F32)")
        }
        guard shape == nil || tensor.shape == shape else {
            throw FormatFault(
                reason: "tensor \(name) has the wrong shape (got \(tensor.shape), expected \(shape ?? []))")
        }
        return tensor
    }
}
