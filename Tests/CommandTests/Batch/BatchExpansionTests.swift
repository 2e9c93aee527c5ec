import GNCABasics
import Testing

@testable import gnca_render

/// A small file that says much is refused while it is read.
@Suite struct BatchExpansionTests {
    private func refusal(_ text: String) throws -> String? {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try folder.put("film", name: "f.mp4")
        return try folder.refusal(text)
    }

    private static func list(_ count: Int, _ item: (Int) -> String) -> String {
        "[" + (0..<count).map(item).joined(separator: ", ") + "]"
    }

    @Test func aLongTextIsRefused() throws {
        let long = String(repeating: "x", count: TextBudget.longestText)
        let job = "jobs: {embed: a, films: \"${d}/f.mp4\", output: \"${d}/a.html\", alt: "
        #expect(try refusal(job + "\"\(long)\"}") == nil)
        #expect(try refusal(job + "\"\(long)x\"}") == "b.yaml:2: alt is too long (limit 65536 bytes)")
        #expect(try refusal(job + "\"\(long){job}\"}") == "b.yaml:2: alt is too long (limit 65536 bytes)")
        let letters = "models: {m: \"${d}/m.ckpt\"}\n"
        let doubled = String(repeating: "${d}", count: TextBudget.longestText / 4 + 1)
        #expect(try refusal(letters + job + "\"\(doubled)\"}") == "b.yaml:3: alt is too long (limit 65536 bytes)")
    }

    @Test func aVariableThatIsUsedOftenIsRefused() throws {
        let long = String(repeating: "x", count: 60_000)
        let captions = Self.list(1000) { _ in "\"${v}\"" }
        let file = "variables: {v: \(long)}\njobs:\n- render: a\n  caption: \(captions)\n"
        let error = Result { try BatchFile(parsing: file, file: "b.yaml") }.failure as? YAMLFileError
        #expect(
            error?.description
                == "b.yaml:4: the batch becomes too long when its variables and matrices are spelled out (limit 32 MiB)"
        )
    }

    @Test func aLongListIsRefused() throws {
        let job =
            "jobs: {render: a, models: \"${d}/m.ckpt\", output: \"${d}/a.mp4\", caption: \(Self.list(1001) { "c\($0)" })}"
        #expect(try refusal(job) == "b.yaml:2: caption has 1001 values (limit 1000)")
    }

    @Test func aMatrixOfLongTextsIsRefused() throws {
        let long = String(repeating: "x", count: 30_000)
        let text = """
            jobs:
            - render: a
              models: ${d}/m.ckpt
              caption: \(long)
              matrix: {random-seed: 0...9999}
              output: ${d}/{random-seed}.mp4
            """
        #expect(try refusal(text)?.contains("the batch becomes too long") == true)
    }

    @Test func namesOfJobsCountToo() throws {
        let text = """
            jobs:
            - render: a
              models: ${d}/m.ckpt
              matrix: {caption: \(Self.list(10) { "\"\(String(repeating: "x", count: 6000))\($0)\"" }), random-seed: 0...999}
              output: ${d}/{random-seed}.mp4
            """
        #expect(try refusal(text)?.contains("the batch becomes too long") == true)
    }

    @Test(arguments: [
        "- {render: a, matrix: {random-seed: 0...9999, fps: [1, 2]}}",
        "- {render: a, matrix: {random-seed: 0...9999}}\n- {render: b}",
        "- {render: a, matrix: {random-seed: 0...99, fps: 1...99, columns: 1...99, steps: 1...99, scale: 1...64}}",
    ])
    func moreJobsThanTheLimitAreRefusedAsTheFileIsRead(jobs: String) throws {
        let error = Result { try BatchFile(parsing: "jobs:\n" + jobs, file: "b.yaml") }.failure as? YAMLFileError
        #expect(error?.description.hasSuffix(": more than 10000 jobs") == true)
    }

    @Test func aListWithoutAMatrixIsCountedToo() throws {
        let jobs = (0...10_000).map { "- {render: a\($0)}" }.joined(separator: "\n")
        let error = Result { try BatchFile(parsing: "jobs:\n" + jobs, file: "b.yaml") }.failure as? YAMLFileError
        #expect(error?.description == "b.yaml:10002: more than 10000 jobs")
    }

    @Test(arguments: ["{", "${"], ["\u{301}", "\u{200D}", "\u{600}"])
    func aMarkBehindABraceDoesNotHideIt(brace: String, mark: String) throws {
        let text = "jobs: {render: a, models: \"${d}/m.ckpt\", output: \"${d}/\(brace)\(mark)x}.mp4\"}"
        #expect(
            try refusal(text)?.contains("there is no") == true || refusal(text)?.contains("there is nothing") == true)
    }
}
