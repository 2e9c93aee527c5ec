import GNCABasics

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
        guard pipe(&ends) == 0 else { throw .cannotStart(.failed(errno)) }
        // A second child must not hold the first one's pipe open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        do throws(SystemFault) {
            defer { close(ends[1]) }
            try Platform.setVariable(Cancellation.parentVariable, to: "\(getpid())")
            pid = try Platform.start(Platform.program, ["gnca-render"] + arguments, errors: ends[1])
        } catch {
            close(ends[0])
            throw .cannotStart(error)
        }
        errors = ends[0]
    }

    deinit { close(errors) }

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
        let last = String(decoding: said, as: UTF8.self).scalarLines.last { !$0.isEmpty } ?? ""
        return last.without(beginning: "gnca-render: ") ?? last
    }
}

/// Waits until one of `children` has something to say, at most a fifth of a second. Returns their indices.
func waitForWords(of children: [ChildProcess]) -> [Int] {
    var wanted = children.map { pollfd(fd: $0.errors, events: Int16(POLLIN), revents: 0) }
    guard poll(&wanted, nfds_t(wanted.count), 200) > 0 else { return [] }
    return wanted.indices.filter { wanted[$0].revents != 0 }
}
