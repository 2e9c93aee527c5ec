import Foundation
import GNCABasics
import GNCATestSupport
import Testing

/// A process whose files all lie in `root`, beside a folder that it must not touch.
@Suite struct WallsTests {
    private static let film = "--grid 16x16 --scale 4 --steps 8 --hold 0 --quiet"

    private func folder() throws -> ProgramFolder {
        let folder = try ProgramFolder()
        let place = folder.folder
        for name in ["root", "root/sub", "outside", "root2"] { try place.makeFolder(name) }
        for name in ["root/m.ckpt", "outside/m.ckpt", "root2/m.ckpt"] { try place.write(place.bytes("m.ckpt"), name) }
        let links = [
            ("root/out", "../outside"), ("root/far", place.path("outside")), ("root/model", "../outside/m.ckpt"),
            ("root/here", "sub"), ("root/again", "here/../out"), ("root/nowhere", "../outside/none.ckpt"),
            ("in", "root"), ("root/loop", "loop"),
        ]
        for (name, target) in links { #expect(symlink(target, place.path(name)) == 0) }
        return folder
    }

    /// `words` as a shell takes them; runs in `inside` of the folder.
    private func run(_ words: String, in folder: ProgramFolder, from inside: String = ".", roots: String = "") throws
        -> ProgramRun
    {
        let roots = roots.isEmpty ? folder.folder.path("root") : roots
        let shell = "cd \(inside); GNCA_RENDER_ROOTS='\(roots)'; export GNCA_RENDER_ROOTS; set -- \(words);"
        return try StartedProgram([], in: folder.path, shell: shell).wait()
    }

    @Test(arguments: [
        (".", "root/m.ckpt", "root/a.gif"), (".", "in/m.ckpt", "in/a.gif"), ("root", "m.ckpt", "a.gif"),
        ("root/sub", "../m.ckpt", "../here/a.gif"), (".", "outside/../root/m.ckpt", "./root//sub/../a.gif"),
        (".", "root/m.ckpt", "root/frames/"), (".", "root/m.ckpt", "root/f%d.png"),
    ])
    func whatLiesInsideIsUsed(from: String, model: String, output: String) throws {
        let folder = try folder()
        defer { folder.remove() }
        let run = try run("\(model) \(Self.film) -o \(output)", in: folder, from: from)
        #expect(run.status == 0 && run.errors == "")
    }

    @Test(arguments: [
        (".", "m.ckpt"), (".", "outside/m.ckpt"), (".", "root/model"), (".", "root/out/m.ckpt"), ("root", "far/m.ckpt"),
        ("root", "../m.ckpt"), ("root", "again/m.ckpt"), (".", "root2/m.ckpt"), ("root/sub", "../../outside/m.ckpt"),
        (".", "/etc/passwd"), (".", "/proc/self/root/etc/passwd"), ("root", "out"), (".", "/dev/zero"),
    ])
    func whatIsReadOutsideIsRefused(from: String, model: String) throws {
        let folder = try folder()
        defer { folder.remove() }
        let place = FileSystem.resolved(folder.folder.path("root")) ?? ""
        let run = try run("inspect \(model)", in: folder, from: from)
        #expect(run.status == 65)
        #expect(run.errors == "gnca-render: \(model): it is outside of \(place)\n")
    }

    @Test(arguments: [
        "a.gif", "outside/a.gif", "root/out/a.gif", "root/far/a.gif", "root/../a.gif", "root/again/a.gif", "outside/f/",
        "root/out/f/", "root/out/f%d.png", "root2/a.gif", "/a.gif", "/dev/shm/a.gif", "root/sub/../../b/",
    ])
    func whatIsWrittenOutsideIsRefused(output: String) throws {
        let folder = try folder()
        defer { folder.remove() }
        let before = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
        for more in ["", " --overwrite"] {
            let run = try run(
                "root/m.ckpt \(Self.film) --format \(output.hasSuffix("gif") ? "gif" : "png") -o \(output)\(more)",
                in: folder)
            #expect(run.status == 73)
            #expect(run.lines.count == 1)
            #expect(run.errors.contains("outside of"))
        }
        #expect(try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted() == before)
    }

    @Test func aLinkOutIsReplacedAndNotFollowed() throws {
        let folder = try folder()
        defer { folder.remove() }
        #expect(try run("root/m.ckpt \(Self.film) --format gif -o root/model --overwrite", in: folder).status == 0)
        #expect(try folder.bytes("outside/m.ckpt") == folder.bytes("m.ckpt"))
        #expect(try folder.bytes("root/model").starts(with: "GIF8".utf8))
    }

    @Test func severalRootsAreRoots() throws {
        let folder = try folder()
        defer { folder.remove() }
        let roots = [folder.folder.path("root"), folder.folder.path("outside")].joined(separator: "\n")
        #expect(try run("root/model \(Self.film) -o root/out/a.gif", in: folder, roots: roots).status == 0)
        #expect(try run("inspect m.ckpt", in: folder, roots: roots).status == 65)
    }

    @Test(arguments: ["none", "m.ckpt"])
    func wallsAroundNothingAreRefused(root: String) throws {
        let folder = try folder()
        defer { folder.remove() }
        let run = try run("inspect m.ckpt", in: folder, roots: folder.folder.path(root))
        #expect(run.status == 64)
        #expect(run.errors.hasPrefix("gnca-render: GNCA_RENDER_ROOTS: "))
    }

    @Test func otherCommandsKeepInside() throws {
        let folder = try folder()
        defer { folder.remove() }
        try folder.put("iteration,loss\n1,0.5\n2,0.4\n", name: "outside/l.csv")
        for words in [
            "convert root/model -o root/c.json", "figure loss root/out/l.csv -o root/l.svg",
            "target root/out/t.png -o root/t.png",
            "evaluate root/m.ckpt --target root/out/t.png",
            "render root/m.ckpt --scenario root/out/s.yaml -o root/s.gif",
            "train root/out/t.png -o root/t.ckpt", "embed root/out/a.gif -o root/e.html",
            "batch root/out/b.yaml", "render root/m.ckpt \(Self.film) --damage 'erase:root/out/m.png@2' -o root/d.gif",
        ] {
            let run = try run(words, in: folder)
            #expect(run.status == 65, "\(words): \(run.errors)")
            #expect(run.errors.contains("outside of"), "\(words): \(run.errors)")
        }
    }
}
