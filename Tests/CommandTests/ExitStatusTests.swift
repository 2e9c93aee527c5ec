import GNCABasics
import GNCACells
import GNCAExport
import GNCARaster
import GNCARender
import Testing

@testable import gnca_render

@Suite struct ExitStatusTests {
    static let codes: [(any Error, Int32)] = [
        (CommandError.usage("--scale is out of range"), 64),
        (CommandError.interrupted(signal: 2), 130),
        (CommandError.interrupted(signal: 15), 143),
        (CommandError.standardOutput(code: 28), 74),
        (RenderError.invalid("no frames"), 64),
        (ModelError.badCheckpoint(file: "a", reason: "empty"), 65),
        (ModelError.blowUp(step: 7), 65),
        (ModelError.cannotWrite(file: "a", reason: "it exists"), 73),
        (RasterError.unreadableImage(file: "a", reason: "truncated"), 65),
        (ExportError.invalid("odd size"), 64),
        (ExportError.encoderMissing(name: "libx264", available: []), 69),
        (WriteFault.existsAlready(file: "a"), 73),
        (WriteFault.cannotCreate(file: "a", reason: "no folder"), 73),
        (ExportError.file(.cannotCreate(file: "a", reason: "no folder")), 73),
        (WriteFault.writeFailed(file: "a", reason: "no space"), 74),
        (ExportError.file(.writeFailed(file: "a", reason: "no space")), 74),
        (ExportError.closedPipe, 141),
        (ExportError.encoding(file: "a", reason: "bug"), 70),
    ]

    @Test(arguments: codes.indices)
    func everyKindOfFailureHasItsExitCode(index: Int) {
        let (error, code) = Self.codes[index]
        #expect(ExitStatus.code(for: error) == code)
    }
}
