/// Patterns with * ? [ ], as a shell has them.
extension FileSystem {
    /// Paths that match, in no order.
    public static func paths(matching pattern: String) -> [String] {
        guard let pattern = try? SystemText.terminated(pattern) else { return [] }
        var found = glob_t()
        defer { globfree(&found) }
        // The library looks through these, and so through no wall.
        found.gl_opendir = { path in
            guard let path, let folder = try? Folder(SystemText.text(path)), let listing = try? folder.listing() else {
                return nil
            }
            return UnsafeMutableRawPointer(listing)
        }
        found.gl_closedir = { listing in if let listing { closedir(FileSystem.listing(listing)) } }
        #if canImport(Glibc)
            found.gl_readdir = { listing in
                listing.flatMap { readdir(FileSystem.listing($0)) }.map { UnsafeMutableRawPointer($0) }
            }
            found.gl_stat = { path, status in
                FileSystem.look(path, status?.assumingMemoryBound(to: stat.self), followsLink: true)
            }
            found.gl_lstat = { path, status in
                FileSystem.look(path, status?.assumingMemoryBound(to: stat.self), followsLink: false)
            }
        #else
            found.gl_readdir = { listing in listing.flatMap { readdir(FileSystem.listing($0)) } }
            found.gl_stat = { path, status in FileSystem.look(path, status, followsLink: true) }
            found.gl_lstat = { path, status in FileSystem.look(path, status, followsLink: false) }
        #endif
        guard glob(pattern, GLOB_NOSORT | GLOB_ALTDIRFUNC, nil, &found) == 0 else { return [] }
        return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { SystemText.text($0) } }
    }

    /// Whether `text` as a whole matches; * matches / too.
    public static func matches(_ text: String, _ pattern: String) -> Bool {
        guard let text = try? SystemText.terminated(text), let pattern = try? SystemText.terminated(pattern) else {
            return false
        }
        return fnmatch(pattern, text, 0) == 0
    }

    private static func listing(_ pointer: UnsafeMutableRawPointer) -> DirectoryListing {
        #if canImport(Glibc)
            return OpaquePointer(pointer)
        #else
            return pointer.assumingMemoryBound(to: DIR.self)
        #endif
    }

    private static func look(
        _ path: UnsafePointer<CChar>?, _ status: UnsafeMutablePointer<stat>?, followsLink: Bool
    ) -> Int32 {
        guard let path, let status else { return -1 }
        do {
            status.pointee = try FileSystem.status(SystemText.text(path), followsLink: followsLink)
            return 0
        } catch {
            // What lies outside is not there.
            errno = if case .failed(let code) = error { code } else { ENOENT }
            return -1
        }
    }
}
