import GNCATestSupport
import Testing

@testable import GNCABasics

@Suite struct PathsTests {
    @Test(arguments: [
        ("a", ".", "a"), ("/a", "/", "a"), ("b/c/a.png", "b/c", "a.png"), ("b/", "b", ""), ("", ".", ""),
        ("b/\u{301}a", "b", "\u{301}a"),
    ])
    func aPathIsFolderAndName(path: String, folder: String, name: String) {
        #expect(Paths.split(path) == (folder, name))
    }

    @Test(arguments: [
        ("film.mp4", "film", "mp4"), ("a.b/film.M4V", "film", "m4v"), ("a.tar.gz", "a.tar", "gz"), (".mp4", ".mp4", ""),
        ("film", "film", ""), ("film.", "film", ""), ("frames.d/", "frames", ""), ("", "", ""),
        ("a.\u{301}png", "a", "\u{301}png"),
    ])
    func aNameIsStemAndEnding(path: String, stem: String, ending: String) {
        #expect(Paths.stem(path) == stem)
        #expect(Paths.ending(path) == ending)
    }

    @Test(arguments: [("a/", "a"), ("a//", "a"), ("/", "/"), ("//", "/"), ("a", "a")])
    func slashesAtTheEndGo(path: String, expected: String) { #expect(Paths.withoutSlashes(path) == expected) }

    @Test func oneFileHasOnePlace() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.makeFolder("sub")
        #expect(Paths.place(folder.path("sub/../a")) == Paths.place(folder.path("./a")))
        #expect(Paths.place(folder.path("none/a")) == folder.path("none/a"))
    }

    @Test(arguments: [
        ("a.mp4", "b.html", "a.mp4"), ("films/a.mp4", "b.html", "films/a.mp4"), ("a.mp4", "pages/b.html", "../a.mp4"),
        ("films/a.mp4", "films/b.html", "a.mp4"), ("films/a.mp4", "pages/b.html", "../films/a.mp4"),
    ])
    func aFileIsNamedFromThePage(file: String, page: String, expected: String) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        for name in ["films", "pages"] { try folder.makeFolder(name) }
        #expect(Paths.relative(folder.path(file), to: folder.path(page)) == expected)
    }

    @Test func aFolderNamesWhatIsInIt() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.write("", ".hidden")
        try folder.write("", "a")
        #expect(Paths.entries(of: folder.path).sorted() == [".hidden", "a"])
        #expect(Paths.entries(of: folder.path("none")).isEmpty)
    }
}
