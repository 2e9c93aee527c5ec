/// A file that one process at a time holds. It stays when nobody does, empty; the system lets go of it when its holder ends,
/// however that is.
public final class LockFile {
    private let descriptor: Int32

    /// What came of taking one.
    public enum Taking {
        /// This process holds it as long as the object lives.
        case taken(LockFile)
        /// Somebody else holds it.
        case busy
        /// The file cannot be made or opened.
        case failed(SystemFault)
        /// The file system has no locks.
        case unknown
    }

    private init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Lets the process hold as many files at once as the system allows, which is more than is usual.
    public static func expectMany() {
        #if canImport(Glibc)
            let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
            let most = rlim_t.max
        #else
            let files = RLIMIT_NOFILE
            let most = rlim_t(OPEN_MAX)
        #endif
        var limits = rlimit()
        guard getrlimit(files, &limits) == 0, limits.rlim_cur < limits.rlim_max else { return }
        limits.rlim_cur = min(limits.rlim_max, most)
        _ = setrlimit(files, &limits)
    }

    /// Takes the file at `path`, which is made where it is not there; waits for nobody.
    public static func take(_ path: String) -> Taking {
        let descriptor: Int32
        do throws(SystemFault) {
            let (folder, name) = try Folder.holding(path)
            descriptor = try folder.open(name, O_RDWR | O_CREAT | O_NOFOLLOW)
        } catch {
            return .failed(error)
        }
        let lock = LockFile(descriptor)
        do throws(SystemFault) {
            try FileSystem.call { flock(descriptor, LOCK_EX | LOCK_NB) }
            return .taken(lock)
        } catch {
            switch error {
            case .failed(EWOULDBLOCK): return .busy
            // Network file systems without a lock manager.
            case .failed(ENOLCK), .failed(ENOTSUP), .failed(EOPNOTSUPP), .failed(ENOSYS), .failed(EINVAL):
                return .unknown
            default: return .failed(error)
            }
        }
    }
}
