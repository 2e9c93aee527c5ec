import Foundation
import GNCABasics
import GNCATestSupport
import Testing

/// Names that make trouble, through the whole program.
@Suite struct NamesTests {
    /// "a" and a byte that is no UTF-8, as a shell writes it.
    private static let name = SystemText.text([0x61, 0xFF])
    private static let shellName = "$(printf 'a\\377')"

    /// A folder with a model and a picture of such a name.
    private func folder() throws -> ProgramFolder {
        let folder = try ProgramFolder()
        let made = try ProgramRun(["target", "🐢", "--size", "16", "--padding", "0", "-o", "t.png"], in: folder.path)
        try #require(made.status == 0)
        for ending in ["ckpt", "png"] {
            let from = folder.folder.path(ending == "ckpt" ? "m.ckpt" : "t.png")
            try FileSystem.move(from, to: folder.folder.path("\(Self.name).\(ending)"))
        }
        return folder
    }

    private func run(_ words: String, in folder: ProgramFolder) throws -> ProgramRun {
        let shell = "N=\"\(Self.shellName)\"; set -- \(words.replacing("N", with: "$N"));"
        return try StartedProgram([], in: folder.path, shell: shell).wait()
    }

    private func names(_ folder: ProgramFolder) throws -> Set<String> {
        Set(try FileSystem.names(in: folder.path).filter { $0 != "t.png" })
    }

    @Test(arguments: [
        ("N.ckpt --grid 16x16 --scale 4 --steps 8 --hold 0 -o N.gif -o N.mp4 --poster N-p.png", ".gif .mp4 -p.png"),
        ("N.ckpt --grid 16x16 --scale 4 --steps 8 --hold 0 -o N/", ""),
        ("N.ckpt --grid 16x16 --scale 4 --steps 1 --steps-per-frame 1 --hold 0 -o N-%d.png", "-1.png -2.png"),
        (
            "train N.png --size 8 --padding 4 --hidden 16 --batch 2 --pool 4 --damaged 1 --steps 8-10 --iterations 12 "
                + "-o N-t.ckpt --log N.csv --film N-films", "-t.ckpt .csv -films"
        ),
        ("figure strip N.ckpt --grid 16x16 --steps 0,8 --scale 4 -o N.svg -o N.pdf", ".svg .pdf"),
        ("convert N.ckpt -o N.json", ".json"),
        ("target N.png --size 8 -o N-t.png", "-t.png"),
    ])
    func bytesThatAreNoTextNameFiles(words: String, endings: String) throws {
        let folder = try folder()
        defer { folder.remove() }
        let before = try names(folder)
        let run = try run(words, in: folder)
        #expect(run.status == 0)
        let made = endings.split(separator: " ", omittingEmptySubsequences: false).map { Self.name + $0 }
        #expect(try names(folder).subtracting(before) == Set(made))
        #expect(String(decoding: run.output, as: UTF8.self).unicodeScalars.allSatisfy { $0.value < 0x10FF80 })
    }

    @Test func pagesAndMetadataSpellBytes() throws {
        let folder = try folder()
        defer { folder.remove() }
        let film = "N.ckpt --grid 16x16 --scale 4 --steps 8 --hold 0 -o N.gif --progress json"
        let made = try run(film, in: folder)
        #expect(made.errors.contains("\"outputs\":[\"a\\\\xff.gif\"]"))
        #expect(try run("embed N.gif -o N.html", in: folder).status == 0)
        let page = try FileBytes.read(folder.folder.path("\(Self.name).html"), limit: 1 << 20)
        #expect(String(decoding: page, as: UTF8.self).contains("src=\"a%FF.gif\""))
        let gif = try FileBytes.read(folder.folder.path("\(Self.name).gif"), limit: 1 << 20)
        #expect(String(decoding: gif, as: UTF8.self).contains("gnca-render 'a'\"$(printf '\\377')\"'.ckpt'"))
    }

    @Test func aMissingFileIsNamedVisibly() throws {
        let folder = try folder()
        defer { folder.remove() }
        let run = try run("inspect N-none.ckpt", in: folder)
        #expect(run.status == 65)
        #expect(run.errors == "gnca-render: a\\xff-none.ckpt: there is no such file\n")
    }

    @Test func aBatchRunsInAFolderOfAnyName() throws {
        let folder = try folder()
        defer { folder.remove() }
        let root = folder.folder.path(Self.name)
        try FileSystem.makeFolder(root)
        try FileSystem.move(folder.folder.path("\(Self.name).ckpt"), to: root + "/m.ckpt")
        let job = "{render: film, models: m.ckpt, output: out/x.gif, grid: 16x16, scale: 4, steps: 8, hold: 0}"
        try AtomicFile.write(Array("jobs:\n  - \(job)\n".utf8), to: root + "/b.yaml", overwrite: false)
        let (first, second) = (
            try run("batch N/b.yaml --root N", in: folder), try run("batch N/b.yaml --list", in: folder)
        )
        #expect(first.status == 0 && first.errors == "")
        #expect(FileSystem.isFile(root + "/out/x.gif"))
        #expect(String(decoding: second.output, as: UTF8.self).contains("up to date"))
    }

    @Test(arguments: [240, 241, 251, 255])
    func longNamesNameFiles(length: Int) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let name = String(repeating: "é", count: (length - 5) / 2) + (length.isMultiple(of: 2) ? "x" : "") + ".gif"
        try #require(name.utf8.count == length || name.utf8.count == length - 1)
        for more in [[], ["--overwrite"]] {
            let run = try folder.render(["-o", name] + more)
            #expect(run.status == 0)
            #expect(try folder.names == [name])
        }
    }

    @Test func aNameThatIsTooLongIsToldBeforeWork() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        let run = try folder.render(["-o", String(repeating: "a", count: 252) + ".gif"])
        #expect(run.status == 73)
        #expect(run.lines.count == 1 && run.errors.hasSuffix("cannot be created: File name too long\n"))
    }

    @Test(arguments: [["a.gif"], ["a-%d.png"], ["b.mp4", "a.gif"]])
    func nothingButFilesIsReplaced(outputs: [String]) throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        for name in ["a.gif", "a-3.png"] { #expect(mkfifo(folder.folder.path(name), 0o600) == 0) }
        let run = try folder.render(outputs.flatMap { ["-o", $0] } + ["--overwrite"])
        #expect(run.status == 73)
        #expect(run.lines.count == 1 && run.errors.contains("it is a pipe, no file"))
        #expect(try folder.names == ["a-3.png", "a.gif"])
    }

    @Test func aFilmKeepsTheModeOfWhatItReplaces() throws {
        let folder = try ProgramFolder()
        defer { folder.remove() }
        for name in ["a.mp4", "a-1.png"] {
            #expect(chmod(try folder.folder.write("old", name), 0o640) == 0)
            let run = try folder.render(["-o", name.replacing("-1", with: "-%d"), "--overwrite"])
            #expect(run.status == 0)
            #expect(try FileSystem.status(folder.folder.path(name)).st_mode & 0o7777 == 0o640)
        }
    }
}
