import ArgumentParser
import GNCABasics
import GNCAExport

/// `batch FILE.yaml`: many films, figures, models.
struct BatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch",
        abstract: "Make everything that a file of jobs describes; what is there already is not made again.",
        discussion: """
            docs/batch.md describes the file. A job is made again where the program's version, a byte of its models or \
            one of its options has changed, or where an output is missing or is not what was made. The same command \
            goes on where an interrupted one stopped.

            Examples:
              gnca-render batch article.yaml         # make what has changed
              gnca-render batch article.yaml --list  # tell what has changed
              gnca-render batch article.yaml --only '*.pdf' --jobs 2
            """)

    @Argument(help: "The jobs (.yaml).", completion: .file(extensions: ["yaml", "yml"]))
    var file: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Value of a variable of the file, repeatable.", valueName: "name=value"),
        transform: OptionText.pair)
    var values: [(key: String, value: String)] = []

    @Option(
        name: .customLong("root"),
        help: ArgumentHelp(
            "Folder outside of which nothing is read or written, repeatable; default the file's own.",
            valueName: "folder"),
        completion: .directory)
    var roots: [String] = []

    @Option(in: 1...1024, help: "Jobs at a time; default one a core.")
    var jobs: Int?

    @Option(help: ArgumentHelp("Only jobs whose name or output matches, and what they need.", valueName: "pattern"))
    var only: String?

    @Option(
        help: ArgumentHelp(
            "Only part I of N, 1/N to N/N; auto asks Slurm, auto/N also Kubernetes, which part this is.",
            valueName: "i/n|auto"),
        completion: .list(["auto"]),
        transform: { text in try Shard(text, environment: Platform.variable) })
    var shard: Shard?

    @Flag(help: "Make all jobs again.")
    var force = false

    @Flag(help: "Replace outputs that no batch has made; otherwise such a job fails.")
    var overwrite = false

    @Flag(help: "Go on after a job has failed.")
    var keepGoing = false

    @Flag(help: "List the jobs and what has to be made, and make nothing.")
    var list = false

    @Flag(help: "Print the command lines of what has to be made, as a shell takes them, and make nothing.")
    var dryRun = false

    @Flag(help: "One JSON line a job on standard output, with --list or as each job ends.")
    var json = false

    @Flag(help: "Print the JSON Schema of the file, for editors.")
    var schema = false

    @OptionGroup var progress: ProgressOption

    @Flag(help: "No progress and no summary; errors only.")
    var quiet = false

    func run() throws {
        if schema {
            sayLines(BatchSchema.text)
            return
        }
        let limit = self.jobs ?? ThreadOption.cores
        let jobs = try allJobs()
        let chosen = try choose(jobs, shard)
        let manifests = BatchManifests(shard: shard)
        manifests.protectInputs(of: jobs)
        // Who only asks writes nothing, and disturbs nobody.
        if !list && !dryRun {
            let notes = try manifests.lock(chosen.flatMap { jobs[$0].outputs })
            if !quiet { notes.forEach(note) }
        }
        let states = try chosen.map { try manifests.state(of: jobs[$0]) }
        if list {
            let entries = zip(chosen, states).map { (job: jobs[$0], state: $1) }
            sayLines(json ? entries.map(BatchReport.line).joined(separator: "\n") : BatchReport.table(entries))
            return
        }
        let upToDate = force ? [] : Set(zip(chosen, states).filter { $1 == .upToDate }.map { $0.0 })
        if dryRun {
            try printScript(chosen.filter { !upToDate.contains($0) }.map { jobs[$0] }, manifests)
            return
        }
        let runner = BatchRunner(
            jobs, chosen: chosen, upToDate: upToDate, manifests: manifests, options: self, limit: limit)
        try runner.run()
        try report(chosen.map { (job: jobs[$0], state: runner.states[$0] ?? .waiting) })
    }

    /// All jobs of the file. From here on the working folder is the file's, as its paths count from there.
    private func allJobs() throws -> [BatchJob] {
        guard let file else { throw CommandError.usage("no file of jobs is named (as gnca-render batch films.yaml)") }
        let values = values.map { (name: $0.key, value: Self.folder($0.value) ?? $0.value) }
        let batch = try BatchFile(parsing: YAMLFile.text(of: file), file: file, values: values)
        let ownFile = FileIdentity(file)
        let folder = Paths.split(file).folder
        // Who names a folder on the command line wants it read.
        let given = values.map(\.value).filter { Self.folder($0) != nil }
        let roots = try BatchRoots((roots.isEmpty ? [folder] : roots) + given)
        do { try FileSystem.enter(folder) } catch { throw CommandError.badData("\(folder): \(error.reason)") }
        do {
            try Walls.raise(around: roots.folders)
            try Platform.setVariable(Walls.variable, to: roots.folders.joined(separator: "\n"))
        } catch {
            throw CommandError.usage("\(error)")
        }
        return try BatchPlan(batch, roots: roots, ownFile: ownFile, records: BatchManifests(shard: shard)).jobs
    }

    /// The folder that a value with a slash names from the working folder, as a path that holds from everywhere.
    private static func folder(_ value: String) -> String? {
        guard value.utf8.contains(UInt8(ascii: "/")), FileSystem.isFolder(value) else { return nil }
        return BatchRoots.place(of: value)
    }

    /// Indices of the jobs that this run looks after.
    private func choose(_ jobs: [BatchJob], _ shard: Shard?) throws -> [Int] {
        var chosen = Array(jobs.indices)
        if let only {
            chosen = chosen.filter { index in
                ([jobs[index].name] + jobs[index].outputs.map(\.path)).contains { FileSearch.matches($0, only) }
            }
            guard !chosen.isEmpty else { throw CommandError.usage("--only \(only): no job or output matches") }
            chosen = JobGraph.closure(chosen, jobs)
        }
        return shard?.part(of: chosen, jobs) ?? chosen
    }

    /// What a dry run prints. Where a job would be refused, its command refuses, too, and standard error says why.
    private func printScript(_ jobs: [BatchJob], _ manifests: BatchManifests) throws {
        let lines = try jobs.map { job in
            let refusals =
                overwrite
                ? [] : try job.outputs.compactMap { try manifests.refusal(of: $0, stills: StillCount.of(job)) }
            if !quiet { for refusal in refusals { note(Remedies.message(refusal)) } }
            return (job: job, overwrites: refusals.isEmpty)
        }
        sayLines(BatchReport.script(lines, folder: FileSystem.resolved(".") ?? "."))
    }

    private func report(_ jobs: [(job: BatchJob, state: BatchRunner.State)]) throws {
        let summary = BatchReport.summary(jobs.map(\.state))
        let failures = BatchReport.failures(jobs)
        guard failures.isEmpty else { throw CommandError.jobsFailed("\(summary)\n\(failures)") }
        if !json && !quiet { say(summary) }
    }
}
