import GNCABasics
import Testing

@testable import gnca_render

@Suite struct BatchFileTests {
    private func parse(_ text: String, _ values: [(name: String, value: String)] = []) throws -> BatchFile {
        try BatchFile(parsing: text, file: "b.yaml", values: values)
    }

    @Test func aJobHasItsOptionsTheDefaultsAndAMatrix() throws {
        let file = try parse(
            """
            variables: {folder: films, unused: x}
            models: {all: "${folder}/*.ckpt", two: [a.ckpt, b.ckpt]}
            defaults:
              render: {fps: 30, theme: dark, reproducible: true}
            jobs:
              - render: films
                theme: light
                overlay: [counter, hidden]
                matrix: {model: [all, two], random-seed: 0...2, layout: [side, below]}
                output: ${folder}/{model}.mp4
            """)
        #expect(file.models.map(\.name) == ["all", "two"])
        #expect(file.models.map(\.files) == [["films/*.ckpt"], ["a.ckpt", "b.ckpt"]])
        let job = try #require(file.jobs.first)
        #expect(job.name == "films" && job.subcommand.name == "render")
        #expect(job.options.map(\.key) == ["theme", "overlay", "output", "fps", "reproducible"])
        #expect(
            job.options.map(\.setting) == [
                .words(["light"]), .words(["counter", "hidden"]), .words(["films/{model}.mp4"]), .words(["30"]),
                .flag(true),
            ])
        #expect(job.matrix.map(\.key) == ["model", "random-seed", "layout"])
        #expect(job.matrix.map(\.settings.count) == [2, 3, 2])
    }

    @Test func theCommandLineSetsVariables() throws {
        let text = "variables: {folder: here}\njobs: {render: a, models: m.ckpt, output: \"${folder}/a.mp4\"}"
        func output(_ values: [(name: String, value: String)]) throws -> BatchFile.Setting? {
            try parse(text, values).jobs[0].options.first { $0.key == "output" }?.setting
        }
        #expect(try output([]) == .words(["here/a.mp4"]))
        #expect(try output([("folder", "there")]) == .words(["there/a.mp4"]))
        let error = Result { try parse(text, [("floder", "x")]) }.failure as? CommandError
        #expect(error?.description == "--set floder: there is no such variable (did you mean folder?)")
    }

    @Test(arguments: [
        ("", "b.yaml: is empty"),
        ("jobs: []", "b.yaml:1: jobs is empty"),
        ("models: {}", "b.yaml:1: a batch has no jobs"),
        ("job: []", "b.yaml:1: unknown key \"job\" in a batch (did you mean jobs?)"),
        ("jobs: {}\njobs: {}", "b.yaml:2: key \"jobs\" is written twice in one mapping"),
        ("models: &a {}\njobs: *a", "b.yaml:1: anchors and aliases are not allowed"),
        ("models: {a: &x b.ckpt}\njobs: []", "b.yaml:1: anchors and aliases are not allowed"),
        ("jobs:\n- <<: {}\n  render: a", "b.yaml:2: unknown key \"<<\" in a render job"),
        ("jobs: !mine []", "b.yaml:1: tags are not allowed (got !mine)"),
        (
            "jobs:\n- render: a\n  output: \"a.mp4\\0.gif\"",
            "b.yaml:3: control characters are not allowed, nor are escapes that stand for them"
        ),
        ("jobs:\n- 5", "b.yaml:2: jobs must be a mapping (got \"5\")"),
        ("jobs:\n- models: a.ckpt", "b.yaml:2: a job says what it is (expected one of the keys "),
        ("jobs:\n- render: a\n  train: b", "b.yaml:3: a job is one thing (got render and train)"),
        ("jobs:\n- render: a/b", "b.yaml:2: a job's name has letters, digits and -_. (got \"a/b\")"),
        (
            "jobs:\n- render: a\n  scenaroi: grow",
            "b.yaml:3: unknown key \"scenaroi\" in a render job (did you mean scenario?)"
        ),
        (
            "jobs:\n- render: a\n  colour: red",
            "b.yaml:3: unknown key \"colour\" in a render job (gnca-render render --help shows the options)"
        ),
        (
            "jobs:\n- render: a\n  overwrite: true",
            "b.yaml:3: overwrite cannot stand in a job: the batch decides it for all of them"
        ),
        ("jobs:\n- render: a\n  reproducible: 5", "b.yaml:3: reproducible must be true or false (got \"5\")"),
        ("jobs:\n- render: a\n  theme: true", "b.yaml:3: theme needs a value (got true)"),
        ("jobs:\n- render: a\n  theme:", "b.yaml:3: theme must be text (got nothing)"),
        ("jobs:\n- render: a\n  theme: {a: b}", "b.yaml:3: theme must be text (got a mapping)"),
        ("jobs:\n- render: a\n- train: a", "b.yaml:3: the name \"a\" stands twice (first in line 2)"),
        (
            "variables: {model: x}\njobs:\n- render: a\n  output: ${models}/a.mp4",
            "b.yaml:4: there is no variable \"models\" (did you mean model?)"
        ),
        (
            "jobs:\n- render: a\n  output: ${models}/a.mp4",
            "b.yaml:3: there is no variable \"models\" (the file has no variables)"
        ),
        ("jobs:\n- render: a\n  output: ${models/a.mp4", "b.yaml:3: output: ${ has no }"),
        ("defaults: {rendr: {}}\njobs: []", "b.yaml:1: unknown key \"rendr\" in defaults (did you mean render?)"),
        (
            "defaults: {render: {fsp: 5}}\njobs: []",
            "b.yaml:1: unknown key \"fsp\" in the defaults of render (did you mean fps?)"
        ),
        ("jobs:\n- render: a\n  matrix: {modle: [a]}", "b.yaml:3: unknown key \"modle\" in a matrix of a render job"),
        ("jobs:\n- render: a\n  matrix: {fps: []}", "b.yaml:3: fps is empty"),
        ("jobs:\n- render: a\n  matrix: {fps: [1, 1]}", "b.yaml:3: fps has the same value twice"),
        ("jobs:\n- render: a\n  matrix: {output: [a]}", "b.yaml:3: unknown key \"output\" in a matrix of a render job"),
        (
            "jobs:\n- render: a\n  fps: 5\n  matrix: {fps: [1]}",
            "b.yaml:4: fps stands in the matrix and in the job itself"
        ),
        (
            "jobs:\n- render: a\n  matrix: {random-seed: 5...2}",
            "b.yaml:3: random-seed: 5...2 is no range (expected FIRST...LAST, at most 10000 numbers)"
        ),
    ])
    func aWrongFileIsRefusedInItsLine(text: String, sentence: String) throws {
        let error = Result { try parse(text) }.failure as? YAMLFileError
        let description = try #require(error?.description)
        #expect(description.hasPrefix(sentence), "\(description)")
        if sentence.hasSuffix(")") { #expect(description == sentence) }
    }

    @Test func whatWritesAnOutputCanBeAJob() {
        let names = Subcommand.all.map(\.name)
        #expect(names.contains("render") && names.contains("train") && names.contains("target"))
        #expect(!names.contains("batch") && !names.contains("list") && !names.contains("inspect"))
        for subcommand in Subcommand.all {
            let keys = subcommand.arguments.map(\.key)
            #expect(Set(keys).count == keys.count, "every key of \(subcommand.name) means one thing")
            // Of two subcommands, one at most has an option that is called as the other: the job is that one.
            for other in Subcommand.all where keys.contains(other.name) {
                #expect(other.name != subcommand.name && other[subcommand.name] == nil)
            }
            #expect(keys.allSatisfy { !["matrix", "model", "job"].contains($0) })
        }
    }
}
