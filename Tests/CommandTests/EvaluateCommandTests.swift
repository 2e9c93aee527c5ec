import Foundation
import GNCABasics
import Testing

@testable import gnca_render

/// Scores as the whole program prints and writes them, on a tiny picture.
@Suite struct EvaluateCommandTests {
    private static let tiny = ["--target", "t.png", "--size", "8", "--padding", "2", "--trials", "2"]

    private func folder() throws -> ProgramFolder {
        let folder = try ProgramFolder()
        try folder.addPicture("t.png")
        _ = try folder.folder.add("n.ckpt", ProgramFolder.model(gain: 0.03))
        return folder
    }

    private func evaluate(_ words: [String], in folder: ProgramFolder) throws -> ProgramRun {
        try ProgramRun(["evaluate"] + words + Self.tiny, in: folder.path)
    }

    private func lines(_ run: ProgramRun) -> [String] {
        String(decoding: run.output, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test func aTableHasALineAStepAndALineAKindOfDamage() throws {
        let folder = try folder()
        defer { folder.remove() }
        let run = try evaluate(["m.ckpt"], in: folder)
        #expect(run.status == 0 && run.errors == "")
        let lines = lines(run)
        #expect(
            lines[0].split(separator: " ").joined(separator: " ") == "loss PSNR worst 30 dB 40 dB recovered loss < 0.01"
        )
        let labels = ["step 80", "step 200", "step 1000", "step 2000", "one circle", "8 circles, one every 20 steps"]
        #expect(zip(lines.dropFirst(), labels).allSatisfy { $0.hasPrefix($1) })
        #expect(lines[4].contains(" % (0-66)") || lines[4].contains(" % (34-100)"), "\(lines[4])")
        #expect(lines.allSatisfy { !$0.hasSuffix(" ") })
        #expect(
            lines.count == 14
                && lines[12].hasPrefix("PSNR in the picture's box, dB: the median and the worst of 2 runs"))
    }

    @Test func severalModelsStandBelowEachOther() throws {
        let folder = try folder()
        defer { folder.remove() }
        let both = lines(try evaluate(["m.ckpt", "n.ckpt"], in: folder))
        #expect(both.count == 25)
        let alone = try ["m.ckpt", "n.ckpt"].map { lines(try evaluate([$0], in: folder)) }
        func numbers(_ line: String, behind label: String) -> String {
            String(line.dropFirst(label.count)).split(separator: " ").joined(separator: " ")
        }
        for (place, label) in ["step 80", "step 200"].enumerated() {
            let (first, second) = (both[1 + 2 * place], both[2 + 2 * place])
            #expect(first.hasPrefix(label) && second.hasPrefix(" "))
            #expect(numbers(first, behind: label) == "m.ckpt " + numbers(alone[0][1 + place], behind: label))
            #expect(numbers(second, behind: "") == "n.ckpt " + numbers(alone[1][1 + place], behind: label))
        }
    }

    private static let names = [
        "model", "after", "step", "trials", "loss", "psnr", "psnr_worst", "at_30_db", "at_30_db_low", "at_30_db_high",
        "at_40_db", "at_40_db_low", "at_40_db_high", "recovered", "recovered_low", "recovered_high", "survived",
        "survived_low", "survived_high",
    ]

