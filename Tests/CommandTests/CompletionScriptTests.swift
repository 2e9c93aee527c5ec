import ArgumentParser
import Testing

@testable import gnca_render

/// `Tests/Completions/run` presses TAB in the shells themselves.
@Suite struct CompletionScriptTests {
    /// An argument parser that writes other scripts is noticed here.
    @Test(arguments: CompletionShell.allCases)
    func everyChangeHasItsPlace(shell: CompletionShell) {
        let script = RootCommand.completionScript(for: shell)
        for edit in CompletionScript.edits(for: shell) {
            #expect(edit.applied(to: script) != nil, "\(shell.rawValue): \(edit.old)")
        }
    }

    @Test(arguments: [["zsh"], ["=zsh"]])
    func theProgramPrintsTheChangedScript(words: [String]) throws {
        let option = "--generate-completion-script"
        let arguments = words[0].hasPrefix("=") ? [option + words[0]] : [option] + words
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let run = try ProgramRun(arguments, in: folder.path)
        #expect(String(decoding: run.output, as: UTF8.self) == CompletionScript.text(for: .zsh) + "\n")
    }

    @Test func aShellThatIsNotKnownIsRefused() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let run = try ProgramRun(["--generate-completion-script", "csh"], in: folder.path)
        #expect(run.status == 64)
        #expect(run.lines.first?.contains("csh") == true)
    }
}
