import Foundation
import Testing

/// Runs that end before the film does.
@Suite struct SignalTests {
    /// A film that takes far longer than a test waits.
    private static let long = [
        "m.ckpt", "--grid", "32x32", "--scale", "4", "--steps", "1000000", "--progress", "json",
        "--on-blowup", "hold",
    ]

    @Test(arguments: [SIGINT, SIGTERM], ["a.mp4", "a.gif", "frames/"])
    func aSignalLeavesNothing(signal: Int32, output: String) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let program = try StartedProgram(Self.long + ["-o", output], in: folder.path)
        program.waitForErrors(containing: "\"event\":\"progress\"")
        program.send(signal)
        let run = program.wait()
        #expect(run.status == 128 + signal)
        #expect(run.lines.last?.hasPrefix("gnca-render: stopped by SIG") == true)
        #expect(try folder.names == [])
    }

    @Test func aSearchForASizeCanBeStopped() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let film = [
            "m.ckpt", "--grid", "64x64", "--steps", "199", "--hold", "0", "--on-blowup", "hold", "--progress", "json",
        ]
        // No film is that short.
        let program = try StartedProgram(film + ["-o", "a.webp", "--max-size", "1kB"], in: folder.path)
        program.waitForErrors(containing: "\"frame\":200,")
        program.send(SIGINT)
        let run = program.wait()
        #expect(run.status == 128 + SIGINT, "\(run.errors)")
        #expect(try folder.names == [])
    }

    @Test func aReaderThatGoesAwayEndsTheRunQuietly() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let arguments = ["m.ckpt", "--steps", "100000", "-o", "-", "--format", "y4m", "-o", "a.mp4"]
        let program = try StartedProgram(arguments, in: folder.path, readsOutput: false)
        program.closeOutput()
        let run = program.wait()
        #expect(run.status == 141)
        #expect(run.errors == "")
        #expect(try folder.names == [])
    }

    @Test func aFullDeviceIsReported() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let film = ["m.ckpt"] + ProgramFolder.small + ["-o", "-", "--format", "y4m"]
        for arguments in [film, ["list"], ["--help"], ["inspect", "m.ckpt"]] {
            let run = try StartedProgram(arguments, in: folder.path, shell: "exec >/dev/full;").wait()
            #expect(run.status == 74)
            #expect(run.lines == ["gnca-render: standard output: writing failed: No space left on device"])
        }
    }

    @Test(arguments: ["a.mp4", "a.mov", "a.mkv", "a.webm", "a.gif", "a.apng", "a.webp", "a.y4m", "frames/", "f%d.png"])
    func aFileSizeLimitLeavesNothing(output: String) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let arguments = ["m.ckpt", "--grid", "64x64", "--steps", "40", "--scenario", "grow", "-o", output]
        // No file may have a single byte.
        let run = try StartedProgram(arguments, in: folder.path, shell: "ulimit -f 0;").wait()
        #expect(run.status == 74)
        #expect(run.lines.count == 1 && run.errors.hasSuffix("writing failed: File too large\n"))
        #expect(try folder.names == [])
    }
}
