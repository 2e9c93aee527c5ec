import GNCABasics
import Synchronization

/// SIGINT and SIGTERM as a flag that the loop looks at between frames. A second signal ends the program at once.
enum Cancellation {
    /// The environment variable by which a batch tells its children who they belong to.
    static let parentVariable = "GNCA_RENDER_BATCH"

    /// The signal that came; 0 = none.
    private static let received = Atomic<Int32>(0)
    /// The batch whose job this is; 0 = none.
    private static let parent = Atomic<pid_t>(0)

    /// Starts to listen.
    static func install() {
        if let text = Platform.variable(parentVariable) { parent.store(pid_t(text) ?? 0, ordering: .relaxed) }
        // A parent that blocks signals in its threads hands that down.
        var wanted = sigset_t()
        sigemptyset(&wanted)
        for signalNumber in [SIGINT, SIGTERM] { sigaddset(&wanted, signalNumber) }
        pthread_sigmask(SIG_UNBLOCK, &wanted, nil)
        for signalNumber in [SIGINT, SIGTERM] {
            Platform.once(signalNumber) { Cancellation.received.store($0, ordering: .relaxed) }
        }
    }

    /// The signal that asked for an end, if any. A batch that was killed cannot send one: its children notice that they
    /// have another parent.
    static var signal: Int32? {
        let number = received.load(ordering: .relaxed)
        if number != 0 { return number }
        let batch = parent.load(ordering: .relaxed)
        return batch != 0 && getppid() != batch ? SIGTERM : nil
    }
}
