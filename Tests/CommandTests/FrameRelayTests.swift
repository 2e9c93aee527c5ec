import GNCABasics
import GNCAExport
import GNCARaster
import Testing

@testable import gnca_render

/// Keeps the first byte of every frame.
private final class RecordingSink: FrameSink {
    private(set) var seen: [UInt8] = []
    private let failingAt: Int?

    init(failingAt: Int? = nil) { self.failingAt = failingAt }

    func append(_ frame: Frame) throws(ExportError) {
        if seen.count == failingAt { throw .file(.writeFailed(file: "film.mp4", reason: "No space left on device")) }
        seen.append(frame.bytes[0])
    }
    func finish() throws(ExportError) {}
    func publish() throws(ExportError) {}
    func withdraw() {}
    func cancel() {}
}

@Suite struct FrameRelayTests {
    private func sendAll(_ relay: FrameRelay, count: Int) throws {
        for index in 0..<count {
            let box = try relay.next()
            box.frame.bytes[0] = UInt8(index)
            relay.send(box)
        }
    }

    @Test(arguments: [1, 2, 3], [true, false])
    func everySinkSeesEveryFrameInOrder(sinkCount: Int, ownThreads: Bool) throws {
        let sinks = (0..<sinkCount).map { _ in RecordingSink() }
        let relay = FrameRelay(sinks: sinks, width: 2, height: 2, ownThreads: ownThreads)
        try sendAll(relay, count: 100)
        try relay.join()
        for sink in sinks { #expect(sink.seen == Array(0..<100)) }
    }

    @Test(arguments: [true, false])
    func theFirstFailureOfASinkReachesTheProducerAndNobodyWaitsForEver(ownThreads: Bool) {
        let sinks = [RecordingSink(), RecordingSink(failingAt: 5)]
        let relay = FrameRelay(sinks: sinks, width: 2, height: 2, ownThreads: ownThreads)
        #expect(throws: ExportError.file(.writeFailed(file: "film.mp4", reason: "No space left on device"))) {
            try sendAll(relay, count: 1_000)
        }
        #expect(throws: ExportError.self) { try relay.join() }
        #expect(sinks[1].seen == Array(0..<5))
    }

    @Test func aFailureInTheLastFramesIsReportedAtTheEnd() throws {
        let relay = FrameRelay(sinks: [RecordingSink(failingAt: 2)], width: 2, height: 2)
        try sendAll(relay, count: 3)
        #expect(throws: ExportError.self) { try relay.join() }
    }
}
