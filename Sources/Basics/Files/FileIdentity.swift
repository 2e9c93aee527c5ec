/// Which file a path means, however it is spelled: equal for two paths exactly where they mean the same file.
public enum FileIdentity: Hashable, Sendable {
    /// A file that is there, symbolic links followed: its device and its number.
    case file(device: UInt64, number: UInt64)
    /// A file that is not there yet: its folder, and its name as the bytes that the system takes.
    case missing(device: UInt64, folder: UInt64, name: [UInt8])
    /// Neither the file nor its folder is there: the path's bytes.
    case nowhere([UInt8])

    /// The file that the system knows this of.
    init(_ status: stat) {
        self = .file(device: UInt64(truncatingIfNeeded: status.st_dev), number: UInt64(status.st_ino))
    }

    /// The file that `path` means now.
    public init(_ path: String) {
        // A link that leads nowhere is a file of its own.
        if let status = (try? FileSystem.status(path)) ?? (try? FileSystem.status(path, followsLink: false)) {
            self.init(status)
            return
        }
        let (folder, name) = Paths.split(Paths.withoutSlashes(path))
        if let status = try? FileSystem.status(folder) {
            self = .missing(
                device: UInt64(truncatingIfNeeded: status.st_dev), folder: UInt64(status.st_ino),
                name: SystemText.bytes(name))
        } else {
            self = .nowhere(SystemText.bytes(path))
        }
    }
}
