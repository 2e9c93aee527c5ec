import Foundation
import GNCACells
import GNCACheckpoints
import Testing

@testable import gnca_render

/// A number from a stranger's file, or from the user, that is far larger than any that means something ends no program: it is
/// shown, passed over or refused.
@Suite struct StrangersNumbersTests {
    private static let extremes: [Float] = [1e18, -1e18, 3e38, -3e38, 1e-38]

    /// A model whose settings of numbers have this value, as far as they may.
    private func add(_ name: String, _ value: Float, to folder: ProgramFolder) throws -> Int {
        var checkpoint = try ProgramFolder.model(gain: 0.01)
        checkpoint.provenance["training.steps"] = "1-9223372036854775807"
        var set = 0
        for setting in RuleSettings.all where setting.expected.hasPrefix("a number") {
            var rule = checkpoint.rule
            guard setting.set("\(value)", &rule), (try? rule.check()) != nil else { continue }
            checkpoint.rule = rule
            set += 1
        }
        checkpoint.rule.network.activation = .leakyRelu(slope: value)
        checkpoint.rule.life.clamp = Clamp(.all, -value.magnitude...value.magnitude)
        let taps = [Float](repeating: value, count: 9 * 16)
        checkpoint.rule.perception.filters = [.taps(taps), .taps(taps), .named(.sobelX, value / 4)]
        _ = try folder.folder.add(name, checkpoint)
        return set
    }

    @Test(arguments: extremes)
    func figuresShowThem(value: Float) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        #expect(try add("x.ckpt", value, to: folder) >= 2)
        for figure in [
            "architecture x.ckpt", "mask x.ckpt --grid 12x12 --step 0", "filters x.ckpt --grid 12x12 --step 0",
            "strip x.ckpt --grid 12x12 --steps 0",
        ] {
            let words = figure.split(separator: " ").map(String.init)
            let run = try ProgramRun(["figure"] + words + ["-o", "f.svg", "--overwrite"], in: folder.path)
            #expect(run.status == 0, "\(figure): \(run.errors)")
        }
        let run = try ProgramRun(["inspect", "x.ckpt"], in: folder.path)
        #expect(run.status == 0)
    }

    /// What a file says of its training is unknown where no training can have been so long.
    @Test func theTimeBarPassesOverThem() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        for steps in ["1-9223372036854775807", "4611686018427387904-4611686018427387905", "0-3", "5-4"] {
            var checkpoint = try ProgramFolder.model(gain: 0.01)
            checkpoint.provenance["training.steps"] = steps
            checkpoint.provenance["training.regime"] = "persistent"
            _ = try folder.folder.add("x.ckpt", checkpoint)
            let run = try ProgramRun(
                ["x.ckpt", "--overlay", "time", "-o", "f.gif", "--overwrite"] + ProgramFolder.small, in: folder.path)
            #expect(run.status == 0, "\(steps): \(run.errors)")
            let option = try ProgramRun(
                ["m.ckpt", "--overlay", "time", "--trained-steps", steps, "-o", "g.gif"] + ProgramFolder.small,
                in: folder.path)
            #expect(option.status == 64)
        }
    }

    @Test(arguments: ["9223372036854775807", "-92233720368547758", "3e38", "1e300"])
    func listsOfOptionsToo(number: String) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        for words in [
            "rotation m.ckpt --grid 12x12 --steps 3 --angle=0,\(number)",
            "filters m.ckpt --grid 12x12 --step 3 --angle=\(number)",
            "rates m.ckpt --target 🐢 --size 6 --padding 2 --steps 3 --fire-rate=\(number)",
        ] {
            let run = try ProgramRun(
                ["figure"] + words.split(separator: " ").map(String.init) + ["-o", "f.svg", "--overwrite"],
                in: folder.path)
            #expect([0, 64].contains(run.status), "\(words): \(run.status) \(run.errors)")
            #expect(run.status == 0 || run.errors.hasPrefix("gnca-render: "))
        }
    }

    /// Gradients of influence are part of what a film is said to need.
    @Test func aFilmWithInfluenceSaysWhatItNeeds() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        func megabytes(_ overlay: String) throws -> Int {
            let run = try ProgramRun(
                ["m.ckpt", "--grid", "300x300", "--overlay", overlay, "--target", "🐢", "--dry-run", "-o", "f.gif"],
                in: folder.path)
            let words = String(decoding: run.output, as: UTF8.self).components(separatedBy: "about ")
            return Int(words.last?.split(separator: " ").first ?? "") ?? -1
        }
        #expect(try megabytes("influence") > megabytes("error") + 200)
    }

    /// A start that has no seed has no place.
    @Test func aStartBelongsToASeed() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        var checkpoint = try ProgramFolder.model(gain: 0.01)
        checkpoint.rule.appearance.seed.start = .noise
        _ = try folder.folder.add("x.ckpt", checkpoint)
        for words in [["x.ckpt", "-o", "f.gif", "--steps", "2"], ["page", "x.ckpt", "-o", "f.html"]] {
            let run = try ProgramRun(words + ["--start", "3,3"], in: folder.path)
            #expect(run.status == 64)
            #expect(run.errors.contains("--start belongs to models that begin with a cell (x.ckpt begins with noise)"))
        }
    }

    /// What a blow-up is told with is an option that the command has.
    @Test func aPageNamesItsOwnWayAroundABlowUp() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        _ = try folder.folder.add("x.ckpt", ProgramFolder.model(gain: 1e20))
        let run = try ProgramRun(["page", "x.ckpt", "-o", "f.html"], in: folder.path)
        #expect(run.status == 65 && run.errors.contains("--poster-step names an earlier one"), "\(run.errors)")
        #expect(try ProgramRun(["page", "x.ckpt", "-o", "f.html", "--poster-step", "0"], in: folder.path).status == 0)
    }

    @Test func stepsOfTheWarmUpAreThoseOfTheRest() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try folder.addPictures("t.png", "u.png")
        func warmUp(_ words: String...) throws -> String? {
            let usual = "train t.png --size 6 --padding 2 --iterations 1 --quiet --overwrite -o r.ckpt"
            let run = try ProgramRun(usual.split(separator: " ").map(String.init) + words, in: folder.path)
            try #require(run.status == 0, "\(run.errors)")
            let file = try CheckpointFile(path: folder.path + "/r.ckpt", options: ReadingOptions())
            return file.checkpoint.provenance["training.warm_up_steps"]
        }
        #expect(try warmUp("--steps", "4-6") == "4-6")
        #expect(try warmUp("--steps", "4-6", "--warm-up-iterations", "1", "--warm-up-steps", "2-3") == "2-3")
        #expect(try warmUp("--recipe", "article", "--regime", "growing", "--steps", "12-14") == "10-19")
    }
}
