// The one place that knows which C library is underneath: whoever imports GNCABasics sees its functions.
// `environ` is a variable of C; nothing here changes it.
import CGNCASystem
import Synchronization

#if canImport(Glibc)
    @preconcurrency @_exported import Glibc
#else
    @preconcurrency @_exported import Darwin
#endif

/// What differs between Linux and macOS, and what every use of the C library repeats.
public enum Platform {
    /// Opens what a shell has closed of standard input, output and error (`2>&-`): the next file that is opened would take
    /// its place, and get what is meant for the user. Nothing can be read there, and writing to standard output stays the
    /// error that it was.
    public static func fillStandardDescriptors() {
        for (descriptor, mode) in [(STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY)] {
            // The lowest number that is free is the one that is missing.
            if fcntl(descriptor, F_GETFD) < 0 && errno == EBADF { _ = open("/dev/null", mode) }
        }
    }

    /// Why nothing can be written to standard output; nil where it can be.
    public static var standardOutputFault: SystemFault? {
        let flags = fcntl(STDOUT_FILENO, F_GETFL)
        return flags < 0 || flags & O_ACCMODE == O_RDONLY ? .failed(EBADF) : nil
    }

    /// The words after the program's name, whatever their bytes.
    public static let arguments: [String] = {
        let words = CommandLine.unsafeArgv
        return (1..<max(1, Int(CommandLine.argc))).compactMap { words[$0].map { SystemText.text($0) } }
    }()

    /// A variable of the environment.
    public static func variable(_ name: String) -> String? { getenv(name).map { SystemText.text($0) } }

    /// Sets a variable for libraries and for processes that are started from here; `replaces`: also where it is set already.
    public static func setVariable(_ name: String, to value: String, replaces: Bool = true) throws(SystemFault) {
        setenv(name, try SystemText.terminated(value), replaces ? 1 : 0)
    }

    /// Runs `body`, and gives the threads of this process the scheduling again that they had: where root runs them, some
    /// libraries take the highest real-time priority, and everything else on the machine waits for them.
    public static func keepingPriority<Value>(_ body: () -> Value) -> Value {
        #if os(Linux)
            let isUsual = sched_getscheduler(0) == SCHED_OTHER
            defer {
                if isUsual && sched_getscheduler(0) != SCHED_OTHER {
                    var usual = sched_param()
                    for thread in Paths.entries(of: "/proc/self/task").compactMap({ pid_t($0) }) {
                        sched_setscheduler(thread, SCHED_OTHER, &usual)
                    }
                }
            }
        #endif
        return body()
    }

    /// What the system says about an error number.
    public static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }

    /// Writes all bytes. Returns 0, or errno.
    public static func writeAll(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int32 {
        var done = 0
        while done < bytes.count {
            let count = write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
            if count > 0 {
                done += count
            } else if count < 0 && errno != EINTR {
                return errno
            } else if count == 0 {
                return EIO
            }
        }
        return 0
    }

    /// Reads until `buffer` is full or the file ends. Returns how many bytes there are, and 0 or errno.
    public static func readAll(
        _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer
    ) -> (count: Int, failure: Int32) {
        var done = 0
        while done < buffer.count {
            let count = read(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done)
            if count == 0 { break }
            if count < 0 && errno != EINTR { return (done, errno) }
            done += max(0, count)
        }
        return (done, 0)
    }

    /// Calls `handler` when the signal comes; `once`: for the first time only, and the second one has its usual effect.
    public static func listen(
        to signal: Int32, once: Bool, call handler: @escaping @convention(c) (Int32) -> Void
    ) {
        set(signal, handler, flags: (once ? Int32(bitPattern: UInt32(SA_RESETHAND)) : 0) | SA_RESTART)
    }

    /// Lets the system send `signal` to this process when the process that has started it is gone. False where no system
    /// can.
    public static func endWithParent(_ signal: Int32) -> Bool { csystem_end_with_parent(signal) }

    /// Whether a signal has no effect.
    public static func isIgnored(_ signal: Int32) -> Bool { disposition(of: signal) == 1 }

    /// What a signal does: 0 = its usual effect, 1 = nothing, else the address of a handler.
    private static func disposition(of signal: Int32) -> Int {
        var action = sigaction()
        sigaction(signal, nil, &action)
        #if canImport(Glibc)
            return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
        #else
            return unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self)
        #endif
    }

    /// How many of `wanted` files, pipes and the like this process may still open.
    public static func freeDescriptors(_ wanted: Int) -> Int {
        var descriptors: [Int32] = []
        while descriptors.count < wanted {
            let descriptor = dup(STDERR_FILENO)
            if descriptor < 0 { break }
            descriptors.append(descriptor)
        }
        for descriptor in descriptors { close(descriptor) }
        return descriptors.count
    }

    private static func set(_ signal: Int32, _ handler: (@convention(c) (Int32) -> Void)?, flags: Int32) {
        var action = sigaction()
        sigemptyset(&action.sa_mask)
        action.sa_flags = flags
        #if canImport(Glibc)
            action.__sigaction_handler.sa_handler = handler
        #else
            action.__sigaction_u.__sa_handler = handler
        #endif
        sigaction(signal, &action, nil)
    }

    /// The signal that came while signals were held; 0 = none.
    private static let heldSignal = Atomic<Int32>(0)

    /// Runs `body` to its end before a signal ends the process: for what is done in a moment, and must be done whole.
    /// Signals that somebody listens to or ignores stay theirs.
    public static func withSignalsHeld<Result>(_ body: () throws -> Result) rethrows -> Result {
        let deadly = [SIGHUP, SIGINT, SIGTERM, SIGXCPU].filter { disposition(of: $0) == 0 }
        for signal in deadly { set(signal, { Platform.heldSignal.store($0, ordering: .relaxed) }, flags: SA_RESTART) }
        defer {
            for signal in deadly { set(signal, SIG_DFL, flags: 0) }
            let signal = heldSignal.exchange(0, ordering: .relaxed)
            if signal != 0 { kill(getpid(), signal) }
        }
        return try body()
    }

    /// This program's own file. On Linux its link names it even when a new version has taken its place.
    public static let program: String = {
        #if canImport(Glibc)
            return "/proc/self/exe"
        #else
            var size: UInt32 = 0
            _NSGetExecutablePath(nil, &size)
            var path = [CChar](repeating: 0, count: Int(size))
            _NSGetExecutablePath(&path, &size)
            return SystemText.text(path)
        #endif
    }()

    /// Starts a program as the leader of a process group of its own, which reads nothing and says on `errors` alone what it
    /// says. `words`: its name and its arguments. Returns its process.
    public static func start(_ program: String, _ words: [String], errors: Int32) throws(SystemFault) -> pid_t {
        let program = try SystemText.terminated(program)
        var arguments: [UnsafeMutablePointer<CChar>?] = []
        defer { for argument in arguments { free(argument) } }
        for word in words { arguments.append(strdup(try SystemText.terminated(word))) }
        arguments.append(nil)
        #if canImport(Glibc)
            var (actions, attributes) = (posix_spawn_file_actions_t(), posix_spawnattr_t())
        #else
            var (actions, attributes): (posix_spawn_file_actions_t?, posix_spawnattr_t?)
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        posix_spawnattr_setpgroup(&attributes, 0)
        var process: pid_t = -1
        let failure = posix_spawn(&process, program, &actions, &attributes, &arguments, environ)
        guard failure == 0 else { throw .failed(failure) }
        return process
    }
}
