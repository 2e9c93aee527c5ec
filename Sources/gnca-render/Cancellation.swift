import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// SIGINT and SIGTERM as a flag that the loop looks at between frames. A second signal ends the program at once.
enum Cancellation {
    /// The signal that came; 0 = none.
    private static let received = Atomic<Int32>(0)

    /// Starts to listen.
    static func install() {
        // A parent that blocks signals in its threads hands that down.
        var wanted = sigset_t()
        sigemptyset(&wanted)
        for signalNumber in [SIGINT, SIGTERM] { sigaddset(&wanted, signalNumber) }
        pthread_sigmask(SIG_UNBLOCK, &wanted, nil)
        for signalNumber in [SIGINT, SIGTERM] {
            var action = sigaction()
            sigemptyset(&action.sa_mask)
            // The handler is reset on entry: the next signal of the kind has its usual effect.
            action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND)) | SA_RESTART
            let handler: @convention(c) (Int32) -> Void = { Cancellation.received.store($0, ordering: .relaxed) }
            #if canImport(Glibc)
                action.__sigaction_handler.sa_handler = handler
            #else
                action.__sigaction_u.__sa_handler = handler
            #endif
            sigaction(signalNumber, &action, nil)
        }
    }

    /// The signal that asked for an end, if any.
    static var signal: Int32? {
        let number = received.load(ordering: .relaxed)
        return number == 0 ? nil : number
    }
}
