import Foundation
import Testing

@testable import gnca_render

/// Files that are made from the program's help, or must say what another file says; whoever changes an option runs
/// `make docs`.
@Suite struct GeneratedDocsTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// Paths of all files below, and what they hold.
    private static func files(below folder: String) throws -> [String: String] {
        var files: [String: String] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            var isFolder: ObjCBool = false
            let file = "\(folder)/\(path)"
            guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), !isFolder.boolValue else {
                continue
            }
            files[path] = try String(contentsOfFile: file, encoding: .utf8)
        }
        return files
    }

    @Test func pagesAndCompletionsAreTheProgramsOwn() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let script = Process()
        script.executableURL = URL(fileURLWithPath: Self.root + "/scripts/generate-docs")
        script.arguments = [try ProgramRun.executable, folder.path + "/made"]
        try script.run()
        script.waitUntilExit()
        #expect(script.terminationStatus == 0)
        let made = try Self.files(below: folder.path + "/made")
        #expect(made.count > 15)
        for (path, text) in made {
            #expect((try? String(contentsOfFile: "\(Self.root)/\(path)", encoding: .utf8)) == text, "\(path)")
        }
        for part in ["man", "completions"] {
            let there = try FileManager.default.contentsOfDirectory(atPath: "\(Self.root)/packaging/\(part)")
            #expect(there.allSatisfy { made["packaging/\(part)/\($0)"] != nil }, "\(there)")
        }
    }

    @Test func theVersionIsTheSameEverywhere() throws {
        let version = try String(contentsOfFile: Self.root + "/VERSION", encoding: .utf8)
        #expect(version == programVersion + "\n")
        #expect(version.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
    }

    /// Text in quotation marks is one word.
    private static func words(_ command: Substring) -> [String] {
        command.matches(of: /(?:"[^"]*"|'[^']*'|[^ "'])+/).dropFirst().map {
            String($0.output.filter { !"\"'".contains($0) })
        }
    }

    /// Every example of the help, as a shell splits it.
    private static let examples = RootCommand.configuration.subcommands.flatMap { subcommand in
        subcommand.configuration.discussion.split(separator: "\n").filter { $0.hasPrefix("  gnca-render ") }
            .map { line in
                let command = line.prefix { $0 != "#" && $0 != "|" }
                return words(command)
            }
    }

    @Test(arguments: examples)
    func everyExampleOfTheHelpCanBeTyped(words: [String]) throws {
        _ = try RootCommand.parseAsRoot(words)
    }

    @Test func everySubcommandButTheVersionHasAnExample() {
        for subcommand in RootCommand.configuration.subcommands where subcommand != VersionCommand.self {
            #expect(
                subcommand.configuration.discussion.contains("\nExamples:\n  gnca-render ")
                    || subcommand.configuration.discussion.hasPrefix("Examples:\n  gnca-render "))
        }
    }
}
