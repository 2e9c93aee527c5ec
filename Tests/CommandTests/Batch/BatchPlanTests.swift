import Foundation
import GNCABasics
import Testing

@testable import gnca_render

@Suite struct BatchPlanTests {
    private func plan(_ text: String, in folder: ProgramFolder, roots: [String]? = nil) throws -> [BatchJob] {
        try folder.plan(text, roots: roots)
    }

    private func withFolder<Result>(_ body: (ProgramFolder) throws -> Result) throws -> Result {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        _ = try folder.folder.add("n.ckpt", ProgramFolder.model(gain: 0.01))
        return try body(folder)
    }

    private func refused(_ text: String, _ sentence: String) throws {
        try withFolder { (folder) throws in
            #expect(try folder.refusal(text) == sentence)
        }
    }

    // MARK: jobs

    @Test func aMatrixBecomesAJobForEveryCombination() throws {
        try withFolder { (folder) throws in
            let jobs = try plan(
                """
                models: {mine: "${d}/m.ckpt", all: "${d}/*.ckpt"}
                jobs:
                - render: films
                  matrix: {model: [mine], scenario: [grow, regen], overlay: [counter, false], random-seed: 8...9}
                  output: ${d}/{job}-{model}-{scenario}-{overlay}-{random-seed}.mp4
                """, in: folder)
            #expect(jobs.count == 8)
            #expect(jobs[0].name == "films/mine/grow/counter/8")
            #expect(jobs[1].name == "films/mine/grow/counter/9")
            #expect(jobs[7].name == "films/mine/regen/no-overlay/9")
            #expect(jobs[7].outputs.map(\.name) == ["films-mine-regen-no-overlay-9.mp4"])
            #expect(
                jobs[0].arguments.map { $0.replacing(folder.path, with: "D") } == [
                    "render", "D/m.ckpt", "--scenario", "grow", "--random-seed", "8", "--overlay", "counter",
                    "--output", "D/films-mine-grow-counter-8.mp4", "--threads", "1", "--overwrite",
                ])
            #expect(!jobs[7].arguments.contains("--overlay"))
            #expect(Set(jobs.map(\.key)).count == 8)
        }
    }

    @Test func modelsStandInOneFilmAndAMatrixMakesOneOfEach() throws {
        try withFolder { (folder) throws in
            let jobs = try plan(
                """
                models: {mine: "${d}/m.ckpt", all: "${d}/*.ckpt"}
                jobs:
                - {render: grid, models: [all, mine], output: "${d}/grid.mp4"}
                - {render: each, matrix: {model: all}, output: "${d}/{model}.mp4"}
                - {render: single, models: mine, caption: "a {model}", output: "${d}/single-{model}.mp4"}
                """, in: folder)
            #expect(jobs.map(\.name) == ["grid", "each/m", "each/n", "single"])
            #expect(jobs.map { $0.inputs.count } == [3, 1, 1, 1])
            #expect(jobs.map { $0.outputs[0].name } == ["grid.mp4", "m.mp4", "n.mp4", "single-mine.mp4"])
            #expect(jobs[3].arguments.contains("a mine"))
        }
    }

    @Test func listsRepeatAnOptionOrStandWithCommas() throws {
        try withFolder { (folder) throws in
            let jobs = try plan(
                """
                jobs:
                - render: a
                  models: ${d}/m.ckpt
                  overlay: [hidden, counter]
                  start: ["1,2", "3,4"]
                  angle: -45
                  threads: 2
                  output: ["${d}/a.mp4", "${d}/stills/"]
                """, in: folder)
            let words = jobs[0].arguments.dropFirst(2).filter { !$0.hasPrefix(folder.path) }
            #expect(
                words == [
                    "--start", "1,2", "--start", "3,4", "--angle=-45", "--overlay", "hidden,counter", "--output",
                    "--output", "--threads", "2", "--overwrite",
                ])
            #expect(jobs[0].outputs.map(\.name) == ["a.mp4", "stills/"])
        }
    }

    @Test func aFigureReadsAModelOfAnotherProgramAsAFilmDoes() throws {
        try withFolder { (folder) throws in
            try folder.put(ProgramFolder.namelessTensors(gain: 0.01), name: "n.json")
            let jobs = try plan(
                """
                defaults: {render: {dialect: "order=filter"}, figure: {dialect: "order=channel,scale=1"}}
                jobs:
                - {render: a, models: "${d}/n.json", output: "${d}/a.mp4"}
                - {figure: b, kind: strip, models: "${d}/n.json", output: "${d}/b.png"}
                """, in: folder)
            #expect(jobs[0].arguments.contains("order=filter"))
            #expect(jobs[1].arguments.contains("order=channel,scale=1"))
        }
    }

    // MARK: what is refused

    /// Jobs that are wrong, and the sentence that says so.
    private static let wrongJobs: [(String, String)] = [
        ("jobs: {render: a, models: \"${d}/m.ckpt\"}", "b.yaml:2: the render job \"a\" has no output"),
        (
            "models: {turtle: m.ckpt}\njobs: {render: a, models: trutle, output: \"${d}/a.mp4\"}",
            "b.yaml:3: there is no model \"trutle\" (did you mean turtle?)"
        ),
        (
            "jobs: {render: a, models: trutle, output: \"${d}/a.mp4\"}",
            "b.yaml:2: there is no model \"trutle\" (the file names none)"
        ),
        ("jobs: {render: a, models: \"${d}/*.json\", output: \"${d}/a.mp4\"}", "b.yaml:2: no file matches D/*.json"),
        (
            "jobs: {render: a, models: \"${d}/x.ckpt\", output: \"${d}/a.mp4\"}",
            "b.yaml:2: models: there is no file D/x.ckpt, and no job makes it"
        ),
        (
            "jobs: {render: a, models: \"${d}/*.ckpt\", output: \"${d}/{model}.mp4\"}",
            "b.yaml:2: {model} is one model, and the job has 2 (matrix: {model: ...} makes a job of each)"
        ),
        (
            "jobs:\n- render: a\n  models: ${d}/m.ckpt\n  matrix: {scenario: [grow]}\n  output: ${d}/{scenari}.mp4",
            "b.yaml:6: there is nothing called {scenari} in the job (did you mean scenario?)"
        ),
        ("jobs: {render: a, models: \"${d}/m.ckpt\", output: \"${d}/{job.mp4\"}", "b.yaml:2: output: { has no }"),
        ("jobs: {render: a, models: \"${d}/m.ckpt\", output: \"-\"}", "b.yaml:2: a job's output is a file (got -)"),
        (
            "jobs:\n- render: a\n  models: ${d}/m.ckpt\n  fps: fast\n  output: ${d}/a.mp4",
            "b.yaml:5: --fps is \"fast\" (expected frames a second, 1...240, as 30, 29.97 or 30000/1001)"
        ),
        (
            "jobs:\n- render: a\n  models: ${d}/m.ckpt\n  damage: circle:1,2@3\n  output: ${d}/a.mp4",
            "b.yaml:5: --damage: circle:1,2@3: a circle has 3 lengths (got 2, expected X,Y,R)"
        ),
        (
            "jobs:\n- figure: a\n  kind: strip\n  models: ${d}/m.ckpt\n  dialect: order=row\n  output: ${d}/a.png",
            "b.yaml:6: --dialect: the dialect has a wrong order (got \"row\", expected filter, channel)"
        ),
        (
            "jobs:\n- figure: a\n  kind: stripe\n  models: ${d}/m.ckpt\n  output: ${d}/a.png",
            "b.yaml:4: kind is \"stripe\" (expected strip, channels, rotation, recovery, compare, filters, mask, quality, "
                + "atlas, rates, curves, portrait, lineage, loss or architecture)"
        ),
        (
            "jobs:\n- render: a\n  models: ${d}/m.ckpt\n  matrix: {random-seed: [1, x]}\n  output: ${d}/{random-seed}.mp4",
            "b.yaml:5: --random-seed is \"x\" (expected a number, 0...4294967295)"
        ),
        (
            "jobs:\n- render: a\n  models: ${d}/m.ckpt\n  matrix: {random-seed: 1...2}\n  output: ${d}/a.mp4",
            "b.yaml:3: a/1 and a/2 both make D/a.mp4 (the output leaves out {random-seed})"
        ),
        (
            "jobs:\n- {render: a, models: \"${d}/m.ckpt\", output: \"${d}/a.mp4\"}\n"
                + "- {render: b, models: \"${d}/m.ckpt\", output: \"${d}/x/../a.mp4\"}",
            "b.yaml:4: a and b both make D/x/../a.mp4"
        ),
        (
            "jobs: {render: a, models: \"${d}/m.ckpt\", output: [\"${d}/a.mp4\", \"${d}/a.mp4\"]}",
            "b.yaml:2: D/a.mp4: the film would replace the film (name another file)"
        ),
        (
            "jobs:\n- {render: a, models: \"${d}/m.ckpt\", output: \"${d}/a/\"}\n"
                + "- {render: b, models: \"${d}/m.ckpt\", output: \"${d}/a/b.mp4\"}",
            "b.yaml:4: b makes D/a/b.mp4 in a folder that is itself an output (of a)"
        ),
        (
            "jobs: {render: a, models: \"${d}/m.ckpt\", output: \"${d}/../a.mp4\"}",
            "b.yaml:2: output: D/../a.mp4 is outside of D (--root names other folders)"
        ),
        (
            "jobs: {render: a, models: /etc/passwd, output: \"${d}/a.mp4\"}",
            "b.yaml:2: models: /etc/passwd is outside of D (--root names other folders)"
        ),
        (
            "jobs: {render: a, models: \"${d}/m.ckpt\", damage: \"erase:/x.png@5\", output: \"${d}/a.mp4\"}",
            "b.yaml:2: damage: /x.png is outside of D (--root names other folders)"
        ),
        (
            "jobs:\n- {train: a, target: 🐢, output: \"${d}/a.ckpt\", from: \"${d}/b.ckpt\"}\n"
                + "- {train: b, target: 🐢, output: \"${d}/b.ckpt\", from: \"${d}/a.ckpt\"}",
            "b.yaml:3: a needs what is made from its own output"
        ),
        (
            "jobs: {train: a, target: 🐢, output: \"${d}/a.ckpt\", from: \"${d}/a.ckpt\"}",
            "b.yaml:2: D/a.ckpt: the model would replace the first model (name another file)"
        ),
        (
            "jobs:\n- render: a\n  models: ${d}/m.ckpt\n  matrix: {random-seed: 0...9999, fps: [24, 25]}\n  output: ${d}/x",
            "b.yaml:3: more than 10000 jobs"
        ),
    ]

    @Test(arguments: wrongJobs)
    func aWrongJobIsRefusedInItsLine(text: String, sentence: String) throws {
        try refused(text, sentence)
    }

    @Test func aLinkThatLeadsOutIsRefused() throws {
        try withFolder { (folder) throws in
            try FileManager.default.createSymbolicLink(atPath: folder.path + "/out", withDestinationPath: "/tmp")
            try FileManager.default.createSymbolicLink(
                atPath: folder.path + "/l.ckpt", withDestinationPath: "/etc/passwd")
            for (models, output) in [("m.ckpt", "out/a.mp4"), ("l.ckpt", "a.mp4"), ("m.ckpt", "out/new/../a.mp4")] {
                let error =
                    Result {
                        try plan(
                            "jobs: {render: a, models: \"${d}/\(models)\", output: \"${d}/\(output)\"}", in: folder)
                    }.failure as? YAMLFileError
                #expect(error?.description.contains(" is outside of ") == true)
            }
            let both = [folder.path, "/tmp"]
            let text = "jobs: {render: a, models: \"${d}/m.ckpt\", output: \"${d}/out/a.mp4\"}"
            #expect(try plan(text, in: folder, roots: both).count == 1)
        }
    }

    @Test func whatLiesOutsideIsNotEvenRead() throws {
        try withFolder { (folder) throws in
            let inner = folder.path + "/inner"
            try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: false)
            try folder.put("secret", name: "s.yaml")
            try folder.put("steps: 5\nevents: [{at: 1, mask: ../x.png}]\n", name: "inner/s.yaml")
            func sentence(_ scenario: String) -> String? {
                let text = "jobs: {train: a, target: 🐢, output: \"${d}/inner/a.ckpt\"}"
                let film =
                    "jobs: {render: a, models: \"${d}/inner/m.ckpt\", scenario: \"\(scenario)\", output: \"${d}/inner/a.mp4\"}"
                #expect(throws: Never.self) { try plan(text, in: folder, roots: [inner]) }
                let error = Result { try plan(film, in: folder, roots: [inner]) }.failure as? YAMLFileError
                return error?.description
            }
            #expect(sentence("${d}/s.yaml")?.contains("/s.yaml is outside of ") == true)
            #expect(sentence("${d}/inner/s.yaml")?.contains("/inner/../x.png is outside of ") == true)
        }
    }

    // MARK: keys

    @Test func aKeyChangesWithWhatDecidesTheFilmAndOnlyThen() throws {
        try withFolder { (folder) throws in
            func key(_ options: String) throws -> String {
                let jobs = try plan(
                    "jobs: {render: a, models: \"${d}/m.ckpt\", output: \"${d}/a.mp4\", \(options)}", in: folder)
                return jobs[0].key
            }
            let first = try key("fps: 25, scale: 4")
            #expect(first.count == 64)
            #expect(try key("scale: 4, fps: 25") == first, "the order of writing is none of the film's")
            #expect(try key("scale: 4, fps: 30") != first)
            #expect(try key("scale: 4, fps: 25, theme: dark") != first)
            try folder.put("steps: 5\n", name: "s.yaml")
            let scenario = try key("scenario: \"${d}/s.yaml\"")
            #expect(try key("scenario: \"${d}/s.yaml\"") == scenario)
            try folder.put("steps: 6\n", name: "s.yaml")
            #expect(try key("scenario: \"${d}/s.yaml\"") != scenario)
            try folder.addPictures("one.png", "two.png")
            try folder.folder.write(folder.bytes("one.png"), "x.png")
            let damage = "damage: \"erase:${d}/x.png@5\""
            let masked = try key(damage)
            try folder.folder.write(folder.bytes("two.png"), "x.png")
            #expect(try key(damage) != masked)
            try folder.put("steps: 6\nevents: [{at: 1, mask: x.png}]\n", name: "s.yaml")
            let event = try key("scenario: \"${d}/s.yaml\"")
            try folder.folder.write(folder.bytes("one.png"), "x.png")
            #expect(try key("scenario: \"${d}/s.yaml\"") != event)
            _ = try folder.folder.add("m.ckpt", ProgramFolder.model(gain: 0.03))
            #expect(try key("fps: 25, scale: 4") != first)
        }
    }

    @Test func whatIsMadeFromAnotherJobDependsOnThatJob() throws {
        try withFolder { (folder) throws in
            func jobs(_ iterations: Int) throws -> [BatchJob] {
                try plan(
                    """
                    jobs:
                    - {render: film, models: "${d}/a.ckpt", output: "${d}/a.mp4"}
                    - {train: model, target: 🐢, iterations: \(iterations), output: "${d}/a.ckpt"}
                    - {render: other, models: "${d}/m.ckpt", output: "${d}/b.mp4"}
                    """, in: folder)
            }
            let (few, many) = (try jobs(5), try jobs(6))
            #expect(few.map(\.needs) == [[1], [], []])
            #expect(few[0].key != many[0].key && few[1].key != many[1].key && few[2].key == many[2].key)
            try folder.put("made", name: "a.ckpt")
            #expect(try jobs(5).map(\.key) == few.map(\.key), "the key is that of the job, not of what lies there")
            #expect(JobGraph.closure([0], few) == [0, 1])
        }
    }
}
