import Foundation
import GNCABasics
import GNCATestSupport
import Testing

/// Standard input, output and error that a shell has closed.
@Suite struct DescriptorTests {
    private static let film = ["m.ckpt"] + ProgramFolder.small + ["--reproducible"]

    @Test(arguments: ["a.y4m", "a.mp4", "a.gif", "f%d.png"], ["2>&-", "0<&- 2>&-", "0<&- 1>&- 2>&-", "1>&-"])
    func aFilmIsTheSameWithoutThem(output: String, closed: String) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let arguments = Self.film + ["--progress", "plain", "-o", output]
        #expect(try ProgramRun(arguments, in: folder.path).status == 0)
        let names = try folder.names
        let whole = try names.map(folder.bytes)
        for name in names { try FileSystem.removeFile(folder.folder.path(name)) }
        let run = try StartedProgram(arguments, in: folder.path, shell: "exec \(closed);").wait()
        #expect(run.status == 0)
        #expect(try folder.names == names)
        #expect(try names.map(folder.bytes) == whole)
    }

    @Test(arguments: ["1>&-", "1</dev/null"])
    func aFilmForAClosedOutputIsRefused(closed: String) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        for more in [[], ["-o", "b.gif"]] {
            let run = try StartedProgram(
                Self.film + ["-o", "-", "--format", "y4m"] + more, in: folder.path, shell: "exec \(closed);"
            ).wait()
            #expect(run.status == 74)
            #expect(run.lines == ["gnca-render: standard output: writing failed: Bad file descriptor"])
            #expect(try folder.names == [])
        }
    }

    @Test func wordsForAClosedOutputAreAnError() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        for words in [["list"], ["--help"], ["inspect", "m.ckpt"]] {
            let run = try StartedProgram(words, in: folder.path, shell: "exec 1>&-;").wait()
            #expect(run.status == 74)
        }
    }

    @Test(arguments: ["1>&-", "2>&-", "0<&- 1>&- 2>&-"])
    func aBatchKeepsItsRecordClean(closed: String) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let job = "{render: film, models: m.ckpt, output: x.gif, grid: 16x16, scale: 4, steps: 8, hold: 0}"
        try folder.put("jobs:\n  - \(job)\n", name: "b.yaml")
        let run = try StartedProgram(["batch", "b.yaml", "--json"], in: folder.path, shell: "exec \(closed);").wait()
        #expect(run.status == (closed.contains("1>") ? 74 : 0))
        #expect(try folder.bytes("x.gif").starts(with: "GIF8".utf8))
        let record = try folder.folder.bytes(".gnca-batch/manifest.jsonl").split(separator: UInt8(ascii: "\n"))
        #expect(record.count == 2)
        for line in record { _ = try JSONSerialization.jsonObject(with: Data(line)) }
    }
}
