import GNCABasics

/// What every YAML file of this program has to keep to.
enum YAMLFile {
    /// Bytes.
    static let largestSize = 1 << 20
    static let deepestNesting = 16

    /// The text of the file at `path`.
    static func text(of path: String) throws(YAMLFileError) -> String {
        let bytes = try contents(of: path)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw YAMLFileError(file: path, line: nil, reason: "is not UTF-8 text")
        }
        return text
    }

    private static func contents(of path: String) throws(YAMLFileError) -> [UInt8] {
        func failure(_ reason: String) -> YAMLFileError { YAMLFileError(file: path, line: nil, reason: reason) }
        // Not blocking: opening a pipe that nobody writes to would wait for ever.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("cannot be read: \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw failure("is no regular file")
        }
        guard status.st_size <= largestSize else {
            throw failure("is too large (got \(status.st_size) bytes, limit \(largestSize))")
        }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes { unsafe in
                Self.read(descriptor, into: UnsafeMutableRawBufferPointer(rebasing: unsafe[count...]))
            }
            guard got > 0 else { break }
            count += got
        }
        guard count == bytes.count else { throw failure("cannot be read: \(String(cString: strerror(errno)))") }
        return bytes
    }

    private static func read(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        #if canImport(Glibc)
            Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        #else
            Darwin.read(descriptor, buffer.baseAddress, buffer.count)
        #endif
    }
}

/// A YAML file that cannot be read: the file, the line (from 1) where there is one, and a sentence.
struct YAMLFileError: Error, Equatable, CustomStringConvertible {
    let file: String
    let line: Int?
    let reason: String

    var description: String {
        if let line { "\(file):\(line): \(reason)" } else { "\(file): \(reason)" }
    }
}
