#if os(Linux)
    import Foundation
    import Testing

    /// What a run leaves of the machine to others.
    @Suite struct SchedulingTests {
        /// SVT-AV1 asks for the highest real-time priority where root runs it, which only root sees.
        @Test func noThreadTakesTheMachine() throws {
            let folder = try ProgramFolder()
            defer { folder.remove() }
            let program = try StartedProgram(
                [
                    "m.ckpt", "--grid", "32x32", "--scale", "4", "--steps", "1000000", "--progress", "json",
                    "--on-blowup", "hold", "--codec", "av1", "-o", "a.mp4",
                ], in: folder.path)
            program.waitForErrors(containing: "\"event\":\"progress\"")
            let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(program.processNumber)/task")
                .compactMap { pid_t($0) }
            #expect(threads.count > 3)
            #expect(threads.allSatisfy { sched_getscheduler($0) == SCHED_OTHER })
            program.send(SIGTERM)
            #expect(program.wait().status == 128 + SIGTERM)
        }
    }
#endif
