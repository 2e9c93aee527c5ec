/// Reads whole files that strangers made: pictures, checkpoints.
public enum FileBytes {
    /// The file's bytes, at most `limit` of them.
    ///
    /// Regular files only: a FIFO would wait for ever, a device never end. Read into memory rather than mapped, because
    /// a mapped file that shrinks kills the program. Throws a sentence without the file's name.
    public static func read(_ path: String, limit: Int) throws(FileFault) -> [UInt8] {
        let descriptor: Int32
        do { descriptor = try FileSystem.openForReading(path) } catch { throw FileFault(opening: error) }
        defer { close(descriptor) }

        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileFault(reading: errno) }
        let kind = FileKind(status)
        guard kind == .file else { throw FileFault("not a regular file (got \(kind.rawValue), expected a file)") }
        guard status.st_size <= limit else {
            throw FileFault("the file is too large (got \(status.st_size) bytes, limit \(limit))")
        }
        guard status.st_size > 0 else { throw FileFault("the file is empty") }
        return try readAll(descriptor, size: Int(status.st_size))
    }

    /// Reads `size` bytes, fewer where the file has shrunk meanwhile.
    private static func readAll(_ descriptor: Int32, size: Int) throws(FileFault) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            (count, failure) = Platform.readAll(descriptor, into: UnsafeMutableRawBufferPointer(buffer))
        }
        guard failure == 0 else { throw FileFault(reading: failure) }
        return bytes
    }
}
