import Foundation
import GNCATestSupport
import Testing

@testable import GNCABasics

/// The sentence about one file that is read and one that is written, in a folder with `names`; nil where both are fine.
private func conflict(reading read: String, writing written: String, in folder: TemporaryFolder) -> String? {
    var files = RunFiles()
    files.read(folder.path(read), as: "the model")
    files.write(folder.path(written), as: "the film")
    var reversed = RunFiles()
    reversed.write(folder.path(written), as: "the film")
    reversed.read(folder.path(read), as: "the model")
    #expect((files.conflict == nil) == (reversed.conflict == nil))
    return files.conflict
}

@Suite final class RunFilesTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for name in ["model", "other"] { try Data([1]).write(to: URL(filePath: folder.path(name))) }
        try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: "model")
        try FileManager.default.linkItem(atPath: folder.path("model"), toPath: folder.path("hard"))
        try FileManager.default.createDirectory(atPath: folder.path("sub"), withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(atPath: folder.path("to-sub"), withDestinationPath: "sub")
    }

    deinit { folder.remove() }

    @Test(arguments: ["model", "./model", "sub/../model", "link", "hard", "to-sub/../model", "//model"])
    func everyNameOfAFileThatIsReadIsThatFile(name: String) {
        #expect(conflict(reading: "model", writing: name, in: folder) != nil)
    }

    @Test(arguments: ["other", "new", "model2", "sub/model", "mode\u{301}l"])
    func anotherFileIsAnother(name: String) {
        #expect(conflict(reading: "model", writing: name, in: folder) == nil)
    }

    @Test(arguments: ["new", "./new", "sub/../new", "to-sub/../new"])
    func aFileThatIsNotThereYetIsWrittenOnce(name: String) {
        var files = RunFiles()
        files.write(folder.path("new"), as: "the film")
        #expect(files.conflict == nil)
        files.write(folder.path(name), as: "the poster")
        #expect(files.conflict?.contains("the poster would replace the film") == true)
    }

    @Test func namesThatOnlyLookAlikeAreTwoFiles() {
        var files = RunFiles()
        files.write(folder.path("e\u{301}"), as: "the film")
        files.write(folder.path("\u{e9}"), as: "the poster")
        #expect(files.conflict == nil)
    }

    @Test(arguments: ["unfinished", "to-unfinished", "in.d/frame-1.png", "to-folder/frame-1.png"])
    func whatTheCleaningMayTakeIsNotRead(name: String) throws {
        let unfinished = ".film.gnca-0123abcd-0123456789abcdef"
        try Data([1]).write(to: URL(filePath: folder.path(unfinished)))
        try folder.makeFolder(unfinished + ".d")
        try Data([1]).write(to: URL(filePath: folder.path(unfinished + ".d/frame-1.png")))
        for (link, target) in [("to-unfinished", unfinished), ("to-folder", unfinished + ".d")] {
            try FileManager.default.createSymbolicLink(atPath: folder.path(link), withDestinationPath: target)
        }
        let path = name.replacing("in.d", with: unfinished + ".d")
        let read = path == "unfinished" ? unfinished : path
        #expect(conflict(reading: read, writing: "film", in: folder)?.contains("unfinished file") == true)
        var files = RunFiles()
        files.read(folder.path(read), as: "the model")
        #expect(files.conflict == nil, "who writes nothing takes nothing away")
    }

    @Test func aFileMayBeReadTwice() {
        var files = RunFiles()
        files.read(folder.path("model"), as: "the model")
        files.read(folder.path("link"), as: "the target")
        #expect(files.conflict == nil)
    }

    @Test(arguments: ["gone/new", "gone/./new", "gone//new", "./gone/new", "gone/sub/../new", "sub/../gone/new"])
    func aFileInAFolderThatIsNotThereYetIsOneFile(name: String) {
        var files = RunFiles()
        files.write(folder.path("gone/new"), as: "the film")
        files.write(folder.path("gone/other"), as: "the figure")
        #expect(files.conflict == nil)
        files.write(folder.path(name), as: "the poster")
        #expect(files.conflict?.contains("the poster would replace the film") == true)
    }

    @Test func aFolderThatIsMadeIsNoFile() {
        var files = RunFiles()
        files.use(folder.path("gone"), as: "the folder", .write, .folder)
        files.write(folder.path("gone/a"), as: "the film")
        #expect(files.conflict == nil)
        files.write(folder.path("gone"), as: "the poster")
        #expect(files.conflict != nil)
    }

    @Test(arguments: ["a1.png", "a007.png", "sub/../a12.png", "link3.png", "hard3.png"])
    func stillsAreEveryFileThatTheirNumbersMayName(name: String) throws {
        try Data([1]).write(to: URL(filePath: folder.path("a3.png")))
        try FileManager.default.createSymbolicLink(atPath: folder.path("link3.png"), withDestinationPath: "a3.png")
        try FileManager.default.linkItem(atPath: folder.path("a3.png"), toPath: folder.path("hard3.png"))
        let kind = RunFiles.Kind.stills(before: "a", after: ".png")
        for isFirst in [true, false] {
            for access in [RunFiles.Access.read, .write] {
                var files = RunFiles()
                if isFirst { files.use(folder.path(name), as: "the target", access) }
                files.use(folder.path("a%d.png"), as: "the film", .write, kind)
                if !isFirst { files.use(folder.path(name), as: "the target", access) }
                #expect(files.conflict != nil)
            }
            var read = RunFiles()
            read.use(folder.path("a%d.png"), as: "the film", .read, kind)
            read.read(folder.path(name), as: "the target")
            #expect(read.conflict == nil)
        }
    }

    @Test(arguments: ["a.png", "a1", "a1.pn", "b1.png", "a1x.png", "a-1.png", "sub/a1.png", "aa1.png", "a1.png.png"])
    func otherNamesAreNoStills(name: String) {
        var files = RunFiles()
        files.use(folder.path("a%d.png"), as: "the film", .write, .stills(before: "a", after: ".png"))
        files.write(folder.path(name), as: "the poster")
        #expect(files.conflict == nil)
    }

    @Test(arguments: [
        ("a", ".png", "a", ".png", true), ("a", ".png", "a1", ".png", true), ("a", ".png", "a", "5.png", true),
        ("a", ".png", "b", ".png", false), ("a", ".png", "a-", ".png", false), ("a", ".png", "a", ".gif", false),
        ("a", ".png", "a", "x.png", false),
    ])
    func twoPatternsMayNameOneFile(before: String, after: String, before2: String, after2: String, meet: Bool) {
        var files = RunFiles()
        files.use(folder.path("1"), as: "the film", .write, .stills(before: before, after: after))
        files.use(folder.path("sub/../2"), as: "the film", .write, .stills(before: before2, after: after2))
        #expect((files.conflict != nil) == meet)
    }

    @Test func whatIsKeptOfAFileMayBeASecondNameOfIt() {
        var files = RunFiles()
        files.write(folder.path("model"), as: "the state")
        files.use(folder.path("hard"), as: "the state before", .write, keeps: folder.path("model"))
        #expect(files.conflict == nil)
        files.write(folder.path("link"), as: "the log")
        #expect(files.conflict != nil)
    }

    @Test func whatARunReadsAndReplacesIsNoConflictAlone() {
        var files = RunFiles()
        files.use(folder.path("model"), as: "the state", .update)
        #expect(files.conflict == nil)
        files.read(folder.path("link"), as: "the target")
        #expect(files.conflict != nil)
    }
}
