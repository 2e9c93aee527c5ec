import GNCABasics

/// What a batch says of its jobs.
enum BatchReport {
    /// One JSON line of a job that has ended.
    static func line(_ job: BatchJob, _ state: BatchRunner.State) -> String {
        switch state {
        case .upToDate: line(job, "up to date")
        case .made(let seconds): line(job, "made", ["seconds": "\(seconds)"])
        case .failed(let status, let reason):
            line(job, "failed", ["status": JSONText.quoted(status), "reason": JSONText.quoted(reason)])
        case .waiting, .running: line(job, "not made")
        }
    }

    /// One JSON line of a job that has not begun.
    static func line(_ job: BatchJob, _ state: BatchManifests.State) -> String {
        line(job, state.rawValue, ["command": JSONText.quoted(job.command())])
    }

    private static func line(_ job: BatchJob, _ state: String, _ more: KeyValuePairs<String, String> = [:]) -> String {
        JSONText.object(
            [
                (name: "job", value: JSONText.quoted(job.name)), ("key", JSONText.quoted(job.key)),
                ("outputs", JSONText.list(job.outputs.filter { !$0.isOptional }.map { JSONText.quoted($0.path) })),
                ("state", JSONText.quoted(state)),
            ] + more.map { (name: $0.key, value: $0.value) })
    }

    /// Name, beginning of the key, state and outputs of every job.
    static func table(_ jobs: [(job: BatchJob, state: BatchManifests.State)]) -> String {
        Columns.text(
            jobs.map { entry in
                let outputs = entry.job.outputs.filter { !$0.isOptional }.map(\.path).joined(separator: ", ")
                return [entry.job.name, String(entry.job.key.prefix(12)), entry.state.rawValue, outputs].map {
                    Escaping.visible($0)
                }
            })
    }

    /// The commands as a shell script that does without the batch.
    static func script(_ jobs: [(job: BatchJob, overwrites: Bool)], folder: String) -> String {
        var lines = ["cd \(Escaping.shellWord(folder))"]
        var folders: Set<[UInt8]> = []
        for output in jobs.flatMap(\.job.outputs) where folders.insert(SystemText.bytes(output.folder)).inserted {
            lines.append("mkdir -p \(Escaping.shellWord(output.folder))")
        }
        return (lines + jobs.map { $0.job.command(overwrites: $0.overwrites) }).joined(separator: "\n")
    }

    /// "3 jobs: 2 made, 1 up to date"
    static func summary(_ states: [BatchRunner.State]) -> String {
        var parts: [String] = []
        func add(_ count: Int, _ words: String) { if count > 0 { parts.append("\(count) \(words)") } }
        add(states.count { if case .made = $0 { true } else { false } }, "made")
        add(states.count { $0 == .upToDate }, "up to date")
        add(states.count { if case .failed = $0 { true } else { false } }, "failed")
        add(states.count { $0 == .waiting }, "not begun")
        return "\(states.count) \(states.count == 1 ? "job" : "jobs")"
            + (parts.isEmpty ? "" : ": " + parts.joined(separator: ", "))
    }

    /// Which jobs failed and why, one in a line.
    static func failures(_ jobs: [(job: BatchJob, state: BatchRunner.State)]) -> String {
        let rows = jobs.compactMap { entry -> [String]? in
            guard case .failed(let status, let reason) = entry.state else { return nil }
            return ["  " + entry.job.name, status, reason].map { Escaping.visible($0) }
        }
        return Columns.text(rows)
    }
}
