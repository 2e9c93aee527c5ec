#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A folder of this run alone, which becomes the working folder: whatever appears there, a library has made.
enum EmptyFolder {
    private static let path: String = {
        var template = Array("/tmp/gnca-fuzz-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil, chdir(template) == 0 else { fatalError("no folder to work in") }
        return String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }()

    /// Begins to work there.
    static func enter() { _ = path }

    static var isEmpty: Bool {
        guard let folder = opendir(path) else { return false }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        return count <= 2  // itself and the folder above
    }
}
