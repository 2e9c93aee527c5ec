import Foundation
import Testing

/// Runs that get few threads or few open files.
@Suite struct ScarcityTests {
    /// Who counts a user's threads has to be that user, and root's are not counted.
    private static let canLimitThreads =
        geteuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv")

    private static let films: [(codec: String, output: String, refusedBelow: Int)] = [
        ("h264", "a.mp4", 0), ("h265", "a.mp4", 3), ("av1", "a.mp4", 21), ("vp9", "a.webm", 0), ("prores", "a.mov", 0),
    ]

    /// A film that hangs counts as ended by a signal.
    @Test(.enabled(if: canLimitThreads), arguments: 0..<5, [1, 2, 3, 4, 5, 8, 12, 20, 24, 100])
    func filmsDoWithTheThreadsThatThereAreOrSaySo(film: Int, threads: Int) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        chmod(folder.path, 0o777)
        let (codec, output, refusedBelow) = Self.films[film]
        // Nobody else's threads count.
        let user = 64_000 + 128 * film + threads
        let run = try StartedProgram(
            [
                "m.ckpt", "--grid", "64x64", "--scale", "2", "--steps", "3", "--hold", "0", "--codec", codec, "-o",
                output,
            ],
            in: folder.path,
            launcher: ["setpriv", "--reuid=\(user)", "--clear-groups", "prlimit", "--nproc=\(threads)"]
        ).wait()
        let isRefused = threads < refusedBelow
        #expect(run.status == (isRefused ? 70 : 0), "\(codec), \(threads): \(run.errors)")
        #expect(!isRefused || run.lines.last?.contains("threads left") == true)
        #expect(try folder.names == (isRefused ? [] : [output]))
    }

    private static let works: [[String]] = [
        ["m.ckpt"] + ProgramFolder.small + ["--threads", "2", "-o", "a.gif"],
        ["m.ckpt"] + ProgramFolder.small + [
            "--threads", "2", "-o", "a.mp4", "-o", "b.gif", "-o", "c/", "-o", "d.webm",
        ],
        ProgramFolder.tinyTraining + ["--iterations", "2", "--threads", "2"],
        ["figure", "strip", "m.ckpt", "--grid", "16x16", "--threads", "2", "-o", "a.png"],
        ["evaluate", "m.ckpt", "--target", "t.png", "--size", "8", "--trials", "1", "--threads", "2"],
        ["target", "t.png", "--size", "8", "-o", "a.png"],
    ]

    @Test(arguments: works.indices, [6, 8, 10, 12, 14, 15, 16, 17, 18, 20, 24, 28, 32])
    func fewDescriptorsAreToldInASentence(work: Int, descriptors: Int) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        try folder.addPicture("t.png")
        let run = try StartedProgram(Self.works[work], in: folder.path, shell: "ulimit -n \(descriptors);").wait()
        #expect([0, 65, 70, 73, 74].contains(run.status), "\(descriptors): \(run.status) \(run.errors)")
        if run.status != 0 {
            #expect(run.lines.count == 1, "\(run.errors)")
            #expect(try folder.names == ["t.png"])
        }
    }
}
