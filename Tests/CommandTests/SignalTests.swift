import Foundation
import Testing

/// Runs that end before the film does.
@Suite struct SignalTests {
    /// A film that takes far longer than a test waits.
    private static let long = [
        "m.ckpt", "--grid", "32x32", "--scale", "4", "--steps", "1000000", "--progress", "json",
        "--on-blowup", "hold",
    ]

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGXCPU], ["a.mp4", "a.gif", "frames/"])
    func aSignalLeavesNothing(signal: Int32, output: String) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let program = try StartedProgram(Self.long + ["-o", output], in: folder.path)
        program.waitForErrors(containing: "\"event\":\"progress\"")
        program.send(signal)
        let run = program.wait()
        #expect(run.status == 128 + signal)
        #expect(run.lines.last?.hasPrefix("gnca-render: stopped by SIG") == true)
        #expect(run.lines.last?.hasSuffix("; nothing was written") == true)
        #expect(try folder.names == [])
    }

    @Test(arguments: [
        [
            "atlas", "m.ckpt", "--target", "🐢", "--trials", "500", "--moments", "20", "--stride", "1", "--steps",
            "1000",
            "--full-trials", "--data", "a.json",
        ],
        ["curves", "m.ckpt", "--trials", "10000", "--scenario", "grow", "--steps", "1000", "--data", "a.csv"],
    ])
    func aFigureOfManyRunsCanBeStopped(words: [String]) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let program = try StartedProgram(
            ["figure"] + words + ["--progress", "json", "-o", "a.svg"], in: folder.path)
        program.waitForErrors(containing: "\"event\":\"progress\"")
        program.send(SIGINT)
        let run = program.wait()
        #expect(run.status == 130 && run.lines.last == "gnca-render: stopped by SIGINT; nothing was written")
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

    @Test func whatWentToStandardOutputIsNotDenied() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let program = try StartedProgram(Self.long + ["-o", "-", "--format", "y4m", "-o", "a.gif"], in: folder.path)
        program.waitForErrors(containing: "\"event\":\"progress\"")
        program.send(SIGINT)
        let run = program.wait()
        #expect(run.status == 130 && !run.output.isEmpty)
        #expect(run.lines.last?.contains("; no file was written, and what standard output has got") == true)
        #expect(try folder.names == [])
    }

    /// As nohup starts a program.
    @Test func aHangUpThatIsIgnoredStaysIgnored() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let program = try StartedProgram(Self.long + ["-o", "a.gif"], in: folder.path, shell: "trap '' HUP;")
        program.waitForErrors(containing: "\"event\":\"progress\"")
        program.send(SIGHUP)
        program.send(SIGTERM)
        // Of several signals, the first one that is listened to decides.
        #expect(program.wait().status == 128 + SIGTERM)
    }

    @Test func aTrainingOutlivesItsTerminal() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try folder.addPicture("t.png")
        let program = try StartedProgram(
            ProgramFolder.tinyTraining + ["--iterations", "1000000", "--progress", "json"], in: folder.path)
        program.waitForErrors(containing: "\"event\":\"progress\"")
        program.send(SIGHUP)
        let run = program.wait()
        #expect(run.status == 128 + SIGHUP)
        #expect(run.errors.contains("stopped by SIGHUP; this goes on:"))
        #expect(try folder.names == ["b.ckpt.state", "t.png"])
    }

    #if os(Linux)
        /// Whatever a batch's jobs are, they end with it.
        @Test(arguments: [
            "{figure: a, kind: strip, models: m.ckpt, grid: 64x64, steps: [9999999], output: a.png}",
            "{render: film, models: m.ckpt, grid: 64x64, steps: 1000000, on-blowup: hold, output: a.gif}",
        ])
        func aJobEndsWithItsBatch(job: String) throws {
            let folder = try ProgramFolder()
            defer { folder.remove() }
            try folder.put("jobs:\n- \(job)\n", name: "b.yaml")
            let batch = try StartedProgram(["batch", "b.yaml"], in: folder.path)
            let family = "/proc/\(batch.processNumber)/task/\(batch.processNumber)/children"
            var children: [Substring] = []
            for _ in 0..<6000 where children.isEmpty {
                usleep(10_000)
                children = ((try? String(contentsOfFile: family, encoding: .utf8)) ?? "").split(separator: " ")
            }
            let child = try #require(children.first)
            // It runs as soon as it has read its model.
            usleep(500_000)
            #expect(Self.isRunning(child))
            batch.send(SIGKILL)
            _ = batch.wait()
            for _ in 0..<6000 where Self.isRunning(child) { usleep(10_000) }
            #expect(!Self.isRunning(child))
            if let number = pid_t(child), Self.isRunning(child) { kill(number, SIGKILL) }
        }

        /// Whether a process is there, and not only waited for.
        private static func isRunning(_ process: Substring) -> Bool {
            guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else {
                return false
            }
            return !status.contains(") Z ")
        }
    #endif

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
