import Foundation
import GNCATestSupport
import Testing

@testable import GNCABasics

@Suite struct StagingFolderTests {
    @Test func theFolderAppearsWithAllItsFiles() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let staging = try StagingFolder(path: folder.path + "/film")
        try staging.write([1], name: "a")
        try staging.write([2], name: "b")
        #expect(try folder.names.allSatisfy { $0.hasPrefix(".film.gnca-") })
        try staging.commit()
        #expect(try folder.names == ["film"])
        #expect(try folder.bytes("film/b") == [2])
    }

    @Test func cancelLeavesNothing() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let staging = try StagingFolder(path: folder.path + "/film")
        try staging.write([1], name: "a")
        staging.cancel()
        #expect(try folder.names == [])
    }

    @Test func aFolderThatSomebodyElseFilledIsKept() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let staging = try StagingFolder(path: folder.path + "/film")
        try staging.write([1], name: "a")
        try folder.makeFolder("film")
        try folder.write("theirs", "film/x")
        #expect(throws: WriteFault.self) { try staging.commit() }
        #expect(try folder.names == ["film"])
        #expect(try folder.bytes("film/x") == Array("theirs".utf8))
    }

    @Test func manyFilesGetTheirNamesOrNoneDoes() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.write("old 2", "2")
        let staging = try StagingFolder(filesIn: folder.path, first: "1", overwrite: true)
        for name in ["1", "2", "3"] { try staging.write(Array(name.utf8), name: name) }
        try folder.makeFolder("3")
        #expect(throws: WriteFault.self) { try staging.publish() }
        #expect(try folder.names == ["2", "3"])
        #expect(try folder.bytes("2") == Array("old 2".utf8))
    }

    @Test func withdrawnFilesGiveBackWhatTheyReplaced() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.write("old", "2")
        let staging = try StagingFolder(filesIn: folder.path, first: "1", overwrite: true)
        for name in ["1", "2"] { try staging.write([1], name: name) }
        try staging.publish()
        #expect(try folder.bytes("2") == [1])
        staging.withdraw()
        #expect(try folder.names == ["2"])
        #expect(try folder.bytes("2") == Array("old".utf8))
        let again = try StagingFolder(path: folder.path("film"))
        try again.write([1], name: "a")
        try again.publish()
        #expect(try folder.names == ["2", "film"] || folder.names.count == 3)
        again.withdraw()
        #expect(try folder.names == ["2"])
    }

    @Test func moreFilesThanAProcessMayOpenWait() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let staging = try StagingFolder(filesIn: folder.path, first: "0", overwrite: false)
        for index in 0..<3000 { try staging.write([1], name: "\(index)") }
        try staging.commit()
        #expect(try folder.names.count == 3000)
    }
}
