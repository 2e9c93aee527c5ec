import GNCABasics
import GNCARaster

/// Which job needs which: a job that reads what another one makes runs after it.
enum JobGraph {
    /// Fills in `needs`. Throws where two jobs make the same file, or where jobs wait for each other.
    static func join(_ jobs: inout [BatchJob]) throws {
        let makers = try makers(of: jobs)
        for index in jobs.indices {
            var needs: Set<Int> = []
            for (position, input) in jobs[index].inputs.enumerated() {
                if let maker = maker(of: input.place, makers) {
                    guard maker != index else {
                        throw input.source.error("the job reads what it makes (\(input.path))")
                    }
                    needs.insert(maker)
                    jobs[index].inputs[position].isMade = true
                } else if !FileSystem.isFile(input.path) {
                    throw input.source.error(
                        "\(input.source.label): there is no file \(input.path), and no job makes it")
                }
            }
            jobs[index].needs = needs.sorted()
        }
    }

    /// Place of an output → index of its job.
    private static func makers(of jobs: [BatchJob]) throws -> [String: Int] {
        var makers: [String: Int] = [:]
        for (index, job) in jobs.enumerated() {
            for output in job.outputs {
                guard let other = makers.updateValue(index, forKey: output.place) else { continue }
                if other == index { throw job.source.error("\(job.name) makes \(output.path) twice") }
                // Jobs of one entry differ in what the output's name leaves out.
                let missing = job.matrixKeys.filter { !output.source.isText(containing: "{\($0)}") }
                let isSibling = jobs[other].source.line == job.source.line && !missing.isEmpty
                let advice = missing.map { "{\($0)}" }.joined(separator: ", ")
                throw job.source.error(
                    "\(jobs[other].name) and \(job.name) both make \(output.path)"
                        + (isSibling ? " (the output leaves out \(advice))" : ""))
            }
        }
        for job in jobs {
            for output in job.outputs {
                guard let other = maker(of: parent(of: output.place), makers) else { continue }
                throw job.source.error(
                    "\(job.name) makes \(output.path) in a folder that is itself an output (of \(jobs[other].name))")
            }
        }
        return makers
    }

    /// Who makes the file at `place`, or the folder that it lies in.
    private static func maker(of place: String, _ makers: [String: Int]) -> Int? {
        var place = place
        while !place.isEmpty {
            if let maker = makers[place] { return maker }
            place = parent(of: place)
        }
        return nil
    }

    private static func parent(of place: String) -> String {
        place.lastIndex(of: "/").map { String(place[..<$0]) } ?? ""
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
        var hashes: [String: String] = [:]
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

    private static func key(of job: BatchJob, _ jobs: [BatchJob], _ hashes: inout [String: String]) throws -> String {
        var parts = ["gnca-render \(programVersion)"] + job.arguments
        for need in job.needs { parts.append("job \(jobs[need].key)") }
        for input in job.inputs where !input.isMade {
            if hashes[input.place] == nil {
                do {
                    hashes[input.place] = try ContentHash.sha256(file: input.path).digest
                } catch {
                    throw input.source.error("\(input.path): \(error)")
                }
            }
            parts.append("file \(hashes[input.place] ?? "") \(input.path)")
        }
        // Lengths make the text readable in one way only.
        return try ContentHash.sha256(Array(parts.map { "\($0.utf8.count) \($0)\n" }.joined().utf8))
    }
}
