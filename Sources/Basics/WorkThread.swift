/// A thread that runs one function to its end.
///
/// Not a queue of Dispatch: where the system has no thread left, that waits for one for ever.
public final class WorkThread {
    private let thread: pthread_t

    /// nil where the system has no thread left.
    public init?(_ body: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Box(body))
        #if canImport(Glibc)
            var thread = pthread_t()
            let failure = pthread_create(&thread, nil, { WorkThread.run($0) }, box.toOpaque())
            let started: pthread_t? = thread
        #else
            var started: pthread_t?
            let failure = pthread_create(&started, nil, { WorkThread.run($0) }, box.toOpaque())
        #endif
        guard failure == 0, let started else {
            box.release()
            return nil
        }
        self.thread = started
    }

    /// Waits for the end. To be called once.
    public func join() { pthread_join(thread, nil) }

    /// How many of `wanted` threads the system has at this moment.
    public static func available(_ wanted: Int) -> Int {
        let gate = Gate()
        var threads: [WorkThread] = []
        while threads.count < wanted, let thread = WorkThread({ gate.wait() }) { threads.append(thread) }
        gate.open()
        for thread in threads { thread.join() }
        return threads.count
    }

    private final class Box: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private static func run(_ box: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        if let box { Unmanaged<Box>.fromOpaque(box).takeRetainedValue().body() }
        return nil
    }
}

/// What threads wait at until all of them are there.
///
/// `@unchecked Sendable`: the lock is made for that.
private final class Gate: @unchecked Sendable {
    private let lock: UnsafeMutablePointer<pthread_mutex_t>

    init() {
        lock = .allocate(capacity: 1)
        pthread_mutex_init(lock, nil)
        pthread_mutex_lock(lock)
    }

    deinit {
        pthread_mutex_destroy(lock)
        lock.deallocate()
    }

    func wait() {
        pthread_mutex_lock(lock)
        pthread_mutex_unlock(lock)
    }

    func open() { pthread_mutex_unlock(lock) }
}
