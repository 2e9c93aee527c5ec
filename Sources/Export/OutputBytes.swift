import GNCABasics

/// Where a film's bytes go: a file that appears whole, or standard output. Keeps the first error.
final class OutputBytes {
    /// nil = standard output.
    private let file: AtomicFile?
    /// What goes to standard output when it is complete; nil where it goes there at once.
    private let memory: MemoryOutput?
    private let name: String
    private var pipeFailure: Int32 = 0

    /// `waits`: whether nothing may be gone before all is there: the format goes over its bytes again. Throws `ExportError.file`.
    init(_ destination: Destination, waits: Bool = false) throws(ExportError) {
        name = destination.name
        guard case .path(let path, let overwrite) = destination else {
            file = nil
            memory = waits ? MemoryOutput() : nil
            return
        }
        memory = nil
        do { file = try AtomicFile(path: path, overwrite: overwrite) } catch { throw .file(error) }
    }

    /// What can be gone over again; nil where bytes are gone at once.
    var seekable: (any SeekableOutput)? { file ?? memory }

    /// A path by which a muxer can open the unfinished file a second time; nil where there is no file.
    var secondPath: String? { file?.secondPath }

    /// errno of the first failure; 0 = none.
    private var failure: Int32 { file?.failure ?? pipeFailure }

    /// Returns 0, or errno.
    func write(_ bytes: UnsafeRawBufferPointer) -> Int32 {
        if let seekable { return seekable.write(bytes) }
        return send(bytes)
    }

    private func send(_ bytes: UnsafeRawBufferPointer) -> Int32 {
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

    /// Puts the file in its place, or what waited for it into standard output. Throws `ExportError`.
    func publish() throws(ExportError) {
        do { try file?.publish() } catch { throw .file(error) }
        guard let memory else { return }
        _ = memory.bytes.withUnsafeBytes { send($0) }
        if let error { throw error }
    }

    func withdraw() { file?.withdraw() }

    func cancel() { file?.cancel() }
}
