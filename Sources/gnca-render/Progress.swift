import GNCABasics

/// In which form a run tells on standard error how far it is.
enum ProgressForm {
    /// One line of a terminal that is written again and again.
    case live
    case plain, json, silent

    init(_ style: ProgressStyle, quiet: Bool) {
        self =
            switch style {
            case .json: .json
            case .none: .silent
            case .plain: quiet ? .silent : .plain
            case .auto: quiet || isatty(STDERR_FILENO) == 0 ? .silent : .live
            }
    }

    /// Puts `text` in the place of what stands in the terminal's line; "" before a message.
    func rewrite(_ text: String = "") {
        if self == .live { writeToStandardError("\r\u{1B}[2K\(Escaping.visible(text))") }
    }
}

/// Tells on standard error how far a film, a batch of jobs or an evaluation is, a few times a second.
struct Progress {
    private let form: ProgressForm
    private let total: Int
    private let unit: String
    private let start = ContinuousClock.now
    private var lastReport: ContinuousClock.Instant
    private var lastTenth = -1

    /// `total`: how many frames, jobs or runs there will be; `unit`: what one of them is called.
    init(_ form: ProgressForm, total: Int, unit: String = "frame") {
        self.form = form
        self.total = total
        self.unit = unit
        lastReport = start
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
            tell("\(unit) \(done) of \(total), \(remaining(done: done, now: now)) left")
        case .live:
            guard done == total || now - lastReport >= .milliseconds(100) else { return }
            lastReport = now
            form.rewrite("\(bar(done: done)) \(done)/\(total)  \(remaining(done: done, now: now)) left")
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

    /// Seconds since the beginning.
    var elapsed: Double { (ContinuousClock.now - start).hundredths }

    /// Removes a half-drawn bar before a message.
    func clear() { form.rewrite() }

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

    private func report(_ members: [(name: String, value: String)]) {
        tell(JSONText.object(members))
    }
}
