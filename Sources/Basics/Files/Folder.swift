import CGNCASystem

#if canImport(Glibc)
    typealias DirectoryListing = OpaquePointer
#else
    typealias DirectoryListing = UnsafeMutablePointer<DIR>
#endif

/// A folder that is held on to: what is done in it is done there, whatever its path has come to mean.
///
/// Names are single parts of paths. Part of what `FileSystem` is.
public final class Folder {
    let descriptor: Int32

    /// The folder at `path`.
    public init(_ path: String) throws(SystemFault) {
        descriptor = try FileSystem.pin(path, csystem_folder_flags())
    }

    /// The folder called `name` in another one.
    init(_ name: String, in folder: Folder) throws(SystemFault) {
        let name = try folder.part(name)
        let parent = folder.descriptor
        descriptor = try FileSystem.call { openat(parent, name, csystem_folder_flags() | O_NOFOLLOW) }
    }

    deinit { close(descriptor) }

    /// The folder that something with `path` is in, and its name there.
    static func holding(_ path: String) throws(SystemFault) -> (folder: Folder, name: String) {
        let (folder, name) = Paths.split(Paths.withoutSlashes(path))
        // These name a folder from within.
        if ["", ".", ".."].contains(name) { return (try Folder(path), ".") }
        return (try Folder(folder), name)
    }

    /// The name as C takes it. No name leads out of the folder.
    private func part(_ name: String) throws(SystemFault) -> [CChar] {
        guard !name.isEmpty, name != "..", !name.utf8.contains(UInt8(ascii: "/")) else { throw .failed(EINVAL) }
        return try SystemText.terminated(name)
    }

    /// Opens a file. Inside walls no link is followed.
    func open(_ name: String, _ flags: Int32, mode: mode_t = 0o666) throws(SystemFault) -> Int32 {
        let name = try part(name)
        let flags = flags | O_CLOEXEC | (Walls.areRaised ? O_NOFOLLOW : 0)
        return try FileSystem.call { openat(descriptor, name, flags, mode) }
    }

    /// What the system knows of a file, or of a link.
    func status(_ name: String) throws(SystemFault) -> stat {
        let name = try part(name)
        var status = stat()
        try FileSystem.call { fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) }
        return status
    }

    func makeFolder(_ name: String) throws(SystemFault) {
        let name = try part(name)
        try FileSystem.call { mkdirat(descriptor, name, 0o777) }
    }

    func removeFile(_ name: String) throws(SystemFault) {
        let name = try part(name)
        try FileSystem.call { unlinkat(descriptor, name, 0) }
    }

    func removeFolder(_ name: String) throws(SystemFault) {
        let name = try part(name)
        try FileSystem.call { unlinkat(descriptor, name, AT_REMOVEDIR) }
    }

    /// Gives a file another name, which replaces a file of that name.
    func move(_ name: String, to other: String, in folder: Folder) throws(SystemFault) {
        let (name, other) = (try part(name), try part(other))
        try FileSystem.call { renameat(descriptor, name, folder.descriptor, other) }
    }

    /// Gives a file another name, which must not be there yet.
    func moveToNew(_ name: String, to other: String, in folder: Folder) throws(SystemFault) {
        let (name, other) = (try part(name), try part(other))
        try FileSystem.call { csystem_move_to_new(descriptor, name, folder.descriptor, other) }
    }

    /// Two files swap their names.
    func exchange(_ name: String, _ other: String, in folder: Folder) throws(SystemFault) {
        let (name, other) = (try part(name), try part(other))
        try FileSystem.call { csystem_exchange(descriptor, name, folder.descriptor, other) }
    }

    /// Adds a name, which must not be there yet, to the file called `other` in `folder`.
    func addName(_ name: String, to other: String, in folder: Folder) throws(SystemFault) {
        let (name, other) = (try part(name), try part(other))
        try FileSystem.call { linkat(folder.descriptor, other, descriptor, name, 0) }
    }

    /// Whether something is marked so that nobody may change it or take its name away; ".": the folder.
    func isFixed(_ name: String) -> Bool { (try? part(name)).map { csystem_is_fixed(descriptor, $0) } ?? false }

    /// Whether it is on a disk of this machine.
    var isLocal: Bool { csystem_is_local(descriptor) }

    /// Bytes that a name in it may have.
    var longestName: Int {
        let limit = fpathconf(descriptor, Int32(_PC_NAME_MAX))
        return limit > 0 ? min(limit, 255) : 255
    }

    /// What `readdir` reads; the caller closes it.
    func listing() throws(SystemFault) -> DirectoryListing {
        let descriptor = try open(".", O_RDONLY | O_DIRECTORY)
        guard let listing = fdopendir(descriptor) else {
            close(descriptor)
            throw .failed(ENOMEM)
        }
        return listing
    }

    /// Names of what is in it, hidden files too, in no order.
    func names() throws(SystemFault) -> [String] {
        let listing = try listing()
        defer { closedir(listing) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(listing) else {
                if errno != 0 { throw .failed(errno) }
                return names
            }
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { SystemText.text($0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
    }

    /// Flushes what has happened in it to the disk.
    func flush() throws(SystemFault) {
        let descriptor: Int32
        // Who may write to a folder but not list it cannot flush it; there is nothing to do about it.
        do { descriptor = try open(".", O_RDONLY | O_DIRECTORY) } catch { return }
        defer { close(descriptor) }
        do { try FileSystem.call { fsync(descriptor) } } catch {
            // Nor about file systems that cannot.
            if error != .failed(EINVAL) { throw error }
        }
    }
}
