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

    @Test func aFileMayBeReadTwice() {
        var files = RunFiles()
        files.read(folder.path("model"), as: "the model")
        files.read(folder.path("link"), as: "the target")
        #expect(files.conflict == nil)
    }
}
