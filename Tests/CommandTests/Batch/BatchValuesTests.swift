import GNCABasics
import Testing

@testable import gnca_render

/// Wrong values are told before the first job starts, in their line.
@Suite struct BatchValuesTests {
    private func withFiles(_ body: (ProgramFolder) throws -> Void) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try RightJobs.putFiles(folder)
        try body(folder)
    }

    @Test func jobsOfEveryKindAreRightAsTheyStand() throws {
        #expect(Set(RightJobs.all.map(\.kind)) == Set(Subcommand.all.map(\.name)))
        try withFiles { (folder) throws in
            let jobs = RightJobs.all.map { RightJobs.job($0.kind, $0.kind) }.joined(separator: "\n")
            #expect(try folder.refusal("jobs:\n" + jobs) == nil)
        }
    }

    /// Options that take any text.
    private static let texts = [
        "caption", "alt", "label", "url", "tensors", "entry", "preset", "pixel-format", "encoder-option", "title",
        "author", "licence", "font", "lead",
    ]

    /// Values that an option cannot have.
    private static func wrongValues(_ argument: Subcommand.Argument) -> [String] {
        var values = argument.kind == .flag ? ["5"] : ["no-such-value"]
        let summary = argument.summary
        if let range = summary.firstMatch(of: #/\(?([0-9.]*[0-9])\.\.\.([0-9.]*[0-9])/#), argument.kind == .option {
            values += [range.output.2 + "0", "-1"]
        }
        return values
    }

    @Test(arguments: RightJobs.all.map(\.kind))
    func everyOptionWithWordsOrARangeIsLookedAt(kind: String) throws {
        let subcommand = try #require(Subcommand.all.first { $0.name == kind })
        var count = 0
        try withFiles { (folder) throws in
            for argument in subcommand.arguments
            where !Subcommand.decidedByTheBatch.contains(argument.key) && !argument.namesFiles
                && !Self.texts.contains(argument.key)
            {
                for value in Self.wrongValues(argument) {
                    let line = "\(argument.key): \(value)"
                    let text = "jobs:\n" + RightJobs.job(kind, "job", [line])
                    let wanted = text.split(separator: "\n").count + 1
                    let refusal = try folder.refusal(text)
                    #expect(refusal?.hasPrefix("b.yaml:\(wanted): ") == true, "\(line) -> \(refusal ?? "taken")")
                    count += 1
                }
            }
        }
        #expect(count > 1)
    }

    /// Values that are wrong together with others, with a part of the sentence.
    private static let wrongTogether: [(kind: String, line: String, words: String)] = [
        ("render", "quality: 99", "the quality is out of range for h264"),
        ("render", "codec: prores", "mp4 has no codec \"prores\""),
        ("render", "columns: 3", "columns out of range"),
        ("render", "start: \"99,99\"", "the seed at 99,99 lies outside"),
        ("render", "caption: [a, b]", "--caption stands once a model (got 2, expected 1)"),
        ("render", "overlay: error", "needs a picture to compare with"),
        ("render", "target: ${d}/none.png", "there is no file D/none.png, and no job makes it"),
        ("render", "scenario: ${d}/none.yaml", "D/none.yaml: there is no such file"),
        ("render", "damage: \"erase:${d}/none.png@3\"", "there is no file D/none.png"),
        ("render", "damage: \"erase:${d}/f.mp4@3\"", "f.mp4"),
        ("render", "background: transparent", "cannot hold transparency"),
        ("render", "output: ${d}/a.xyz", "no format has this extension"),
        ("render", "models: ${d}/f.mp4", "this is no model of a known kind"),
        ("render", "grid: 9999x9999", "grid out of range"),
        ("train", "output: ${d}/a.pt", "train writes this program's own format"),
        ("train", "target: ${d}/f.mp4", "f.mp4"),
        ("train", "batch: 0", "batch"),
        ("train", "fire-rate: 7", "fire"),
        ("train", "size: 0", "size"),
        ("train", "loss-curve: ${d}/a.gif", "a figure is written as PNG, SVG or PDF"),
        ("train", "from: ${d}/f.mp4", "this is no model of a known kind"),
        ("figure", "output: ${d}/a.gif", "a figure is written as PNG, SVG or PDF"),
        ("figure", "target: ${d}/p.png", "does not use --target"),
        ("figure", "models: [\"${d}/m.ckpt\", \"${d}/m.ckpt\"]", "is made from one model (got 2)"),
        ("figure", "kind: curves\n  data: ${d}/a.json", "this figure's numbers are written as CSV"),
        ("figure", "kind: portrait\n  trials: 101", "--trials is out of range (got 101, expected 1...100)"),
        ("figure", "dpi: 100", "--dpi belongs to a --width in cm"),
        ("page", "output: ${d}/a.pdf", "a page is written as HTML"),
        ("page", "size: 9", "--size, --padding, --resampling, --font and --key belong to --target"),
        ("page", "grid: 999x9", "a page has at most 512x512 cells"),
        ("page", "models: ${d}/f.mp4", "this is no model of a known kind"),
        ("embed", "films: ${d}/none.html", "there is no file D/none.html, and no job makes it"),
        ("embed", "poster: ${d}/f.mp4", "not a picture of a known kind"),
        ("embed", "poster: ${d}/none.png", "there is no file D/none.png, and no job makes it"),
        ("embed", "output: ${d}/a.pdf", "no snippet has this extension"),
        ("embed", "films: ${d}/m.ckpt", "browsers do not play this"),
        ("evaluate", "output: ${d}/a.txt", "scores are written as CSV or JSON"),
        ("evaluate", "json: true", "the name of --output says it by itself"),
        ("evaluate", "models: ${d}/f.mp4", "this is no model of a known kind"),
        ("evaluate", "size: 0", "size"),
        ("train", "until: 40dB\n  regime: growing", "--until belongs to a training that teaches a pattern to stay"),
        ("convert", "output: ${d}/a.xyz", "the extension names no model format"),
        ("convert", "input: ${d}/p.png", "p.png"),
    ]

    @Test func whatIsWrongTogetherIsToldInALine() throws {
        try withFiles { (folder) throws in
            for (kind, line, words) in Self.wrongTogether {
                let text = "jobs:\n" + RightJobs.job(kind, "job", [line])
                let refusal = try folder.refusal(text) ?? "taken"
                #expect(refusal.contains(words), "\(kind) \(line) -> \(refusal)")
                let number = refusal.split(separator: ":").dropFirst().first.flatMap { Int($0) } ?? 0
                #expect(number > 2, "\(kind) \(line) -> \(refusal)")
            }
        }
    }

    @Test func nothingRunsWhereALaterJobIsWrong() throws {
        try withFiles { (folder) throws in
            let wrong = RightJobs.job("render", "second", ["theme: drak"])
            let text = "variables: {d: .}\njobs:\n" + RightJobs.job("render", "first") + "\n" + wrong
            try folder.put(text, name: "b.yaml")
            let names = try folder.names
            let run = try ProgramRun(["batch", "b.yaml"], in: folder.path)
            #expect(run.status == 65)
            #expect(run.lines == ["gnca-render: b.yaml:17: --theme is \"drak\" (expected light or dark)"])
            #expect(try folder.names == names)
        }
    }

    @Test func whatAnotherJobMakesIsNotLookedAt() throws {
        try withFiles { (folder) throws in
            let jobs = [
                RightJobs.job("train", "a"),
                RightJobs.job("render", "b", ["models: ${d}/a.ckpt", "poster: ${d}/b.png"]),
                RightJobs.job("figure", "c", ["models: ${d}/a.ckpt"]),
                RightJobs.job("convert", "d", ["input: ${d}/a.ckpt"]),
                RightJobs.job("embed", "e", ["films: ${d}/b.mp4"]),
                RightJobs.job(
                    "figure", "f", ["kind: rates", "models: ${d}/m.ckpt", "target: ${d}/b.png", "output: ${d}/f.png"]),
                RightJobs.job("train", "g", ["target: ${d}/f.png"]), RightJobs.job("train", "h", ["from: ${d}/d.ckpt"]),
            ]
            let planned = try folder.plan("jobs:\n" + jobs.joined(separator: "\n"))
            #expect(planned.map(\.needs) == [[], [0], [0], [0], [1], [1], [5], [3]])
            // What no model changes is told all the same.
            let wrong = RightJobs.job("render", "i", ["models: ${d}/a.ckpt", "quality: 99"])
            let refusal = try folder.refusal("jobs:\n" + (jobs + [wrong]).joined(separator: "\n"))
            #expect(refusal?.contains("the quality is out of range for h264") == true)
        }
    }

    @Test func lettersThatATerminalObeysAreSpelledOut() throws {
        try withFiles { (folder) throws in
            let wrong =
                "jobs:\n" + RightJobs.job("render", "a", ["theme: \"\\u202edark\\ngnca-render: b.yaml is fine\""])
            let refusal = try #require(try folder.refusal(wrong))
            #expect(!refusal.contains("\n") && !refusal.unicodeScalars.contains("\u{202E}"))
            #expect(refusal.contains("\\u202edark\\n"))
            let unknown = "jobs: {render: a, models: \"\\u202em\", output: \"${d}/a.mp4\"}"
            #expect(try folder.refusal(unknown)?.contains("\\u202em") == true)
        }
    }
}
