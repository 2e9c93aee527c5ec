import Foundation
import GNCACells
import GNCACheckpoints
import Testing

@testable import gnca_render

/// What holds for the options of all subcommands.
@Suite struct OptionTests {
    struct Described: Sendable, CustomTestStringConvertible {
        let subcommand: String
        let key: String
        let help: String
        var testDescription: String { "\(subcommand) \(key)" }
    }

    /// From what the parser tells of itself.
    static let all: [Described] = {
        guard let dump = try? JSONSerialization.jsonObject(with: Data(RootCommand._dumpHelp().utf8)),
            let root = (dump as? [String: Any])?["command"] as? [String: Any],
            let subcommands = root["subcommands"] as? [[String: Any]]
        else { return [] }
        return subcommands.filter { $0["commandName"] as? String != "help" }.flatMap { subcommand in
            (subcommand["arguments"] as? [[String: Any]] ?? []).map { argument in
                Described(
                    subcommand: subcommand["commandName"] as? String ?? "", key: argument["valueName"] as? String ?? "",
                    help: argument["abstract"] as? String ?? "")
            }
        }
    }()

    @Test func everySubcommandIsLookedAt() {
        #expect(Set(Self.all.map(\.subcommand)).count == RootCommand.configuration.subcommands.count)
    }

    /// A range may follow: "Pixels of one cell. (1...64; default: 8)".
    @Test(arguments: all)
    func everyOptionIsDescribedInASentenceOfItsOwn(option: Described) {
        #expect(
            option.help.wholeMatch(of: #/[A-Z].*[^.]\.( \([0-9.]+(; default: [0-9.]+)?\))?/#) != nil, "\(option.help)")
    }

    @Test(arguments: ["render", "figure", "evaluate", "inspect", "convert"])
    func everySubcommandThatReadsModelsHasTheSameOptionsForThat(subcommand: String) {
        let reading = Set(ModelOptions.helpMessage().matches(of: #/--([a-z-]+) /#).map { String($0.output.1) })
        #expect(!reading.isEmpty)
        let help = RootCommand.helpMessage(
            for: RootCommand.configuration.subcommands.first {
                $0._commandName == subcommand
            } ?? RootCommand.self)
        for name in reading where name != "help" { #expect(help.contains("--\(name) "), "\(name)") }
    }

    @Test func readingOptionsAreWhatTheUserSays() throws {
        let words = ["--tensors", "ema.", "--entry", "bark", "--control", "-1,0.5", "--dialect", "guess"]
        let options = try ModelOptions.parse(words)
        let grid = GridSize(width: 40, height: 32)
        #expect(
            options.options(grid: grid)
                == ReadingOptions(
                    dialect: .guess, tensors: "ema.", entry: "bark", control: .vector([-1, 0.5]), grid: grid))
        #expect(options.given == ["--dialect", "--tensors", "--entry", "--control"])
        #expect(try ModelOptions.parse(["--control", "3"]).control == .goal(3))
        #expect(try ModelOptions.parse([]).options() == ReadingOptions())
    }

    @Test func theRuleOfATrainingIsWhatTheUserSays() throws {
        let words = ["--hidden", "8,4", "--rule", "clamp=rgba,seed=alpha", "--learn-filters", "--life-mask", "after"]
        let settings = try TrainingOptions.parse(words).settings(target: TargetOptions.parse([]), start: nil, time: nil)
        #expect(settings.hidden == [8, 4])
        #expect(settings.learnsFilters)
        #expect(settings.rule.life == Life(before: false, clamp: Clamp(.rgba)))
        #expect(settings.rule.appearance.seed.channels == .alpha)
    }

    @Test(arguments: [
        ("", 3, 2), ("--recipe quick", 2, 1), ("--batch 8", 8, 5), ("--batch 1", 1, 0), ("--batch 8 --damaged 3", 8, 3),
        ("--regime temporal", 4, 3), ("--recipe distill", 8, 4), ("--recipe distill --batch 4", 4, 2),
        ("--recipe distill --regime temporal", 8, 5), ("--recipe article --batch 2", 2, 0),
    ])
    func howManyAreDamagedFollowsTheBatch(words: String, batch: Int, damaged: Int) throws {
        let settings = try TrainingOptions.parse(words.split(separator: " ").map(String.init))
            .settings(target: TargetOptions.parse([]), start: nil, time: nil)
        #expect(settings.batch == batch && settings.damaged == damaged)
    }

    @Test(arguments: [(nil, "sharp"), (60, "quick"), (299, "quick"), (300, "sharp")] as [(Double?, String)])
    func whatHasLittleTimeIsQuick(time: Double?, recipe: String) throws {
        let target = try TargetOptions.parse([])
        #expect(try TrainingOptions.parse([]).settings(target: target, start: nil, time: time).recipe == recipe)
        let sharp = try TrainingOptions.parse(["--recipe", "sharp"])
        #expect(try sharp.settings(target: target, start: nil, time: time).hidden == [256])
    }

    @Test func aDefaultIsAmongItsChoices() throws {
        #expect(Named<RegimeNames>("regenerating").entry == "regenerating")
        #expect(Named<RegimeNames>(argument: "sleeping") == nil)
        #expect(Named<Codecs>.allValueStrings.count == Set(Named<Codecs>.allValueStrings).count)
    }
}
