/// A kind of model file. Formats are told by content, never by the file's name.
public protocol CheckpointFormat: Sendable {
    /// As `list`, `inspect` and `convert` show it: "ckpt", "distill-json".
    static var name: String { get }
    /// One line for `list`.
    static var summary: String { get }
    /// What a file of this kind is called when written; nil where it can only be read.
    static var writtenExtension: String? { get }

    /// Whether the bytes begin like this format. Cheap, reads nothing it need not; must not claim other formats' files.
    static func recognises(_ bytes: [UInt8]) -> Bool
    /// Reads the model. Sizes are checked before anything is allocated. Throws `ModelError.badCheckpoint`.
    static func read(_ bytes: [UInt8], file: String) throws(ModelError) -> Checkpoint
    /// The model as bytes. Throws `ModelError.badCheckpoint` where the format cannot hold it, or is read-only.
    static func write(_ checkpoint: Checkpoint, file: String) throws(ModelError) -> [UInt8]
}

/// Every known kind of model file, in the order in which they are asked.
public enum CheckpointFormats {
    public static let all: [any CheckpointFormat.Type] = []
}
