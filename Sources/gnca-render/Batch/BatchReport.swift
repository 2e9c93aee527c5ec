import GNCABasics

/// What a batch says of its jobs.
enum BatchReport {
    /// One JSON line of a job that has ended.
    static func line(_ job: BatchJob, _ state: BatchRunner.State) -> String {
        var fields = common(job)
        switch state {
        case .upToDate: fields += ",\"state\":\"up to date\""
        case .made(let seconds): fields += ",\"state\":\"made\",\"seconds\":\(seconds)"
        case .failed(let status, let reason):
            fields +=
                ",\"state\":\"failed\",\"status\":\(JSONText.quoted(status)),\"reason\":\(JSONText.quoted(reason))"
        case .waiting, .running: fields += ",\"state\":\"not made\""
        }
        return "{\(fields)}"
    }

    /// One JSON line of a job that has not begun.
    static func line(_ job: BatchJob, _ state: BatchManifests.State) -> String {
        "{\(common(job)),\"state\":\"\(state.rawValue)\",\"command\":\(JSONText.quoted(job.command()))}"
    }

    private static func common(_ job: BatchJob) -> String {
        let outputs = job.outputs.map { JSONText.quoted($0.path) }.joined(separator: ",")
        return "\"job\":\(JSONText.quoted(job.name)),\"key\":\"\(job.key)\",\"outputs\":[\(outputs)]"
    }

    /// Name, beginning of the key, state and outputs of every job.
    static func table(_ jobs: [(job: BatchJob, state: BatchManifests.State)]) -> String {
        columns(
            jobs.map { entry in
                let outputs = entry.job.outputs.map(\.path).joined(separator: ", ")
                return [entry.job.name, String(entry.job.key.prefix(12)), entry.state.rawValue, outputs]
            })
    }

    /// Rows with their columns under each other.
    private static func columns(_ rows: [[String]]) -> String {
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { column, text in
                column == row.count - 1 ? text : text + String(repeating: " ", count: widths[column] - text.count)
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    /// The commands as a shell script that does without the batch.
    static func script(_ jobs: [(job: BatchJob, overwrites: Bool)], folder: String) -> String {
        var lines = ["cd \(Provenance.quoted(folder))"]
        var folders: Set<String> = []
        for output in jobs.flatMap(\.job.outputs) where folders.insert(output.folder).inserted {
            lines.append("mkdir -p \(Provenance.quoted(output.folder))")
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
            return ["  " + entry.job.name, status, reason]
        }
        return columns(rows)
    }
}
