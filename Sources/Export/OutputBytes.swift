import GNCABasics

/// Where a muxer's bytes go: a file that appears whole, or standard output. Keeps the first error.
final class OutputBytes {
    /// nil = standard output.
    let file: AtomicFile?
    private let name: String
    private var pipeFailure: Int32 = 0

    /// Throws `ExportError.file`.
    init(_ destination: Destination) throws(ExportError) {
        name = destination.name
        guard case .path(let path, let overwrite) = destination else {
            file = nil
            return
        }
        do { file = try AtomicFile(path: path, overwrite: overwrite) } catch { throw .file(error) }
    }

    /// errno of the first failure; 0 = none.
    private var failure: Int32 { file?.failure ?? pipeFailure }

    /// Returns 0, or errno.
    func write(_ bytes: UnsafeRawBufferPointer) -> Int32 {
        if let file { return file.write(bytes) }
        if pipeFailure == 0 { pipeFailure = Platform.writeAll(STDOUT_FILENO, bytes) }
        return pipeFailure
    }

    /// The error to throw, if writing failed.
    var error: ExportError? {
        guard failure != 0 else { return nil }
        if file == nil && failure == EPIPE { return .closedPipe }
        return .file(.writeFailed(file: name, reason: Platform.reason(failure)))
    }

    /// All bytes are written: flushes them to the disk. Throws `ExportError`.
    func finish() throws(ExportError) {
        if let error { throw error }
        do { try file?.seal() } catch { throw .file(error) }
    }

    /// Puts the file in its place. Throws `ExportError`.
    func publish() throws(ExportError) {
        do { try file?.publish() } catch { throw .file(error) }
    }

    func withdraw() { file?.withdraw() }

    func cancel() { file?.cancel() }
}
