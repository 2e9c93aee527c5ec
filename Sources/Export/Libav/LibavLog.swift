import CGNCALibav
import Synchronization

/// What libav's encoders and muxers say of their work: nobody hears it unless somebody asks.
public enum LibavLog {
    private static let receiver = Mutex<(@Sendable (String) -> Void)?>(nil)

    /// Sends libav's warnings and errors to `receive`, a line a call, from whatever thread they come.
    public static func forward(to receive: @escaping @Sendable (String) -> Void) {
        receiver.withLock { $0 = receive }
        clibav_set_log { _, line in
            guard let line else { return }
            LibavLog.receiver.withLock { $0 }?(String(cString: line))
        }
    }
}
