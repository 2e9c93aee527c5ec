import Dispatch
import GNCABasics
import GNCAExport
import GNCARaster

/// Carries frames from the one producer to every sink, each on a thread of its own, so that encoding overlaps simulation.
///
/// A fixed number of frames circulates: the producer waits for a free one, and a frame is free again when every sink
/// has encoded it. That bounds memory and stops anybody from running ahead. A sink for which the system has no thread encodes
/// on the producer's.
///
/// `@unchecked Sendable`: `free`, `failure` and each lane's queue are touched under `lock` only; a sink is used by its own thread
/// until `join` returns; a box is written by the producer only while no sink holds it.
final class FrameRelay: @unchecked Sendable {
    /// One circulating frame.
    final class Box: @unchecked Sendable {
        var frame: Frame
        /// Whether the producer has drawn on it before.
        var isDrawn = false
        /// Sinks that have yet to encode it. Under the relay's lock.
        fileprivate var readers = 0

        init(_ frame: Frame) { self.frame = frame }
    }

    private final class Lane: @unchecked Sendable {
        let sink: any FrameSink
        var pending: [Box] = []
        let filled = DispatchSemaphore(value: 0)
        /// nil where the producer encodes.
        var thread: WorkThread?

        init(_ sink: any FrameSink) { self.sink = sink }
    }

    private let lanes: [Lane]
    // A queue rather than a Mutex, of which the thread sanitizer sees nothing on Linux.
    private let lock = DispatchQueue(label: "frames")
    private var free: [Box]
    private let freed: DispatchSemaphore
    private var failure: ExportError?

    /// Frames in circulation: one being drawn, one being encoded, one between them.
    static let capacity = 3

    /// `ownThreads`: whether sinks get threads of their own where the system has them.
    init(sinks: [any FrameSink], width: Int, height: Int, ownThreads: Bool = true) {
        lanes = sinks.map(Lane.init)
        free = (0..<Self.capacity).map { _ in Box(Frame(width: width, height: height)) }
        // Counted up from 0: a semaphore must not end below the value it was made with.
        freed = DispatchSemaphore(value: 0)
        for _ in 0..<Self.capacity { freed.signal() }
        guard ownThreads else { return }
        for lane in lanes { lane.thread = WorkThread { self.drain(lane) } }
    }

    /// Waits for a free frame. Throws the first error of any sink.
    func next() throws(ExportError) -> Box {
        freed.wait()
        let (box, failure) = lock.sync { (free.removeLast(), self.failure) }
        if let failure { throw failure }
        return box
    }

    /// Hands a drawn frame to every sink.
    func send(_ box: Box) {
        lock.sync {
            box.readers = lanes.count
            for lane in lanes where lane.thread != nil { lane.pending.append(box) }
        }
        for lane in lanes where lane.thread != nil { lane.filled.signal() }
        for lane in lanes where lane.thread == nil { encode(box, lane) }
    }

    /// No more frames: waits until every sink has encoded what it was sent. Throws the first error of any sink.
    func join() throws(ExportError) {
        // A signal without a frame ends a lane.
        for lane in lanes {
            lane.filled.signal()
            lane.thread?.join()
        }
        if let failure { throw failure }
    }

    /// One sink's thread.
    private func drain(_ lane: Lane) {
        while let box = take(from: lane) { encode(box, lane) }
    }

    /// After an error frames are only passed back, so that nobody waits for them.
    private func encode(_ box: Box, _ lane: Lane) {
        if lock.sync(execute: { failure == nil }) {
            do throws(ExportError) {
                try lane.sink.append(box.frame)
            } catch {
                lock.sync { failure = failure ?? error }
            }
        }
        release(box)
    }

    private func take(from lane: Lane) -> Box? {
        lane.filled.wait()
        return lock.sync { lane.pending.isEmpty ? nil : lane.pending.removeFirst() }
    }

    private func release(_ box: Box) {
        let isFree = lock.sync {
            box.readers -= 1
            if box.readers == 0 { free.append(box) }
            return box.readers == 0
        }
        if isFree { freed.signal() }
    }
}
