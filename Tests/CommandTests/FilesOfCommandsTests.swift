import Foundation
import GNCABasics
import Testing

@testable import gnca_render

/// No output is an input, and no two outputs are one file, in any command: every option that names a file takes part, as
/// the argument parser describes them.
@Suite struct FilesOfCommandsTests {
    /// A command line of every command that writes: its options by their keys. Options that are added to it replace these.
    private static let bases = [
        "render": ["models": "m.ckpt", "output": "out.gif"],
        "train": ["target": "t.png", "output": "out.ckpt"],
        "figure": ["kind": "strip", "models": "m.ckpt", "output": "out.png"],
        "target": ["picture": "t.png", "output": "out.png"],
        "evaluate": ["models": "m.ckpt", "target": "t.png", "output": "out.csv"],
        "convert": ["input": "m.ckpt", "output": "out.ckpt"],
        "page": ["models": "m.ckpt", "output": "out.html"],
        "embed": ["films": "film.mp4", "output": "out.html"],
    ]

    private static let names = Subcommand.all.map(\.name)

    private static func subcommand(_ name: String) throws -> Subcommand {
        try #require(Subcommand.all.first { $0.name == name })
    }

    /// The words of a command with these options in place of the usual ones.
    private static func words(_ name: String, _ options: [(key: String, value: String)]) throws -> [String] {
        let subcommand = try subcommand(name)
        var values = try #require(bases[name], "\(name) has no command line here")
        for option in options { values[option.key] = option.value }
        var words = [name]
        for argument in subcommand.arguments {
            guard let value = values[argument.key] else { continue }
            words += argument.kind == .positional ? [value] : ["--" + argument.key, value]
        }
        return words
    }

    private static func files(_ words: [String]) throws -> RunFiles {
        let command = try RootCommand.parseAsRoot(words)
        return try #require(command as? any FileUser, "\(words[0]) does not tell its files").files()
    }

    /// Keys of options that name files: those that the parser knows, and damage, whose masks have a word before them.
    private static func keys(_ name: String) throws -> [String] {
        let subcommand = try subcommand(name)
        return subcommand.arguments.filter { $0.namesFiles || $0.key == "damage" }.map(\.key)
    }

    /// A value of an option that names `file`.
    private static func value(_ key: String, _ name: String, file: String) -> String {
        switch key {
        case "damage": "erase:\(file)" + (name == "render" ? "@1" : "")
        default: file
        }
    }

    /// The file behind a value: a training's films have names of their own in their folder, a model's state stands beside it.
    private static func file(_ key: String, _ value: String) -> String {
        switch key {
        case "film": value + "/pool.mp4"
        case "damage": String(value.dropFirst("erase:".count).prefix { $0 != "@" })
        default: value
        }
    }

    @Test func everyOptionThatNamesAFileSaysSoToTheParser() throws {
        let tool = try StrictJSON.parse(RootCommand._dumpHelp().utf8)
        var seen = 0
        for command in tool["command"]?["subcommands"]?.elements ?? [] {
            guard let name = command["commandName"]?.text, Self.bases[name] != nil else { continue }
            for argument in command["arguments"]?.elements ?? [] {
                let value = argument["valueName"]?.text ?? ""
                guard ["file", "folder", "out", "target", "picture", "models", "films", "input"].contains(value) else {
                    continue
                }
                seen += 1
                let completion = argument["completionKind"]
                #expect(completion?["file"] != nil || completion?["directory"] != nil, "\(name) \(value)")
            }
        }
        #expect(seen > 15)
    }

