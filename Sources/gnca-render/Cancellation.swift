import GNCABasics
import Synchronization

/// Signals that ask for an end, as a flag that the loop looks at between frames. A second one ends the program at once, but
/// for SIGXCPU, which comes every second.
enum Cancellation {
    /// The environment variable by which a batch tells its children who they belong to.
    static let parentVariable = "GNCA_RENDER_BATCH"

    /// From the user, from the system that goes down, from the terminal that is closed, and from a limit on the CPU's time.
    static let signals = [SIGINT, SIGTERM, SIGHUP, SIGXCPU]

    /// The signal that came; 0 = none.
    private static let received = Atomic<Int32>(0)

    /// Starts to listen.
    static func install() {
        // What nohup has told the program to ignore stays ignored.
        let wanted = signals.filter { $0 != SIGHUP || !Platform.isIgnored($0) }
        // A parent that blocks signals in its threads hands that down.
        var mask = sigset_t()
        sigemptyset(&mask)
        for number in wanted { sigaddset(&mask, number) }
        pthread_sigmask(SIG_UNBLOCK, &mask, nil)
        for number in wanted {
            Platform.listen(to: number, once: number != SIGXCPU) {
                // The first one decides.
                _ = Cancellation.received.compareExchange(expected: 0, desired: $0, ordering: .relaxed)
            }
        }
    }

    /// The signal that asked for an end, if any.
    static var signal: Int32? {
        let number = received.load(ordering: .relaxed)
        return number == 0 ? nil : number
    }

    /// A job of a batch gets SIGTERM when the batch is gone: one that was killed cannot send any.
    static func endWithBatch() {
        guard let batch = Platform.variable(parentVariable).flatMap({ pid_t($0) }) else { return }
        if !Platform.endWithParent(SIGTERM) {
            _ = WorkThread {
                while getppid() == batch { sleep(1) }
                kill(getpid(), SIGTERM)
            }
        }
        // It may be gone already.
        if getppid() != batch { kill(getpid(), SIGTERM) }
    }

    /// "SIGTERM"
    static func name(_ signal: Int32) -> String {
        switch signal {
        case SIGINT: "SIGINT"
        case SIGHUP: "SIGHUP"
        case SIGXCPU: "SIGXCPU"
        default: "SIGTERM"
        }
    }
}
