import Foundation
import GNCATestSupport
import Testing

@testable import GNCABasics

@Suite struct AtomicFileTests {
    @Test func theNameAppearsAtCommit() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let file = try AtomicFile(path: folder.path + "/a", overwrite: false)
        try file.write(Array("new".utf8))
        #expect(try folder.names.count == 1)
        #expect(try folder.names.allSatisfy { $0.hasPrefix(".a.gnca-") })
        try file.commit()
        #expect(try folder.names == ["a"])
        #expect(try folder.bytes("a") == Array("new".utf8))
    }

    @Test func cancelLeavesNothing() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let file = try AtomicFile(path: folder.path + "/a", overwrite: false)
        try file.write([1])
        file.cancel()
        file.cancel()
        #expect(try folder.names == [])
    }

    @Test func aForgottenFileIsRemoved() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        do { try AtomicFile(path: folder.path + "/a", overwrite: false).write([1]) }
        #expect(try folder.names == [])
    }

    @Test func whatExistsIsRefusedAndKept() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.write("old", "a")
        let path = folder.path + "/a"
        let refusal = WriteFault.existsAlready(file: path)
        #expect(throws: refusal) { try AtomicFile(path: path, overwrite: false) }
        #expect("\(refusal)" == "\(path): cannot be created: it exists already")
        #expect(refusal.remedy == .overwrite)
        #expect(try folder.bytes("a") == Array("old".utf8))
    }

    @Test func ofTwoWritersOneWins() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let first = try AtomicFile(path: folder.path + "/a", overwrite: false)
        let second = try AtomicFile(path: folder.path + "/a", overwrite: false)
        try first.write([1])
        try second.write([2])
        try second.commit()
        #expect(throws: WriteFault.self) { try first.commit() }
        #expect(try folder.names == ["a"])
        #expect(try folder.bytes("a") == [2])
    }

    @Test func overwriteReplacesAtCommit() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.write("old", "a")
        let file = try AtomicFile(path: folder.path + "/a", overwrite: true)
        try file.write([1])
        try file.seal()
        #expect(try folder.bytes("a") == Array("old".utf8))
        try file.commit()
        #expect(try folder.bytes("a") == [1])
        #expect(try folder.names == ["a"])
    }

    @Test func aWithdrawnFileGivesBackWhatItReplaced() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.write("old", "a")
        for name in ["a", "b"] {
            let file = try AtomicFile(path: folder.path(name), overwrite: true)
            try file.write([1])
            try file.publish()
            #expect(try folder.bytes(name) == [1])
            file.withdraw()
            file.cancel()
        }
        #expect(try folder.names == ["a"])
        #expect(try folder.bytes("a") == Array("old".utf8))
    }

    @Test func whatAnotherRunPutsThereMeanwhileIsNotTakenAway() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let file = try AtomicFile(path: folder.path("a"), overwrite: true)
        try file.publish()
        try AtomicFile.write([2], to: folder.path("a"), overwrite: true)
        file.withdraw()
        #expect(try folder.bytes("a") == [2])
        #expect(try folder.names == ["a"])
    }

    @Test func aFolderThatComesInTheWayIsNotReplaced() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let file = try AtomicFile(path: folder.path("a"), overwrite: true)
        try folder.makeFolder("a")
        try folder.write("theirs", "a/x")
        #expect(throws: WriteFault.self) { try file.publish() }
        #expect(try folder.names == ["a"])
        #expect(try folder.bytes("a/x") == Array("theirs".utf8))
    }

    @Test(arguments: [0o600, 0o444, 0o200, 0o755] as [mode_t])
    func aReplacedFileKeepsItsMode(mode: mode_t) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        #expect(chmod(try folder.write("old", "a"), mode) == 0)
        try AtomicFile.write([1], to: folder.path("a"), overwrite: true)
        #expect(try FileSystem.status(folder.path("a")).st_mode & 0o7777 == mode)
        #expect(try FileSystem.status(folder.path("a")).st_size == 1)
    }

    @Test func aReplacedFileKeepsItsOwnerWhereRootReplacesIt() throws {
        guard geteuid() == 0 else { return }
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        #expect(chown(try folder.write("old", "a"), 1234, 4321) == 0)
        try AtomicFile.write([1], to: folder.path("a"), overwrite: true)
        let status = try FileSystem.status(folder.path("a"))
        #expect(status.st_uid == 1234 && status.st_gid == 4321)
    }

    @Test func aLinkIsReplacedItself() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.write("old", "a")
        #expect(symlink("a", folder.path("link")) == 0)
        try AtomicFile.write([1], to: folder.path("link"), overwrite: true)
        #expect(try folder.bytes("a") == Array("old".utf8))
        #expect(try folder.bytes("link") == [1])
        #expect(try FileSystem.status(folder.path("link"), followsLink: false).st_mode & S_IFMT == S_IFREG)
    }

    @Test func nothingButFilesIsReplaced() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
        for (name, target) in [("to-pipe", "pipe"), ("to-device", "/dev/null"), ("out", "/dev/stdin")] {
            #expect(symlink(target, folder.path(name)) == 0)
        }
        let advice = ", no file (a film is led there by -o - and the shell)"
        for (path, kind) in [
            (folder.path("pipe"), "a pipe"), (folder.path("to-pipe"), "a pipe"), ("/dev/null", "a device"),
            (folder.path("to-device"), "a device"),
        ] {
            for overwrite in [false, true] {
                let refusal = WriteFault.cannotCreate(file: path, reason: "it is \(kind)" + advice)
                #expect(throws: refusal) { try AtomicFile.check(path, overwrite: overwrite) }
            }
        }
    }

    @Test(arguments: [200, 221, 222, 240, 241, 255], ["a", "\u{e9}", "\u{1F422}"])
    func longNamesAreNames(length: Int, letter: String) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let letters = String(repeating: letter, count: length / letter.utf8.count)
        let name = letters + String(repeating: "x", count: length - letters.utf8.count)
        let file = try AtomicFile(path: folder.path(name), overwrite: false)
        #expect(try folder.names.allSatisfy { $0.utf8.count <= 253 && $0.contains(".gnca-") })
        try file.commit()
        #expect(try folder.names == [name])
        try AtomicFile.write([1], to: folder.path(name), overwrite: true)
        #expect(try folder.bytes(name) == [1])
    }

    @Test func aNameThatIsTooLongIsRefusedBeforeWork() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = folder.path(String(repeating: "a", count: 256))
        let refusal = WriteFault.cannotCreate(file: path, reason: "File name too long")
        #expect(throws: refusal) { try AtomicFile.check(path, overwrite: false) }
    }

    @Test(arguments: [
        ("/", "it names a folder"), ("/sub", "it is a folder"),
        ("/none/a", "folder FOLDER/none: No such file or directory"),
        ("/file/a", "FOLDER/file is not a folder"),
    ])
    func placesWhereNothingCanStandAreRefused(suffix: String, reason: String) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.makeFolder("sub")
        try folder.write("", "file")
        let path = folder.path + suffix
        let wanted = WriteFault.cannotCreate(file: path, reason: reason.replacing("FOLDER", with: folder.path))
        #expect(throws: wanted) { try AtomicFile.check(path, overwrite: true) }
    }

    @Test func whatIsKeptStandsUnderBothNamesUntilTheFirstIsReplaced() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let (path, second) = (folder.path + "/a", folder.path + "/a.previous")
        try AtomicFile.keep(path, as: second, overwrite: false)
        #expect(try folder.names == [])
        try folder.write("old", "a")
        try AtomicFile.keep(path, as: second, overwrite: false)
        #expect(try folder.bytes("a") == Array("old".utf8))
        try AtomicFile.write(Array("new".utf8), to: path, overwrite: true)
        #expect(try folder.bytes("a.previous") == Array("old".utf8))
        #expect(throws: WriteFault.existsAlready(file: second)) {
            try AtomicFile.keep(path, as: second, overwrite: false)
        }
        #expect(try folder.bytes("a.previous") == Array("old".utf8))
        try AtomicFile.keep(path, as: second, overwrite: true)
        #expect(try folder.bytes("a.previous") == Array("new".utf8))
    }
}
