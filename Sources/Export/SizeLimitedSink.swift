import GNCABasics
import GNCARaster

/// A sink that knows how long its output is once it is finished.
protocol MeasuredSink: FrameSink {
    /// Bytes.
    var byteCount: Int { get }
}

/// Makes a film that is at most so many bytes long: the drawn frames wait in memory, run-length encoded, and are encoded
/// again and again until they fit.
final class SizeLimitedSink: FrameSink {
    /// Opens one attempt: of a film of other size or rate, with a quality or colours.
    typealias Start = (_ film: FilmDescription, _ sacrifice: Sacrifice) throws(ExportError) -> any MeasuredSink

    /// Bytes of waiting frames.
    static let spoolLimit = 2 << 30

    private let name: String
    private let film: FilmDescription
    private let limit: Int
    private let plan: SacrificePlan
    private let start: Start
    private var spool: FrameSpool
    private var chosen: (sink: any MeasuredSink, sacrifice: Sacrifice)?
    private var smallest = Int.max
    private var chapters: [Chapter] = []
    private var shouldStop: @Sendable () -> Bool = { false }

    /// `name`: the output's; `limit`: bytes.
    init(_ name: String, _ film: FilmDescription, limit: Int, plan: SacrificePlan, start: @escaping Start) {
        self.name = name
        self.film = film
        self.limit = limit
        self.plan = plan
        self.start = start
        spool = FrameSpool(width: film.width, height: film.height)
    }

    var notes: [String] {
        guard let chosen else { return [] }
        return [
            "\(name): \(chosen.sink.byteCount) of at most \(limit) bytes, "
                + chosen.sacrifice.sentence(description(chosen.sacrifice))
        ]
    }

    func watch(_ shouldStop: @escaping @Sendable () -> Bool) { self.shouldStop = shouldStop }

    func append(_ frame: Frame) throws(ExportError) {
        spool.add(frame) { _, _ in }
        guard spool.size <= Self.spoolLimit else {
            throw .invalid("\(name): the film is too long for a search of its size (leave the greatest size out)")
        }
    }

    func mark(_ chapters: [Chapter]) { self.chapters = chapters }

    func finish() throws(ExportError) {
        for stage in plan.stages {
            if let found = try best(of: stage) {
                chosen = found
                return
            }
        }
        throw .invalid("\(name) cannot be made as small as \(limit) bytes (the smallest attempt has \(smallest))")
    }

    func publish() throws(ExportError) {
        do { try chosen?.sink.publish() } catch let error as ExportError { throw error } catch {
            throw .encoding(file: name, reason: "\(error)")
        }
    }

    func withdraw() { chosen?.sink.withdraw() }

    func cancel() { chosen?.sink.cancel() }

    /// The best of a stage that fits; nil where none does. The first is tried first, then the last, then what lies between.
    private func best(of stage: [Sacrifice]) throws(ExportError) -> (sink: any MeasuredSink, sacrifice: Sacrifice)? {
        guard let first = stage.first, let last = stage.last else { return nil }
        if let sink = try attempt(first) { return (sink, first) }
        guard stage.count > 1, let sink = try attempt(last) else { return nil }
        var found = (sink: sink, sacrifice: last)
        var (tooLarge, fits) = (0, stage.count - 1)
        while fits - tooLarge > 1 {
            let middle = (tooLarge + fits) / 2
            if let sink = try attempt(stage[middle]) {
                found.sink.cancel()
                found = (sink, stage[middle])
                fits = middle
            } else {
                tooLarge = middle
            }
        }
        return found
    }

    /// A finished output that is short enough, or nil.
    private func attempt(_ sacrifice: Sacrifice) throws(ExportError) -> (any MeasuredSink)? {
        let description = description(sacrifice)
        let sink = try start(description, sacrifice)
        do throws(ExportError) {
            var frame = Frame(width: film.width, height: film.height)
            for index in stride(from: 0, to: spool.count, by: sacrifice.step) {
                guard !shouldStop() else { throw .invalid("\(name): the search for its size was stopped") }
                spool.restore(index, into: &frame)
                try sink.append(
                    sacrifice.shrink == 1
                        ? frame : frame.areaAveraged(width: description.width, height: description.height))
            }
            sink.mark(chapters.map { $0.thinned(by: sacrifice.step) })
            try sink.finish()
        } catch {
            sink.cancel()
            throw error
        }
        smallest = min(smallest, sink.byteCount)
        guard sink.byteCount <= limit else {
            sink.cancel()
            return nil
        }
        return sink
    }

    /// The film as an attempt has it.
    private func description(_ sacrifice: Sacrifice) -> FilmDescription {
        var description = film
        if sacrifice.shrink > 1 {
            // Even, for formats that halve colour.
            description.width = max(2, film.width / sacrifice.shrink / 2 * 2)
            description.height = max(2, film.height / sacrifice.shrink / 2 * 2)
            description.cellSize = max(1, film.cellSize / sacrifice.shrink)
        }
        description.isAttempt = true
        description.frameCount = (film.frameCount + sacrifice.step - 1) / sacrifice.step
        description.frameRate = film.frameRate.divided(by: sacrifice.step)
        // What goes first is the cover.
        if sacrifice != plan.stages.first?.first { description.coverFrame = nil }
        return description
    }
}

extension Chapter {
    /// The same part of a film that keeps one frame of `step`.
    fileprivate func thinned(by step: Int) -> Chapter {
        let begin = frames.lowerBound / step
        return Chapter(title: title, frames: begin..<max(begin + 1, frames.upperBound / step))
    }
}
