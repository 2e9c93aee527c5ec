import GNCABasics

/// Runs the jobs of a batch, each in a process of its own, several at a time.
///
/// One thread starts, waits and writes down: a job's crash, or its running out of memory, is that job's failure only.
final class BatchRunner {
    enum State: Equatable {
        /// Not to be done in this run.
        case upToDate
        case waiting
        case running
        case made(seconds: Double)
        case failed(status: String, reason: String)
    }

    private final class Running {
        let index: Int
        let child: ChildProcess
        /// How many stills it makes, where its outputs are numbered.
        let stills: Int?
        private let start = ContinuousClock.now
        /// How long it took; 0 before `stopClock`.
        private(set) var seconds = 0.0

        init(index: Int, child: ChildProcess, stills: Int?) {
            (self.index, self.child, self.stills) = (index, child, stills)
        }

        func stopClock() {
            seconds = ((ContinuousClock.now - start).seconds * 1000).rounded() / 1000
        }
    }

    private let jobs: [BatchJob]
    /// Indices of the jobs that this run looks after, in order.
    private let chosen: [Int]
    private let manifests: BatchManifests
    private let options: BatchCommand
    private let limit: Int
    private(set) var states: [Int: State] = [:]
    private var running: [Running] = []
    private var progress: Progress
    private var ended = 0
    private var isStopping = false

    /// `upToDate`: those of `chosen` that need not be made.
    init(
        _ jobs: [BatchJob], chosen: [Int], upToDate: Set<Int>, manifests: BatchManifests, options: BatchCommand,
        limit: Int
    ) {
        self.jobs = jobs
        self.chosen = chosen
        self.manifests = manifests
        self.options = options
        self.limit = limit
        for index in chosen { states[index] = upToDate.contains(index) ? .upToDate : .waiting }
        progress = Progress(
            ProgressForm(options.progress.style, quiet: options.quiet), total: chosen.count - upToDate.count,
            unit: "job")
    }

    /// Runs everything that is waiting. Throws `CommandError.batchStopped` after a signal; failures of jobs are in
    /// `states`. No child is left when it returns or throws.
    func run() throws {
        Cancellation.install()
        do {
            for index in chosen where states[index] == .upToDate {
                try manifests.tidy(jobs[index])
                try tell(index)
            }
            try runAll()
        } catch {
            stop(SIGTERM)
            progress.clear()
            throw error
        }
        progress.clear()
    }

    private func runAll() throws {
        var next = 0
        while true {
            if let signal = Cancellation.signal {
                stop(signal)
                throw CommandError.batchStopped(
                    signal: signal, done: chosen.count { isDone($0) }, of: chosen.count)
            }
            try startReady(from: &next)
            if running.isEmpty { return }
            var ended: [(run: Running, ending: ChildProcess.Ending)] = []
            for position in waitForWords(of: running.map(\.child)).reversed() where !running[position].child.listen() {
                let run = running.remove(at: position)
                ended.append((run, run.child.wait()))
                run.stopClock()
            }
            // The next jobs run while this thread reads and writes down what the last ones have made.
            if ended.allSatisfy({ $0.ending == .exit(0) }) { try startReady(from: &next) }
            for (run, ending) in ended { try end(run, ending) }
        }
    }

    private func startReady(from next: inout Int) throws {
        while running.count < limit, !isStopping, let index = nextReady(from: &next) { try start(index) }
    }

    /// The first waiting job whose needs are done; those whose needs have failed fail, too. `next`: where nothing before
    /// is waiting any more.
    private func nextReady(from next: inout Int) -> Int? {
        while next < chosen.count, states[chosen[next]] != .waiting { next += 1 }
        for index in chosen[next...] where states[index] == .waiting && jobs[index].needs.allSatisfy(isDone) {
            return index
        }
        return nil
    }

    private func isDone(_ index: Int) -> Bool {
        switch states[index] {
        case .upToDate, .made: true
        default: false
        }
    }

    private func start(_ index: Int) throws {
        let job = jobs[index]
        do {
            let stills = StillCount.of(job)
            for output in job.outputs { try prepare(output, stills) }
            let arguments = try TrainingResumption.arguments(of: job, manifests) ?? job.arguments
            for output in job.outputs { try manifests.begin(output, of: job) }
            let child = try ChildProcess(arguments)
            states[index] = .running
            running.append(Running(index: index, child: child, stills: stills))
        } catch {
            try fail(index, status: "exit \(ExitStatus.code(for: error))", reason: ExitStatus.sentence(of: error))
        }
    }

    /// Makes the folder of an output and looks whether what stands there may be replaced.
    private func prepare(_ output: BatchJob.Output, _ stills: Int?) throws {
        try FileSearch.makeFolder(output.folder)
        if !options.overwrite, let refusal = try manifests.refusal(of: output, stills: stills) { throw refusal }
    }

    private func end(_ run: Running, _ ending: ChildProcess.Ending) throws {
        let job = jobs[run.index]
        switch ending {
        case .exit(0): break
        case .exit(let code): return try fail(run.index, status: "exit \(code)", reason: run.child.lastWords)
        case .signal(let signal):
            let name = String(cString: strsignal(signal))
            return try fail(run.index, status: "signal \(signal)", reason: "\(name). \(run.child.lastWords)")
        }
        for output in job.outputs {
            guard try manifests.finish(output, of: job, stills: run.stills, seconds: run.seconds) else {
                return try fail(run.index, status: "exit 0", reason: "\(output.path) is missing")
            }
        }
        states[run.index] = .made(seconds: run.seconds)
        try ended(run.index)
    }

    private func fail(_ index: Int, status: String, reason: String) throws {
        states[index] = .failed(status: status, reason: reason)
        if !options.keepGoing { isStopping = true }
        try ended(index)
    }

    private func ended(_ index: Int) throws {
        ended += 1
        progress.report(done: ended)
        try tell(index)
    }

    private func tell(_ index: Int) throws {
        guard options.json, let state = states[index] else { return }
        say(BatchReport.line(jobs[index], state))
        guard fflush(nil) == 0 else { throw CommandError.standardOutput(code: errno) }
    }

    /// Passes a signal on and waits for all children.
    private func stop(_ signal: Int32) {
        for run in running { run.child.send(signal) }
        for run in running {
            while run.child.listen() {}
            _ = run.child.wait()
            states[run.index] = .waiting
        }
        running = []
    }
}
