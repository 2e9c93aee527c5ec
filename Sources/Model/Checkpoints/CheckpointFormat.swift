import GNCABasics
import GNCACells

/// A kind of model file. Formats are told by content, never by the file's name.
public protocol CheckpointFormat: Sendable {
    /// As users name it: "ckpt", "distill-json".
    static var name: String { get }
    /// One line for listings.
    static var summary: String { get }
    /// What a file of this kind is called when written; nil where it can only be read.
    static var writtenExtension: String? { get }

    /// Whether the bytes begin like this format. Cheap, reads nothing it need not; must not claim other formats' files.
    static func recognises(_ bytes: [UInt8]) -> Bool
    /// Reads the model; `options`: what the user says of it. Sizes are checked before
    /// anything is allocated. Throws `ModelError.badCheckpoint`.
    static func read(_ bytes: [UInt8], file: String, options: ReadingOptions) throws(ModelError) -> Reading
    /// The model as bytes. Throws `ModelError.badCheckpoint` where the format cannot hold it, or is read-only.
    static func write(_ checkpoint: Checkpoint, file: String) throws(ModelError) -> [UInt8]
    /// What a file written in this format does not keep of the model, a sentence each.
    static func losses(writing checkpoint: Checkpoint) -> [String]
}

extension CheckpointFormat {
    public static var writtenExtension: String? { nil }

    public static func write(_ checkpoint: Checkpoint, file: String) throws(ModelError) -> [UInt8] {
        throw .badCheckpoint(file: file, reason: "models of the kind \(name) are read, not written")
    }

    public static func losses(writing checkpoint: Checkpoint) -> [String] { [] }
}

/// Every known kind of model file.
public enum CheckpointFormats {
    static let registry = Registry<any CheckpointFormat.Type>(
        [
            NativeCheckpoint.self, DistillJSON.self, TFJSGraph.self, Hexells.self, JSONLists.self, PyTorchZip.self,
            PyTorchLegacy.self, PlainSafetensors.self, Npz.self, ONNX.self, RawFloats.self,
        ], addedFirst: true)

    /// Every kind, in the order in which they are asked: those of other modules first, as `RawFloats` takes what is left.
    public static var all: [any CheckpointFormat.Type] { registry.all }

    /// Adds a kind of another module.
    public static func register(_ format: any CheckpointFormat.Type) { registry.add(format) }

    /// The format called `name`, or nil.
    public static func named(_ name: String) -> (any CheckpointFormat.Type)? { all.first { $0.name == name } }

    /// All names, for messages.
    static var names: String {
        all.dropLast().map { $0.name }.joined(separator: ", ") + " or " + (all.last.map { $0.name } ?? "")
    }

    /// The format that files with this extension (without the dot) are written in, or nil.
    public static func written(extension: String) -> (any CheckpointFormat.Type)? {
        all.first { $0.writtenExtension == `extension` }
    }
}

extension CheckpointFormat {
    /// The model in a file that needs no word of the user.
    static func read(_ bytes: [UInt8], file: String) throws(ModelError) -> Checkpoint {
        try read(bytes, file: file, options: ReadingOptions()).checkpoint
    }
}
