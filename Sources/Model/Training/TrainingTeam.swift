import Dispatch
import GNCACells
import Synchronization

/// The threads of a training, and their memory.
///
/// A thread leads one sample after the other through an iteration. Those that find no sample any more, or never one, where
/// there are more threads than samples, do parts of what the others lead. What comes out does not depend on who did what.
final class TrainingTeam {
    /// C, rounded up to full vectors.
    let channels: Int
    private let threads: Int
    private let workers: [TrainingWorker]
    private let crew: Crew
    private let total: WeightSums

    /// More than the parts of `samples` samples would feed are not used.
    init(rule: Rule, state: CellGrid, target: Target, samples: Int, threads: Int) throws(ModelError) {
        self.threads = max(1, min(threads, samples * Stripes.atOnce))
        let leaders = TrainingTeam.leaders(samples: samples, threads: threads)
        let crew = Crew(leaders: leaders)
        var workers: [TrainingWorker] = []
        for desk in crew.desks {
            workers.append(
                try TrainingWorker(rule: rule, state: state, target: target, threads: self.threads, desk: desk))
        }
        self.crew = crew
        self.workers = workers
        channels = workers[0].channels
        total = workers[0].zeroSums
    }

    /// Threads that lead samples, each with the memory for one.
    static func leaders(samples: Int, threads: Int) -> Int { max(1, min(threads, samples)) }

    /// A run of one of the samples.
    func newRun() -> SampleRun { SampleRun(sums: workers[0].zeroSums) }

    /// Runs all of `runs` with `rule`; the first ones begin first.
    func run(_ runs: [SampleRun], rule: Rule) {
        let taken = Atomic(0)
        let shared = Shared(runs: runs, workers: workers)
        let crew = crew
        crew.begin(runs.count)
        // Leaders come first, so that nobody waits for a leader that has no thread yet.
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            if thread < shared.workers.count {
                let worker = shared.workers[thread]
                worker.replaceRule(rule)
                while true {
                    let next = taken.add(1, ordering: .relaxed).oldValue
                    guard next < shared.runs.count else { break }
                    worker.run(shared.runs[next])
                    crew.finishOne()
                }
            }
            crew.help(as: thread)
        }
    }

    /// The mean gradient of `runs`.
    func meanGradient(of runs: [SampleRun], rule: Rule) -> WeightGradient {
        total.clear()
        for run in runs { total.add(run.sums) }
        var gradient = total.gradient(of: rule)
        gradient.scale(by: 1 / Float(runs.count))
        return gradient
    }

    /// What threads share: each leader has its own worker, and no two take the same run.
    private struct Shared: @unchecked Sendable {
        let runs: [SampleRun]
        let workers: [TrainingWorker]
    }
}
