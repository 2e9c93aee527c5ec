// `environ` is a variable of C; nothing here changes it.
#if canImport(Glibc)
    @preconcurrency import Glibc
#else
    @preconcurrency import Darwin
#endif

/// One job in a process of its own: a run of this same program.
///
/// It leads a process group, so that Ctrl-C reaches the batch only, which passes it on once.
final class ChildProcess {
    enum Ending: Equatable {
        case exit(Int32)
        case signal(Int32)
    }

    private let pid: pid_t
    /// What the child says on standard error arrives here.
    let errors: Int32
    private var said: [UInt8] = []
    /// How much of it is kept, bytes.
    private static let longestMessage = 1 << 14

    /// Starts the program. Throws `CommandError.cannotStart`.
    init(_ arguments: [String]) throws(CommandError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .cannotStart(code: errno) }
        // A second child must not hold the first one's pipe open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        #if canImport(Glibc)
            var (actions, attributes) = (posix_spawn_file_actions_t(), posix_spawnattr_t())
        #else
            var (actions, attributes): (posix_spawn_file_actions_t?, posix_spawnattr_t?)
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        posix_spawnattr_setpgroup(&attributes, 0)
        var words: [UnsafeMutablePointer<CChar>?] = (["gnca-render"] + arguments).map { strdup($0) } + [nil]
        setenv(Cancellation.parentVariable, "\(getpid())", 1)
        var pid: pid_t = 0
        let code = posix_spawn(&pid, Self.program, &actions, &attributes, &words, environ)
        for word in words { free(word) }
        posix_spawn_file_actions_destroy(&actions)
        posix_spawnattr_destroy(&attributes)
        close(ends[1])
        guard code == 0 else {
            close(ends[0])
            throw .cannotStart(code: code)
        }
        self.pid = pid
        errors = ends[0]
    }

    deinit { close(errors) }

    /// This program's own file. On Linux its link names it even when a new version has taken its place.
    private static let program: String = {
        #if canImport(Glibc)
            return "/proc/self/exe"
        #else
            var size: UInt32 = 0
            _NSGetExecutablePath(nil, &size)
            var path = [CChar](repeating: 0, count: Int(size))
            _NSGetExecutablePath(&path, &size)
            return String(decoding: path.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        #endif
    }()

    func send(_ signal: Int32) { kill(pid, signal) }

    /// Takes what the child has said. Returns false when it has closed its end, which it does by ending.
    func listen() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(errors, &buffer, buffer.count)
        if count < 0 { return errno == EINTR }
        said += buffer[..<count]
        if said.count > Self.longestMessage { said.removeFirst(said.count - Self.longestMessage) }
        return count > 0
    }

    /// Waits for the end.
    func wait() -> Ending {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
        return status & 0x7f == 0 ? .exit((status >> 8) & 0xff) : .signal(status & 0x7f)
    }

    /// The last line the child said, without the program's name.
    var lastWords: String {
        let lines = String(decoding: said, as: UTF8.self).split(whereSeparator: \.isNewline)
        let last = lines.last.map(String.init) ?? ""
        return last.hasPrefix("gnca-render: ") ? String(last.dropFirst(13)) : last
    }
}

/// Waits until one of `children` has something to say, at most a fifth of a second. Returns their indices.
func waitForWords(of children: [ChildProcess]) -> [Int] {
    var wanted = children.map { pollfd(fd: $0.errors, events: Int16(POLLIN), revents: 0) }
    guard poll(&wanted, nfds_t(wanted.count), 200) > 0 else { return [] }
    return wanted.indices.filter { wanted[$0].revents != 0 }
}
