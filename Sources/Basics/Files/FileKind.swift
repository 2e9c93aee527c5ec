/// What stands under a name, as messages call it.
enum FileKind: String {
    case file = "a file"
    case link = "a symbolic link"
    case folder = "a folder"
    case pipe = "a pipe"
    case socket = "a socket"
    case device = "a device"
    case unknown = "something else"

    init(_ status: stat) {
        self =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFLNK: .link
            case S_IFDIR: .folder
            case S_IFIFO: .pipe
            case S_IFSOCK: .socket
            case S_IFCHR, S_IFBLK: .device
            default: .unknown
            }
    }

    /// Whether an output may take its place.
    var isReplaceable: Bool { self == .file || self == .link }
}
