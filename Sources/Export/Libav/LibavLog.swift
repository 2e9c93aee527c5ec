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

    /// What libav says on this thread while `body` runs, without the names of its objects.
    static func lines(_ body: () -> Void) -> [String] {
        let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
            clibav_keep_log(buffer.baseAddress, buffer.count)
            body()
            clibav_keep_log(nil, 0)
            return buffer.baseAddress.map { String(cString: $0) } ?? ""
        }
        return text.scalarLines.filter { !$0.isEmpty }.map { line in
            // "[libx264 @ 0x5581] bad value ..."
            line.begins(with: "[")
                ? line.cut(at: "]").map { String($0.behind.unicodeScalars.dropFirst()) } ?? line : line
        }
    }
}
