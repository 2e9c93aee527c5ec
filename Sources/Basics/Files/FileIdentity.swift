/// Which file a path means, however it is spelled: equal for two paths exactly where they mean the same file.
public enum FileIdentity: Hashable, Sendable {
    /// A file that is there, symbolic links followed: its device and its number.
    case file(device: UInt64, number: UInt64)
    /// A file that is not there yet: the nearest folder that is, and the names below it as the bytes that the system takes.
    case missing(device: UInt64, folder: UInt64, names: [[UInt8]])
    /// Not even a folder is there: the path's bytes.
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
        // The working folder itself may be gone.
        guard folder != path, !name.isEmpty else {
            self = .nowhere(SystemText.bytes(path))
            return
        }
        self.init(name: name, in: FileIdentity(folder))
    }

    /// The regular file behind an open descriptor; nil for a terminal, a pipe or a device.
    public init?(descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        self.init(status)
    }

    /// What is not there yet, called `name` in `folder`.
    private init(name: String, in folder: FileIdentity) {
        switch folder {
        case .file(let device, let number):
            self = name == "." ? folder : .missing(device: device, folder: number, names: [SystemText.bytes(name)])
        case .missing(let device, let number, let names):
            switch name {
            case ".": self = folder
            case "..":
                self =
                    names.count == 1
                    ? .file(device: device, number: number)
                    : .missing(device: device, folder: number, names: names.dropLast())
            default: self = .missing(device: device, folder: number, names: names + [SystemText.bytes(name)])
            }
        case .nowhere(let bytes): self = .nowhere(bytes + [UInt8(ascii: "/")] + SystemText.bytes(name))
        }
    }
}
