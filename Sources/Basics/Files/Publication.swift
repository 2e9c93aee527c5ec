/// An output that is complete before it appears.
public protocol Publishable: AnyObject {
    /// Puts the complete output in its place. Throws where it cannot; nothing has changed then.
    func publish() throws
    /// Takes a published output away again: what it replaced is back.
    func withdraw()
    /// Lets go of what a published output has replaced; one that was not published is given up.
    func cancel()
}

extension Publishable {
    /// Publishes an output that stands for itself. Throws as `publish` does.
    public func commit() throws {
        try publish()
        cancel()
    }
}

/// Several outputs that appear together, or not at all.
public enum Publication {
    /// Publishes all. When one cannot appear, those before it are withdrawn, and the error is thrown.
    public static func publish(_ outputs: [any Publishable]) throws {
        defer { for output in outputs { output.cancel() } }
        for (index, output) in outputs.enumerated() {
            do { try output.publish() } catch {
                for earlier in outputs[..<index].reversed() { earlier.withdraw() }
                throw error
            }
        }
    }

    /// Writes whole files and publishes them. A signal that would end the process does so afterwards: nothing is left
    /// behind. Throws `WriteFault`.
    public static func write(_ files: [(path: String, bytes: [UInt8])], overwrite: Bool) throws {
        try write(files.map { (path: $0.path, bytes: $0.bytes, overwrite: overwrite) })
    }

    /// The same, where each file says whether it may replace another.
    /// `others`: complete outputs that appear together with them.
    public static func write(
        _ files: [(path: String, bytes: [UInt8], overwrite: Bool)], with others: [any Publishable] = []
    ) throws {
        try Platform.withSignalsHeld {
            var written: [AtomicFile] = []
            defer { for file in written { file.cancel() } }
            for file in files {
                let atomic = try AtomicFile(path: file.path, overwrite: file.overwrite)
                written.append(atomic)
                try atomic.write(file.bytes)
                try atomic.seal()
            }
            try publish(others + written)
        }
    }
}
