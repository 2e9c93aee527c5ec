import Dispatch

/// Pieces of work on several threads. What comes of a piece depends on its number alone, and so does what comes of all.
public enum InParallel {
    /// `work` of 0..<count, in order. `threads`: at most so many work at a time; `each`: called after each piece, on any
    /// thread, but never twice at once.
    public static func map<Value: Sendable>(
        _ count: Int, threads: Int, each: @escaping @Sendable () -> Void = {}, _ work: @Sendable (Int) -> Value
    ) -> [Value] {
        let results = ResultSlots<Value>(count: count, each: each)
        let threads = max(1, min(threads, count))
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            for index in stride(from: thread, to: count, by: threads) { results.set(index, work(index)) }
        }
        return results.all
    }
}

/// Results of several threads.
private final class ResultSlots<Value: Sendable>: @unchecked Sendable {
    // Guarded by `queue`.
    private var slots: [Value?]
    private let queue = DispatchQueue(label: "results")
    private let each: @Sendable () -> Void

    init(count: Int, each: @escaping @Sendable () -> Void) {
        slots = [Value?](repeating: nil, count: count)
        self.each = each
    }

    func set(_ index: Int, _ value: Value) {
        queue.sync {
            slots[index] = value
            each()
        }
    }
    var all: [Value] { queue.sync { slots.compactMap { $0 } } }
}
