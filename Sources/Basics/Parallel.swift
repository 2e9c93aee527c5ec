import Dispatch

/// Work that threads share, and whose results do not depend on how many there are.
public enum Parallel {
    /// `work` of 0..<count, in this order. `each`: told after each of them how many are done, on any thread, but never
    /// twice at once. The first error ends the work and is thrown.
    public static func map<Value: Sendable, Failure: Error>(
        _ count: Int, threads: Int, each: @Sendable (_ done: Int) throws(Failure) -> Void,
        work: @Sendable (_ index: Int) throws(Failure) -> Value
    ) throws(Failure) -> [Value] {
        let results = SharedResults<Value, Failure>(count: count)
        DispatchQueue.concurrentPerform(iterations: max(1, min(threads, count))) { _ in
            while let index = results.next() {
                do throws(Failure) {
                    results.set(index, try work(index), each)
                } catch {
                    results.stop(error)
                }
            }
        }
        return try results.all()
    }
}

/// What several threads take from and put into.
private final class SharedResults<Value: Sendable, Failure: Error>: @unchecked Sendable {
    // Guarded by `queue`.
    private var values: [Value?]
    private var taken = 0
    private var done = 0
    private var failure: Failure?
    private let queue = DispatchQueue(label: "results")

    init(count: Int) { values = [Value?](repeating: nil, count: count) }

    /// The next index; nil where there is none, or something has failed.
    func next() -> Int? {
        queue.sync {
            guard failure == nil, taken < values.count else { return nil }
            defer { taken += 1 }
            return taken
        }
    }

    func set(_ index: Int, _ value: Value, _ each: (Int) throws(Failure) -> Void) {
        queue.sync {
            values[index] = value
            done += 1
            guard failure == nil else { return }
            do throws(Failure) { try each(done) } catch { failure = error }
        }
    }

    func stop(_ error: Failure) { queue.sync { failure = failure ?? error } }

    func all() throws(Failure) -> [Value] {
        if let failure = queue.sync(execute: { failure }) { throw failure }
        return queue.sync { values.compactMap { $0 } }
    }
}