    @Test(arguments: names)
    func everyFileThatIsNamedIsTold(name: String) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try folder.put("steps: 3", name: "told.yaml")
        for key in try Self.keys(name) {
            let ending = Self.ending(name, [key])
            let file = "\(folder.path)/told.\(ending)"
            let uses = try Self.files(Self.words(name, [(key, Self.value(key, name, file: file))])).uses
            #expect(uses.contains { $0.path == file }, "\(key)")
        }
    }

    /// Ways to spell a file.
    private static let spellings = ["same", "dot", "parent", "symlink", "hardlink"]

    /// Another name of `file` in `folder`, which is there.
    private static func alias(_ file: String, _ spelling: String, in folder: String, ending: String) throws -> String {
        let other = "\(folder)/alias.\(ending)"
        switch spelling {
        case "dot": return "\(folder)/./\(file)"
        case "parent": return "\(folder)/films/../\(file)"
        case "symlink": try FileManager.default.createSymbolicLink(atPath: other, withDestinationPath: file)
        case "hardlink": try FileManager.default.linkItem(atPath: "\(folder)/\(file)", toPath: other)
        default: return "\(folder)/\(file)"
        }
        return other
    }

    private static func ending(_ name: String, _ keys: [String]) -> String {
        if keys.contains("scenario") { return "yaml" }
        return ["train", "convert"].contains(name) && keys.contains("output") ? "ckpt" : "png"
    }

    @Test(arguments: names)
    func noOutputIsAnotherFileOfTheRun(name: String) throws {
        let keys = try Self.keys(name)
        var tried = 0
        for written in keys where try Self.isWritten(written, name) {
            for other in keys where other != written {
                // A training that goes on replaces its model and its state, which is what it is for.
                if name == "train", Set([written, other]).isSubset(of: ["output", "resume"]) { continue }
                for spelling in Self.spellings { tried += try Self.refuse(name, written, other, spelling) ? 1 : 0 }
            }
        }
        #expect(tried >= Self.spellings.count)
    }

    private static func isWritten(_ key: String, _ name: String) throws -> Bool {
        if key == "scenario" { return false }
        let told = value(key, name, file: "told." + ending(name, [key]))
        return try files(words(name, [(key, told)])).uses.contains { $0.isWritten && $0.path == file(key, told) }
    }

    /// Gives two options of a command one file. Returns false where that cannot be: a folder is no picture.
    private static func refuse(_ name: String, _ written: String, _ other: String, _ spelling: String) throws -> Bool {
        let ending = ending(name, [written, other])
        guard other != "film", !(written == "film" && ending == "ckpt") else { return false }
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try FileManager.default.createDirectory(atPath: folder.path + "/films", withIntermediateDirectories: false)
        let path = written == "film" ? "films/pool.mp4" : "shared.\(ending)"
        try folder.put("steps: 3", name: path)
        let first = folder.path + "/" + (written == "film" ? "films" : path)
        let second = try alias(path, spelling, in: folder.path, ending: ending)
        let words = try words(
            name, [(written, value(written, name, file: first)), (other, value(other, name, file: second))])
        let conflict = try files(words).conflict
        #expect(conflict?.contains(" would replace ") == true, "\(words)")
        guard spelling == "same" else { return true }
        let run = try ProgramRun(words + ["--overwrite"], in: folder.path)
        #expect(run.status == 64 && run.lines == ["gnca-render: \(conflict ?? "")"], "\(words)")
        #expect(try folder.bytes(path) == Array("steps: 3".utf8), "\(words)")
        return true
    }

    static let pairs = [
        // Files that a training writes beside its model.
        ("train t.png -o out.ckpt --log out.ckpt.state", "the log would replace the state"),
        ("train t.png -o out.ckpt --log ./out.ckpt.state.previous", "the log would replace the state before"),
        ("train t.png -o out.ckpt --loss-curve out.ckpt", "the loss curve would replace the model"),
        ("train out.ckpt.state -o out.ckpt", "the state would replace the target"),
        ("train t.png --from out.ckpt.state.previous -o out.ckpt", "the state before would replace the first model"),
        ("train t.png --from out.ckpt#turtle -o out.ckpt", "the model would replace the first model"),
        ("train t.png -o films/train_steps.mp4.ckpt --film films/train_steps.mp4.ckpt", "would replace the model"),
        ("train t.png -o out.ckpt --film out.ckpt.state", "would replace"),
        ("train films/batches.mp4 -o out.ckpt --film films", "a film of the training would replace the target"),
        ("train films/batches.mp4 -o out.ckpt --film ./films//", "a film of the training would replace the target"),
        ("train --resume out.ckpt.state --log out.ckpt.state", "the log would replace the state"),
        ("train --resume out.ckpt.state --loss-curve out.ckpt.state.previous", "would replace the state before"),
        ("train --resume other.ckpt -o new.ckpt --log other.ckpt.state", "would replace the state that is resumed"),
        ("train --resume new.ckpt --log new.ckpt.state", "the log would replace the state"),
        // Stills, whatever their number.
        ("render m.ckpt -o a-%d.png --poster a-1.png", "the poster would replace the film a-%d.png"),
        ("render m.ckpt -o a-%d.png --poster a-99999.png", "the poster would replace the film a-%d.png"),
        ("render m.ckpt --target a-7.png -o a-%d.png", "the film would replace the target a-7.png"),
        ("render m.ckpt --target link.png -o a-%d.png", "the film would replace the target link.png"),
        ("render m.ckpt -o a-%d.png -o a-%05d.png", "the film would replace the film"),
        ("render m.ckpt -o f/ -o f//", "f//: the film would replace the film f/"),
        ("render m.ckpt -o f/ -o ./f/", "the film would replace the film f/"),
        ("render m.ckpt -o f/ -o f/frame-%05d.png", "the film would replace the film f/"),
        ("render m.ckpt -o f/ --poster f", "the poster would replace the film f/"),
        ("render m.ckpt -o films/ --poster films/frame-00002.png", "the poster would replace the film films/"),
        ("render m.ckpt -o shot.png --poster shot.png", "the poster would replace the film"),
        // Masks, and files that are named within files.
        ("render m.ckpt --damage erase:a-7.png@3 -o a-7.png", "the film would replace the mask"),
        ("render m.ckpt --scenario masks.yaml -o a.gif --poster films/mask.png", "the poster would replace the mask"),
        ("figure recovery m.ckpt --damage erase:a-7.png -o ./a-7.png", "the figure would replace the mask a-7.png"),
        ("figure rates m.ckpt --target a-7.png -o link.png", "the figure would replace the target a-7.png"),
        ("evaluate m.ckpt --target a-7.png -o link.png", "the scores would replace the target a-7.png"),
        ("figure loss a-7.png -o a-7.png", "the figure would replace the log"),
        ("render out.ckpt#turtle -o out.ckpt --format gif", "the film would replace the model"),
        ("target a-7.png -o ./a-7.png", "the target's picture would replace the target a-7.png"),
        ("target link.png -o a-7.png", "the target's picture would replace the target link.png"),
        // What embed takes by itself.
        ("embed film.mp4 -o film.png", "the snippet would replace the poster"),
        ("embed film.mp4 --poster p.png -o p.png", "the snippet would replace the poster"),
        ("embed a-%d.png -o a-7.png", "the snippet would replace the film a-%d.png"),
        ("embed films/ film.mp4 -o film.mp4", "the snippet would replace the film"),
    ]

    @Test(arguments: pairs)
    func twoFilesThatAreOneAreTold(command: String, words: String) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try FileManager.default.createDirectory(atPath: folder.path + "/films", withIntermediateDirectories: false)
        for name in ["out.ckpt", "out.ckpt.state", "a-7.png", "films/batches.mp4", "films/mask.png", "film.mp4"] {
            try folder.put("what stands here", name: name)
        }
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/link.png", withDestinationPath: "a-7.png")
        try folder.put("steps: 9\nevents: [{at: 3, mask: films/mask.png}]", name: "masks.yaml")
        let before = try folder.names
        let run = try ProgramRun(command.split(separator: " ").map(String.init) + ["--overwrite"], in: folder.path)
        #expect(run.status == 64)
        #expect(run.lines.count == 1 && run.errors.contains(words), "\(run.errors)")
        #expect(try folder.names == before)
    }

    @Test func aFilmOnStandardOutputThatIsTheTargetIsTold() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try folder.put("what stands here", name: "a.png")
        let words = ["m.ckpt", "--target", "a.png", "-o", "-", "--format", "gif"]
        let run = try StartedProgram(words, in: folder.path, shell: "exec >>a.png;").wait()
        #expect(run.status == 64)
        #expect(run.lines == ["gnca-render: -: the film would replace the target a.png (name another file)"])
        #expect(try folder.bytes("a.png") == Array("what stands here".utf8))
    }

    @Test(arguments: [
        ["render", "m.ckpt", "m.ckpt", "--target", "t.png", "-o", "a.gif", "-o", "f/", "--poster", "f.png"],
        ["render", "m.ckpt", "-o", "a-%d.png", "-o", "b-%d.png", "--poster", "a-x.png"],
        ["train", "🐢", "--from", "m.ckpt", "-o", "a.ckpt", "--log", "a.csv", "--film", "."],
        ["train", "--resume", "a.ckpt.state"], ["train", "--resume", "a.ckpt"],
        ["train", "--resume", "a.ckpt.state.previous", "-o", "a.ckpt"],
        ["train", "--resume", "a.ckpt", "-o", "b.ckpt"],
        ["figure", "compare", "m.ckpt", "m.ckpt", "-o", "a.png", "-o", "a.svg"],
        ["embed", "film.mp4", "-o", "film.html"], ["convert", "m.ckpt#a", "-o", "a.ckpt"],
    ])
    func filesThatAreSeveralAreTaken(words: [String]) throws {
        #expect(try Self.files(words).conflict == nil)
    }
}
