import Render
import Yams

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Reads a timeline that somebody wrote as YAML; docs/scenarios.md lists the keys.
enum ScenarioFile {
    static let largestSize = 1 << 20
    static let deepestNesting = 16

    /// Reads the file at `path`. Pictures it names are looked for beside it.
    static func read(_ path: String) throws(ScenarioFileError) -> TimelineDescription {
        let bytes = try contents(of: path)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ScenarioFileError(file: path, line: nil, reason: "is not UTF-8 text")
        }
        return try parse(text, file: path)
    }

    /// Reads `text`; messages name `file`.
    static func parse(_ text: String, file: String) throws(ScenarioFileError) -> TimelineDescription {
        let root = try YAMLValue.root(of: text, file: file, deepest: deepestNesting)
        let film = try root.mapping("a scenario", keys: keys)
        var description = TimelineDescription(steps: try film.required("steps").integer(in: 1...TimelineLimits.steps))
        if let value = film["grid"] {
            description.grid = try value.parsed { (text) throws(RenderError) in try .init(parsing: text) }
        }
        if let value = film["seeds"] { description.starts = try value.positions() }
        description.angleDegrees = try film["angle"]?.number(in: YAMLValue.degrees)
        description.fireRate = try film["fire-rate"]?.number(in: 0...1)
        description.padding = try film["padding"]?.choice()
        description.timeLapse = try timeLapse(film)
        if let value = film["hold"] { description.hold = try value.pause() }
        description.columns = try film["columns"]?.integer(in: 1...TimelineLimits.columns) ?? 1
        for value in try film["column-captions"]?.list() ?? [] {
            description.columnCaptions.append(try value.text())
        }
        description.stagger = try film["stagger"]?.integer(in: 0...TimelineLimits.steps) ?? 0
        for value in try film["events"]?.list() ?? [] {
            description.entries.append(try value.entry())
        }
        return description
    }

    private static let keys = [
        "grid", "steps", "seeds", "angle", "fire-rate", "padding", "steps-per-frame", "time-lapse", "hold", "columns",
        "column-captions", "stagger", "events",
    ]

    private static func timeLapse(_ film: YAMLMapping) throws(ScenarioFileError) -> [TimeLapse] {
        var lapses: [TimeLapse] = []
        if let value = film["steps-per-frame"] {
            lapses.append(TimeLapse(from: 0, stepsPerFrame: try value.integer(in: 1...TimelineLimits.steps)))
        }
        guard let list = film["time-lapse"] else { return lapses }
        guard lapses.isEmpty else { throw list.error("steps-per-frame and time-lapse cannot stand together") }
        for value in try list.list() {
            let range = try value.mapping("a time lapse", keys: ["from", "steps-per-frame"])
            let from = try range.required("from")
            let lapse = TimeLapse(
                from: try from.integer(in: 0...TimelineLimits.steps),
                stepsPerFrame: try range.required("steps-per-frame").integer(in: 1...TimelineLimits.steps))
            if let last = lapses.last, last.from >= lapse.from {
                throw from.error("from must increase (got \(lapse.from) after \(last.from))")
            }
            lapses.append(lapse)
        }
        return lapses
    }

    private static func contents(of path: String) throws(ScenarioFileError) -> [UInt8] {
        func failure(_ reason: String) -> ScenarioFileError { ScenarioFileError(file: path, line: nil, reason: reason) }
        // Not blocking: opening a pipe that nobody writes to would wait for ever.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("cannot be read: \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw failure("is no regular file")
        }
        guard status.st_size <= largestSize else {
            throw failure("is too large (got \(status.st_size) bytes, limit \(largestSize))")
        }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes { unsafe in
                Self.read(descriptor, into: UnsafeMutableRawBufferPointer(rebasing: unsafe[count...]))
            }
            guard got > 0 else { break }
            count += got
        }
        guard count == bytes.count else { throw failure("cannot be read: \(String(cString: strerror(errno)))") }
        return bytes
    }

    private static func read(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        #if canImport(Glibc)
            Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        #else
            Darwin.read(descriptor, buffer.baseAddress, buffer.count)
        #endif
    }
}

/// A scenario file that cannot be read: the file, the line (from 1) where there is one, and a sentence.
struct ScenarioFileError: Error, Equatable, CustomStringConvertible {
    let file: String
    let line: Int?
    let reason: String

    var description: String {
        if let line { "\(file):\(line): \(reason)" } else { "\(file): \(reason)" }
    }
}
