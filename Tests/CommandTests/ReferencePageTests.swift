import Foundation
import Testing

/// docs/reference.md is made from the program's help; whoever changes an option runs `make docs`.
@Suite struct ReferencePageTests {
    @Test func thePageIsTheProgramsOwnHelp() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let page = try String(contentsOfFile: root + "/docs/reference.md", encoding: .utf8)
        let script = Process()
        let output = Pipe()
        script.executableURL = URL(fileURLWithPath: root + "/scripts/generate-reference")
        script.arguments = [try ProgramRun.executable]
        script.standardOutput = output
        try script.run()
        let made = output.fileHandleForReading.readDataToEndOfFile()
        script.waitUntilExit()
        #expect(script.terminationStatus == 0)
        #expect(String(decoding: made, as: UTF8.self) == page)
    }
}
