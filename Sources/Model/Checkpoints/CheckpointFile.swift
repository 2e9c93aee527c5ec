import GNCABasics
import GNCACells

/// A model file that has been read: the model, what kind of file it is, and the bytes it was read from.
public struct CheckpointFile: Sendable {
    /// As the user named it.
    public let path: String
    /// The kind of file that it is.
    public let format: any CheckpointFormat.Type
    /// The model, and how the reader came to it.
    public let reading: Reading
    /// The whole file.
    public let bytes: [UInt8]

    /// The model.
    public var checkpoint: Checkpoint { reading.checkpoint }

    /// Larger files are refused unread.
    static let byteLimit = 64 << 20

    /// Reads a model. The format is told by the content; once it is, no other is tried.
    /// `options`: what the user says of it. Throws `ModelError.badCheckpoint`.
    public init(path: String, options: ReadingOptions = ReadingOptions()) throws(ModelError) {
        do {
            try self.init(
                bytes: try FileBytes.read(path, limit: Self.byteLimit), path: path, options: options)
        } catch let fault as FileFault {
            // "FILE#NAME" is an entry of a collection, where no file is called so.
            guard options.entry == nil, let (file, entry) = path.cut(atLast: "#"),
                let bytes = try? FileBytes.read(file, limit: Self.byteLimit)
            else { throw .badCheckpoint(file: path, reason: fault.reason) }
            var options = options
            options.entry = entry
            try self.init(bytes: bytes, path: path, options: options)
        } catch let error as ModelError {
            throw error
        } catch {
            throw .badCheckpoint(file: path, reason: "\(error)")
        }
    }

    /// Reads a model from bytes in memory; `path` names them in messages.
    init(bytes: [UInt8], path: String, options: ReadingOptions = ReadingOptions()) throws(ModelError) {
        guard let format = CheckpointFormats.all.first(where: { $0.recognises(bytes) }) else {
            throw .badCheckpoint(file: path, reason: ForeignFile.refusal(bytes))
        }
        self.path = path
        self.bytes = bytes
        self.format = format
        reading = try format.read(bytes, file: path, options: options)
    }

    /// SHA-256 of the file's bytes, 64 hexadecimal digits. Loads libav, which takes a while the first time.
    /// Throws `ModelError.badCheckpoint` where that fails.
    public func sha256() throws(ModelError) -> String {
        do {
            return try ContentHash.sha256(bytes)
        } catch {
            throw .badCheckpoint(file: path, reason: "its SHA-256 cannot be computed: \(error)")
        }
    }
}

extension Checkpoint {
    /// Reads the model in the file at `path`, of any known format. Throws `ModelError.badCheckpoint`.
    public static func load(_ path: String) throws(ModelError) -> Checkpoint {
        try CheckpointFile(path: path).checkpoint
    }
}
