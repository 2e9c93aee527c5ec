import ArgumentParser
import GNCABasics

/// How `--progress` reports.
enum ProgressStyle: String, ExpressibleByArgument, CaseIterable {
    case auto, plain, json, none
}

/// Tells on standard error how far a film, or a batch of jobs, is, a few times a second.
struct Progress {
    private enum Form { case bar, plain, json, silent }

    private let form: Form
    private let total: Int
    private let unit: String
    private let start = ContinuousClock.now
    private var lastReport: ContinuousClock.Instant
    private var lastTenth = -1

    /// `total`: how many frames, or jobs, there will be; `unit`: what one of them is called.
    init(style: ProgressStyle, quiet: Bool, total: Int, unit: String = "frame") {
        self.total = total
        self.unit = unit
        lastReport = start
        form =
            switch style {
            case .json: .json
            case .none: .silent
            case .plain: quiet ? .silent : .plain
            case .auto: quiet || isatty(STDERR_FILENO) == 0 ? .silent : .bar
            }
    }

    /// `done`: how many are done so far, 1...total.
    mutating func report(done: Int) {
        guard form != .silent else { return }
        let now = ContinuousClock.now
        switch form {
        case .plain:
            let tenth = done * 10 / total
            guard tenth > lastTenth else { return }
            lastTenth = tenth
            write("\(unit) \(done) of \(total), \(remaining(done: done, now: now)) left\n")
        case .bar:
            guard done == total || now - lastReport >= .milliseconds(100) else { return }
            lastReport = now
            write("\r\u{1B}[2K\(bar(done: done)) \(done)/\(total)  \(remaining(done: done, now: now)) left")
        case .json:
            guard done == total || now - lastReport >= .milliseconds(250) else { return }
            lastReport = now
            report([
                ("event", JSONText.quoted("progress")), (unit, "\(done)"), (unit + "s", "\(total)"),
                ("elapsed_seconds", JSONText.number((now - start).hundredths)),
                ("remaining_seconds", JSONText.number(left(done: done, now: now).hundredths)),
            ])
        case .silent: break
        }
    }

    /// Clears the bar; `outputs` are the files that are now in place.
    func finish(outputs: [String]) {
        let elapsed = (ContinuousClock.now - start).hundredths
        switch form {
        case .bar: write("\r\u{1B}[2K\(total) frames in \(elapsed) s: \(outputs.joined(separator: ", "))\n")
        case .plain: write("\(total) frames in \(elapsed) s: \(outputs.joined(separator: ", "))\n")
        case .json:
            report([
                ("event", JSONText.quoted("finished")), ("frames", "\(total)"),
                ("elapsed_seconds", JSONText.number(elapsed)),
                ("outputs", JSONText.list(outputs.map(JSONText.quoted))),
            ])
        case .silent: break
        }
    }

    /// Removes a half-drawn bar before a message.
    func clear() {
        if form == .bar { write("\r\u{1B}[2K") }
    }

    private func bar(done: Int) -> String {
        let width = 28
        let filled = width * done / total
        return "[" + String(repeating: "=", count: filled) + String(repeating: " ", count: width - filled) + "]"
    }

    private func left(done: Int, now: ContinuousClock.Instant) -> Duration {
        (now - start) / done * (total - done)
    }

    private func remaining(done: Int, now: ContinuousClock.Instant) -> String {
        Durations.spelled(seconds: left(done: done, now: now).seconds.rounded(.up))
    }

    private func report(_ members: [(name: String, value: String)]) { write(JSONText.object(members) + "\n") }

    private func write(_ text: String) { writeToStandardError(text) }
}
