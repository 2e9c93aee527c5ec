import GNCABasics
import GNCARender

/// Tells how many trials of a figure are done, and ends it where a signal asks for that. Trials end on several threads,
/// one told after the other.
final class FigureProgress: @unchecked Sendable {
    private let form: ProgressForm
    private var progress: Progress?

    init(_ form: ProgressForm) { self.form = form }

    var watch: FigureWatch {
        FigureWatch(
            check: { if let signal = Cancellation.signal { throw CommandError.interrupted(signal: signal) } },
            progressed: { done, total in self.report(done, of: total) })
    }

    private func report(_ done: Int, of total: Int) {
        // Time is counted from the first word, which says that nothing is done yet.
        if progress == nil { progress = Progress(form, total: total, unit: "trial") }
        if done > 0 { progress?.report(done: done) }
    }

    func clear() { progress?.clear() }
}