    @Test func csvAndJSONSayTheSame() throws {
        let folder = try folder()
        defer { folder.remove() }
        let rows = lines(try evaluate(["m.ckpt", "n.ckpt", "--csv"], in: folder)).map {
            $0.components(separatedBy: ",")
        }
        #expect(rows[0] == Self.names && rows.count == 23)
        #expect(
            rows[1].prefix(4) == ["m.ckpt", "growth", "80", "2"] && rows[12].prefix(3) == ["n.ckpt", "growth", "80"])
        #expect(rows[1].suffix(6).allSatisfy { $0 == "" })
        // A kind of damage that holds a comma is in quotes.
        #expect(rows[6][1] == "\"8 circles" && rows[6][2] == " one every 20 steps\"")
        let json = try StrictJSON.parse(evaluate(["m.ckpt", "n.ckpt", "--json"], in: folder).output)
        let models = try #require(json["models"]?.elements)
        #expect(models.count == 2 && models[0]["model"]?.text == "m.ckpt" && models[0]["trials"] == .number("2"))
        let growth = try #require(models[1]["losses"]?.elements)
        #expect(growth.map { $0["step"] } == ["80", "200", "1000", "2000"].map { .number($0) })
        for (place, name) in Self.names.enumerated().dropFirst(4).dropLast(6) {
            let text = rows[12][place]
            #expect(growth[0][name] == (text.isEmpty ? .null : .number(text)), "\(name)")
        }
        let recoveries = try #require(models[0]["recoveries"]?.elements)
        #expect(recoveries.count == 7 && recoveries[0]["damage"]?.text == "one circle")
        for (place, name) in Self.names.enumerated().dropFirst(4) {
            #expect(recoveries[0][name] == .number(rows[5][place]), "\(name)")
        }
    }

    @Test(arguments: ["csv", "json"])
    func scoresAreWrittenInPlaceOfBeingPrinted(form: String) throws {
        let folder = try folder()
        defer { folder.remove() }
        let printed = try evaluate(["m.ckpt", "--\(form)"], in: folder)
        let run = try evaluate(["m.ckpt", "-o", "s.\(form)"], in: folder)
        #expect(run.status == 0 && run.output == [] && run.written == ["s.\(form): scores of 1 model, 2 trials a kind"])
        #expect(try folder.bytes("s.\(form)") == printed.output)
        let again = try evaluate(["m.ckpt", "-o", "s.\(form)"], in: folder)
        #expect(again.status == 73 && again.lines.count == 1)
        #expect(try evaluate(["m.ckpt", "-o", "s.\(form)", "--overwrite"], in: folder).status == 0)
    }

    @Test(arguments: [
        (["-o", "s.txt"], "s.txt: scores are written as CSV or JSON (name it .csv or .json)"),
        (["-o", "s"], "s: scores are written as CSV or JSON (name it .csv or .json)"),
        (["--json", "--csv"], "--json and --csv cannot stand together"),
        (["--json", "-o", "s.csv"], "--json and --csv say what is printed; the name of --output says it by itself"),
        (["--trials", "100001"], "--trials is out of range (got 100001, expected 1...100000)"),
        (["-o", "./m.ckpt"], "./m.ckpt: the scores would replace the model m.ckpt (name another file)"),
    ])
    func whatMeansNothingIsRefused(words: [String], message: String) throws {
        let folder = try folder()
        defer { folder.remove() }
        let before = try folder.names
        let run = try ProgramRun(
            ["evaluate", "m.ckpt", "--target", "t.png", "--size", "8", "--padding", "2"] + words, in: folder.path)
        #expect(run.status == 64)
        #expect(run.lines == ["gnca-render: " + message])
        #expect(try folder.names == before)
    }

    @Test func aModelWhoseStatesBlowUpIsScoredAsSuch() throws {
        let folder = try folder()
        defer { folder.remove() }
        _ = try folder.folder.add("wild.ckpt", ProgramFolder.model(gain: 20))
        let run = try evaluate(["wild.ckpt"], in: folder)
        #expect(run.status == 0)
        #expect(lines(run)[4].contains("blew up"))
        let row = lines(try evaluate(["wild.ckpt", "--csv"], in: folder))[4].components(separatedBy: ",")
        #expect(row[4] == "" && row[5] == "" && row[7] == "0.0")
    }

    @Test func anEvaluationIsAJobThatWaitsForItsModel() throws {
        let folder = try folder()
        defer { folder.remove() }
        let jobs = """
            jobs:
            - {evaluate: scores, matrix: {model: [a.ckpt, m.ckpt]}, target: t.png, size: 8, padding: 2, trials: 1, output: "s/{model}.csv"}
            - {train: a, target: t.png, size: 8, padding: 2, iterations: 2, output: a.ckpt}
            """
        try folder.put(jobs, name: "b.yaml")
        let run = try ProgramRun(["batch", "b.yaml"], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        for name in ["a", "m"] {
            let text = String(decoding: try folder.bytes("s/\(name).csv"), as: UTF8.self)
            #expect(text.hasPrefix(Self.names.joined(separator: ",") + "\n\(name).ckpt,growth,80,1,"))
        }
    }
}
