/// A file that appears under its name whole, or not at all.
///
/// Bytes go to a temporary file in the same folder (`OwnedFile`); `seal` flushes them to the disk, `publish` gives the file
/// its name and flushes the folder. Where the name is a symbolic link, the link itself is replaced; where it is a file,
/// that file's mode is kept. Used by one thread at a time.
public final class AtomicFile: Publishable {
    private let path: String
    private let folder: Folder
    private let file: OwnedFile
    private var placement: Placement
    /// The file that it will replace, if any.
    private let old: FileAttributes?
    private var isSealed = false
    /// errno of the first write or seek that failed; 0 = none.
    public private(set) var failure: Int32 = 0

    /// Opens the temporary file. Throws `WriteFault`.
    public init(path: String, overwrite: Bool) throws(WriteFault) {
        try AtomicFile.check(path, overwrite: overwrite)
        self.path = path
        do {
            let name: String
            (folder, name) = try Folder.holding(path)
            OwnedFile.removeStale(of: name, in: folder)
            file = try OwnedFile(for: name, in: folder)
            placement = Placement(
                path: path, from: folder, file.name.text, spare: TemporaryName(of: name, in: folder).text, to: folder,
                name, overwrite: overwrite)
            old = overwrite ? FileAttributes(of: name, in: folder) : nil
        } catch {
            throw .cannotCreate(file: path, reason: error.reason)
        }
        // What others may not read in the end, they may not read before.
        old?.give(to: file.descriptor, stillWritten: true)
    }

    deinit { cancel() }

    /// A path by which a library can open the unfinished file a second time.
    public var secondPath: String { FileSystem.path(of: file.descriptor) }

    /// Writes all bytes at the current position. Throws `WriteFault.writeFailed`.
    public func write(_ bytes: [UInt8]) throws(WriteFault) {
        let code = bytes.withUnsafeBytes { write($0) }
        guard code == 0 else { throw .writeFailed(file: path, reason: Platform.reason(code)) }
    }

    /// Writes all bytes at the current position. Returns 0, or errno.
    public func write(_ bytes: UnsafeRawBufferPointer) -> Int32 {
        if failure == 0 { failure = Platform.writeAll(file.descriptor, bytes) }
        return failure
    }

    /// Moves the position; `whence` as for lseek. Returns the new position, or -1.
    public func seek(to offset: Int, whence: Int32) -> Int {
        let position = lseek(file.descriptor, off_t(offset), whence)
        if position < 0 && failure == 0 { failure = errno }
        return Int(position)
    }

    /// The byte at `offset`, or nil.
    public func byte(at offset: Int) -> UInt8? {
        var byte: UInt8 = 0
        return pread(file.descriptor, &byte, 1, off_t(offset)) == 1 ? byte : nil
    }

    /// Flushes the bytes to the disk; the file then waits for `publish`. Throws `WriteFault.writeFailed`.
    public func seal() throws(WriteFault) {
        guard !isSealed else { return }
        old?.give(to: file.descriptor)
        if failure == 0 && fsync(file.descriptor) != 0 { failure = errno }
        guard failure == 0 else { throw .writeFailed(file: path, reason: Platform.reason(failure)) }
        isSealed = true
    }

    /// Puts the file in its place. Throws `WriteFault.writeFailed`, or `.existsAlready` where somebody else was faster.
    public func publish() throws(WriteFault) {
        do throws(WriteFault) {
            try seal()
            try placement.publish()
            do { try folder.flush() } catch { throw .writeFailed(file: path, reason: error.reason) }
        } catch {
            withdraw()
            cancel()
            throw error
        }
    }

    /// Takes the published file away again: what it replaced is back.
    public func withdraw() { placement.withdraw() }

    /// Lets go of what the published file has replaced; removes one that was not published.
    public func cancel() { placement.settle() }

    /// Publishes a file that stands for itself. Throws as `publish` does.
    public func commit() throws(WriteFault) {
        try publish()
        cancel()
    }

    /// Removes what runs that are gone have left of the output `path`, a file or a folder.
    public static func removeLeftovers(of path: String) {
        guard let (folder, name) = try? Folder.holding(path) else { return }
        OwnedFile.removeStale(of: name, in: folder)
    }

    /// Writes a whole file, as `Publication.write` does.
    public static func write(_ bytes: [UInt8], to path: String, overwrite: Bool) throws {
        try Publication.write([(path, bytes)], overwrite: overwrite)
    }
}
