import CGNCASystem

/// The only place that hands paths to the system: as bytes (`SystemText`), inside the walls (`Walls`).
public enum FileSystem {
    /// Calls the system until no signal is in the way. Throws what it says.
    @discardableResult
    static func call(_ body: () -> Int32) throws(SystemFault) -> Int32 {
        while true {
            let result = body()
            if result >= 0 { return result }
            if errno != EINTR { throw .failed(errno) }
        }
    }

    // MARK: - What is there

    /// Opens a file for reading. Nothing is waited for: who opens a pipe finds it without bytes.
    public static func openForReading(_ path: String) throws(SystemFault) -> Int32 {
        let flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC
        guard Walls.areRaised else {
            let name = try SystemText.terminated(path)
            return try call { open(name, flags) }
        }
        let pinned = try pin(path, csystem_pin_flags(true))
        #if canImport(Glibc)
            // What was looked at is what is opened, whatever the path has come to mean.
            defer { close(pinned) }
            let name = FileSystem.path(of: pinned)
            return try call { open(name, flags) }
        #else
            return pinned
        #endif
    }

    /// What the system knows of a file; `followsLink`: of what a symbolic link leads to, rather than of the link.
    public static func status(_ path: String, followsLink: Bool = true) throws(SystemFault) -> stat {
        var status = stat()
        guard Walls.areRaised else {
            let name = try SystemText.terminated(path)
            try call { fstatat(AT_FDCWD, name, &status, followsLink ? 0 : AT_SYMLINK_NOFOLLOW) }
            return status
        }
        let pinned = try pin(path, csystem_pin_flags(followsLink))
        defer { close(pinned) }
        try call { fstat(pinned, &status) }
        return status
    }

    /// Whether there is something at the end of all links.
    public static func exists(_ path: String) -> Bool { (try? status(path)) != nil }

    /// Whether there is a file of bytes.
    public static func isFile(_ path: String) -> Bool { (try? status(path)).map { $0.st_mode & S_IFMT } == S_IFREG }

    /// Whether there is a folder.
    public static func isFolder(_ path: String) -> Bool { (try? status(path)).map { $0.st_mode & S_IFMT } == S_IFDIR }

    /// Throws where the user has not all of the rights `mode` (R_OK, W_OK, X_OK).
    public static func checkAccess(_ path: String, _ mode: Int32) throws(SystemFault) {
        if Walls.areRaised { close(try pin(path, csystem_pin_flags(true))) }
        let name = try SystemText.terminated(path)
        try call { access(name, mode) }
    }

    /// Whether the user may read it.
    public static func isReadable(_ path: String) -> Bool { (try? checkAccess(path, R_OK)) != nil }

    /// Names of what is in a folder, hidden files too, in no order.
    public static func names(in folder: String) throws(SystemFault) -> [String] { try Folder(folder).names() }

    /// The path without links, `.` and `..`; nil where it leads nowhere.
    public static func resolved(_ path: String) -> String? { resolved(path, within: Walls.current) }

    /// The same; nil also where it leads out of `walls`.
    static func resolved(_ path: String, within walls: Roots?) -> String? {
        guard let name = try? SystemText.terminated(path) else { return nil }
        guard walls != nil else {
            guard let resolved = realpath(name, nil) else { return nil }
            defer { free(resolved) }
            return SystemText.text(resolved)
        }
        guard let pinned = try? pin(path, csystem_pin_flags(true), within: walls) else { return nil }
        defer { close(pinned) }
        return place(of: pinned).map { SystemText.text($0) }
    }

    /// Makes `folder` the one that paths count from.
    public static func enter(_ folder: String) throws(SystemFault) {
        let folder = try Folder(folder)
        try call { fchdir(folder.descriptor) }
    }

    // MARK: - What changes

    /// Makes a folder.
    public static func makeFolder(_ path: String) throws(SystemFault) {
        let (folder, name) = try Folder.holding(path)
        try folder.makeFolder(name)
    }

    /// Removes a file, or a link.
    public static func removeFile(_ path: String) throws(SystemFault) {
        let (folder, name) = try Folder.holding(path)
        try folder.removeFile(name)
    }

    /// Removes an empty folder.
    public static func removeFolder(_ path: String) throws(SystemFault) {
        let (folder, name) = try Folder.holding(path)
        try folder.removeFolder(name)
    }

    /// Gives a file another name, which replaces a file of that name.
    public static func move(_ path: String, to other: String) throws(SystemFault) {
        let (folder, name) = try Folder.holding(path)
        let (otherFolder, otherName) = try Folder.holding(other)
        try folder.move(name, to: otherName, in: otherFolder)
    }

    // MARK: - Inside the walls

    /// A descriptor of what `path` means now, which keeps meaning that. Throws `SystemFault.outside`, before a byte is read.
    static func pin(
        _ path: String, _ flags: Int32, within walls: Roots? = Walls.current
    ) throws(SystemFault) -> Int32 {
        let name = try SystemText.terminated(path)
        let pinned: Int32
        do { pinned = try call { open(name, flags) } } catch {
            // Nor is it told what is missing outside.
            let parent = Paths.split(Paths.withoutSlashes(path)).folder
            if walls != nil && parent != path && error != .failed(EMFILE) {
                do { close(try pin(parent, csystem_folder_flags(), within: walls)) } catch .outside {
                    throw .outside
                } catch {}
            }
            throw error
        }
        guard let walls else { return pinned }
        // Without a word from the system there is no proof.
        guard let place = place(of: pinned), walls.contain(place) else {
            close(pinned)
            throw .outside
        }
        return pinned
    }

    /// What tells this start of this machine from all others, for every container on it.
    static let startOfMachine: [UInt8]? = {
        var buffer = [UInt8](repeating: 0, count: 64)
        #if canImport(Glibc)
            let file = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
            guard file >= 0 else { return nil }
            defer { close(file) }
            let count = read(file, &buffer, buffer.count)
        #else
            var count = buffer.count
            guard sysctlbyname("kern.bootsessionuuid", &buffer, &count, nil, 0) == 0 else { return nil }
        #endif
        return count > 0 ? Array(buffer[..<count]) : nil
    }()

    /// A path that opens an open file a second time.
    static func path(of descriptor: Int32) -> String {
        #if canImport(Glibc)
            return "/proc/self/fd/\(descriptor)"
        #else
            // What stands in /dev/fd shares its position.
            return place(of: descriptor).map { SystemText.text($0) } ?? "/dev/fd/\(descriptor)"
        #endif
    }

    /// Where the system says that an open file or folder is; nil where it does not say.
    static func place(of descriptor: Int32) -> [UInt8]? {
        // Of the type that C asks for: Swift 6.0 hands the place of an array of another sign over instead of its bytes.
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        #if canImport(Glibc)
            let length = readlink(path(of: descriptor), &buffer, buffer.count)
            guard length > 0, length < buffer.count else { return nil }
            buffer.removeLast(buffer.count - length)
        #else
            guard fcntl(descriptor, F_GETPATH, &buffer) == 0 else { return nil }
        #endif
        let place = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return place.first == UInt8(ascii: "/") ? place : nil
    }
}
