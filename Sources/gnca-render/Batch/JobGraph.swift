import GNCABasics
import GNCAExport

/// Which job needs which: a job that reads what another one makes runs after it.
enum JobGraph {
    /// Fills in `needs`. Throws where two jobs make the same file, where jobs wait for each other, or where a file that is read
    /// neither is there nor is made. `records`: what batches have made, which tells a poster of `embed` that it made itself
    /// from the user's own.
    static func join(_ jobs: inout [BatchJob], records: BatchManifests) throws {
        var makers = Makers()
        for (index, job) in jobs.enumerated() {
            for output in job.outputs { try makers.add(output, of: index, jobs) }
        }
        for index in jobs.indices {
            var inputs: [BatchJob.Input] = []
            for var input in jobs[index].inputs {
                if let maker = makers.maker(of: input), maker != index {
                    if !jobs[index].needs.contains(maker) { jobs[index].needs.append(maker) }
                    input.isMade = true
                } else if input.access == .readOrMake, try records.mayMake(input) {
                    let output = BatchJob.Output(path: input.path, isOptional: true, source: input.source)
                    jobs[index].outputs.append(output)
                    try makers.add(output, of: index, jobs)
                    continue
                } else if !isThere(input) {
                    if input.access == .readIfThere { continue }
                    throw input.source.error(
                        "\(input.source.label): there is no file \(input.path), and no job makes it")
                }
                inputs.append(input)
            }
            jobs[index].inputs = inputs
            jobs[index].needs.sort()
        }
        try makers.checkFolders(jobs)
    }

    private static func isThere(_ input: BatchJob.Input) -> Bool {
        let files = OutputFiles(input.path)
        return input.kind == .file || !files.isNumbered ? FileSystem.isFile(input.path) : files.count > 0
    }

    /// `chosen` and everything that they need, in the order of the batch.
    static func closure(_ chosen: [Int], _ jobs: [BatchJob]) -> [Int] {
        var result: Set<Int> = []
        var waiting = chosen
        while let index = waiting.popLast() {
            if result.insert(index).inserted { waiting += jobs[index].needs }
        }
        return result.sorted()
    }

    /// Jobs that hang together by what they need, each group with its jobs in order.
    static func groups(_ chosen: [Int], _ jobs: [BatchJob]) -> [[Int]] {
        var leader = Dictionary(uniqueKeysWithValues: chosen.map { ($0, $0) })
        func find(_ index: Int) -> Int {
            var index = index
            while let next = leader[index], next != index { index = next }
            return index
        }
        for index in chosen {
            for need in jobs[index].needs { leader[find(need)] = find(index) }
        }
        return Dictionary(grouping: chosen, by: find).values.map { $0.sorted() }.sorted { $0[0] < $1[0] }
    }
}

/// What every job's outputs depend on, as one SHA-256.
enum JobKeys {
    /// Fills in `key`: program version, command line, and the bytes of every file that is read; of one that another job
    /// makes, that job's key. Throws where files cannot be read, or where jobs wait for each other.
    static func add(to jobs: inout [BatchJob]) throws {
        var hashes: [[UInt8]: String] = [:]
        var open: Set<Int> = []
        // A job waits here until everything it needs has a key.
        for first in jobs.indices {
            var waiting = [first]
            while let index = waiting.last {
                guard jobs[index].key.isEmpty else {
                    waiting.removeLast()
                    continue
                }
                let missing = jobs[index].needs.filter { jobs[$0].key.isEmpty }
                if missing.isEmpty {
                    jobs[index].key = try key(of: jobs[index], jobs, &hashes)
                    open.remove(index)
                    waiting.removeLast()
                } else {
                    guard open.insert(index).inserted else {
                        throw jobs[index].source.error("\(jobs[index].name) needs what is made from its own output")
                    }
                    waiting += missing
                }
            }
        }
    }

    private static func key(of job: BatchJob, _ jobs: [BatchJob], _ hashes: inout [[UInt8]: String]) throws -> String {
        var parts = ["gnca-render \(programVersion)"] + job.arguments
        for need in job.needs { parts.append("job \(jobs[need].key)") }
        for input in job.inputs where !input.isMade {
            let path = SystemText.bytes(input.path)
            if hashes[path] == nil {
                do {
                    hashes[path] = try hash(of: input)
                } catch {
                    throw input.source.error("\(input.path): \(error)")
                }
            }
            parts.append("file \(hashes[path] ?? "") \(input.path)")
        }
        // Lengths make the text readable in one way only.
        return try ContentHash.sha256(Array(parts.map { "\($0.utf8.count) \($0)\n" }.joined().utf8))
    }

    private static func hash(of input: BatchJob.Input) throws(FileFault) -> String {
        let files = OutputFiles(input.path)
        guard input.kind != .file, files.isNumbered else { return try ContentHash.sha256(file: input.path).digest }
        return try files.content(files.names(files.count))?.digest.sha256 ?? ""
    }
}
