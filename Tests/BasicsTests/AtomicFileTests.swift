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

    @Test func whatDeadProcessesLeftIsRemoved() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        // No process has a number as high as this; process 1 always lives.
        try folder.write("", ".a.gnca-99999999-1")
        try folder.write("", ".a.gnca-1-1")
        try folder.write("", ".b.gnca-99999999-1")
        try AtomicFile.write([1], to: folder.path + "/a", overwrite: false)
        #expect(try folder.names == [".a.gnca-1-1", ".b.gnca-99999999-1", "a"])
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
