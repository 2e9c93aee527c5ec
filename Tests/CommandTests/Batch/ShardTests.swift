import GNCABasics
import Testing

@testable import gnca_render

@Suite struct ShardTests {
    private func shard(_ text: String, _ environment: [String: String] = [:]) throws -> Shard {
        try Shard(text) { environment[$0] }
    }

    private func part(_ shard: Shard) -> [Int] { [shard.number, shard.count] }

    @Test func partsAreCountedFromOne() throws {
        #expect(try part(shard("1/4")) == [1, 4])
        #expect(try part(shard("4/4")) == [4, 4])
    }

    @Test(arguments: [
        ("0/4", "there is no part 0 of 4 (expected I/N, I from 1 to N)"),
        ("5/4", "there is no part 5 of 4 (expected I/N, I from 1 to N)"),
        ("1/0", "there is no part 1 of 0 (expected I/N, I from 1 to N)"),
        ("1", "is \"1\" (expected I/N, as 1/4, or auto, or auto/N)"),
        ("1/2/3", "is \"1/2/3\" (expected I/N, as 1/4, or auto, or auto/N)"),
        ("auto/x", "is \"auto/x\" (expected I/N, as 1/4, or auto, or auto/N)"),
        ("", "is \"\" (expected I/N, as 1/4, or auto, or auto/N)"),
        (
            "auto",
            "the environment has neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX"
        ),
    ])
    func aWrongPartIsRefused(text: String, sentence: String) {
        let error = Result { try shard(text) }.failure as? OptionFault
        #expect(error?.description == sentence)
    }

    @Test func slurmSaysWhichPart() throws {
        func slurm(_ id: String, _ count: String, _ first: String) -> [String: String] {
            ["SLURM_ARRAY_TASK_ID": id, "SLURM_ARRAY_TASK_COUNT": count, "SLURM_ARRAY_TASK_MIN": first]
        }
        #expect(try part(shard("auto", slurm("0", "4", "0"))) == [1, 4])
        #expect(try part(shard("auto", slurm("13", "4", "10"))) == [4, 4])
        #expect(try part(shard("auto/4", slurm("2", "1", "2"))) == [3, 4], "one task sent again alone")
        let gaps = Result { try shard("auto", slurm("9", "3", "0")) }.failure as? OptionFault
        #expect(gaps?.description == "there is no part 10 of 3 (expected I/N, I from 1 to N)")
        let odd = Result { try shard("auto", slurm("x", "3", "0")) }.failure as? OptionFault
        #expect(odd?.description == "SLURM_ARRAY_TASK_ID is \"x\" (expected a number)")
        let half = Result { try shard("auto", ["SLURM_ARRAY_TASK_ID": "1"]) }.failure as? OptionFault
        #expect(
            half?.description == "SLURM_ARRAY_TASK_COUNT or SLURM_ARRAY_TASK_MIN is missing")
    }

    @Test func kubernetesSaysWhichPart() throws {
        #expect(try part(shard("auto/8", ["JOB_COMPLETION_INDEX": "7"])) == [8, 8])
        let error = Result { try shard("auto", ["JOB_COMPLETION_INDEX": "7"]) }.failure as? OptionFault
        #expect(
            error?.description == "JOB_COMPLETION_INDEX does not say of how many (say auto/N)")
    }

    @Test(arguments: 1...7) func partsAreDisjointCompleteAndEven(count: Int) throws {
        let jobs = try jobs(40)
        let parts = try (1...count).map { try shard("\($0)/\(count)").part(of: Array(jobs.indices), jobs) }
        #expect(parts.flatMap { $0 }.sorted() == Array(jobs.indices))
        let sizes = parts.map(\.count)
        #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
        #expect(try shard("1/\(count)").part(of: Array(jobs.indices), jobs) == parts[0])
        // The same jobs written in another order are dealt out alike.
        let backwards = Array(jobs.reversed())
        let again = try shard("1/\(count)").part(of: Array(backwards.indices), backwards)
        #expect(Set(again.map { backwards[$0].key }) == Set(parts[0].map { jobs[$0].key }))
    }

    @Test func jobsThatNeedEachOtherStayTogether() throws {
        var jobs = try jobs(12)
        jobs[0].needs = [5]
        jobs[7].needs = [5, 6]
        for number in 1...4 {
            let part = Set(try shard("\(number)/4").part(of: Array(jobs.indices), jobs))
            #expect([0, 4].contains(part.intersection([0, 5, 6, 7]).count))
        }
    }

    /// Jobs with keys that look like hashes.
    private func jobs(_ count: Int) throws -> [BatchJob] {
        let source = try YAMLValue.root(of: "a: b", file: "b.yaml")
        return (0..<count).map { index in
            var job = BatchJob(name: "\(index)", arguments: [], outputs: [], inputs: [], source: source)
            job.key = String(UInt64(index + 1) &* 0x9e37_79b9_7f4a_7c15, radix: 16)
            return job
        }
    }
}
