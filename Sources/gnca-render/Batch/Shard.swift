import GNCABasics

/// One machine's part of a batch: number `number`, 1...count, of `count` parts.
struct Shard: Equatable {
    let number: Int
    let count: Int

    private static let most = 100_000

    /// "2/4", or "auto" or "auto/4", which ask the environment. Throws `OptionFault`.
    init(_ text: String, environment: (String) -> String?) throws {
        let parts = text.parts(at: "/")
        let count = parts.count == 2 ? Int(parts[1]) : nil
        if parts[0] == "auto", parts.count == 1 || (parts.count == 2 && count != nil) {
            self = try Self.automatic(count: count, environment)
        } else {
            guard let number = Int(parts[0]), let count else {
                throw OptionFault(text, expected: "I/N, as 1/4, or auto, or auto/N")
            }
            (self.number, self.count) = (number, count)
        }
        guard (1...Self.most).contains(self.count), (1...self.count).contains(number) else {
            throw OptionFault("there is no part \(number) of \(self.count) (expected I/N, I from 1 to N)")
        }
    }

    private init(number: Int, count: Int) { (self.number, self.count) = (number, count) }

    /// Slurm numbers an array's tasks from SLURM_ARRAY_TASK_MIN on, Kubernetes the pods of an Indexed Job from 0.
    private static func automatic(count: Int?, _ environment: (String) -> String?) throws -> Shard {
        func number(_ name: String) throws -> Int? {
            guard let text = environment(name) else { return nil }
            guard let number = Int(text), (0...1_000_000_000).contains(number) else {
                throw OptionFault("\(name) is \"\(text)\" (expected a number)")
            }
            return number
        }
        if let task = try number("SLURM_ARRAY_TASK_ID") {
            // With the number of parts written down, tasks count from 0: one of them can be sent again alone.
            if let count { return Shard(number: task + 1, count: count) }
            guard let count = try number("SLURM_ARRAY_TASK_COUNT"), let first = try number("SLURM_ARRAY_TASK_MIN")
            else {
                throw OptionFault("SLURM_ARRAY_TASK_COUNT or SLURM_ARRAY_TASK_MIN is missing")
            }
            return Shard(number: task - first + 1, count: count)
        }
        if let index = try number("JOB_COMPLETION_INDEX") {
            guard let count else {
                throw OptionFault("JOB_COMPLETION_INDEX does not say of how many (say auto/N)")
            }
            return Shard(number: index + 1, count: count)
        }
        throw OptionFault(
            "the environment has neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX")
    }

    /// The jobs of this part: groups that hang together, sorted by their smallest key, are dealt out like cards, so that
    /// parts are disjoint, complete, and of one size within one group.
    func part(of chosen: [Int], _ jobs: [BatchJob]) -> [Int] {
        let groups = JobGraph.groups(chosen, jobs)
            .map { group in (key: group.map { jobs[$0].key }.min() ?? "", jobs: group) }
            .sorted { $0.key < $1.key }
        return groups.enumerated().filter { $0.offset % count == number - 1 }.flatMap(\.element.jobs).sorted()
    }
}
