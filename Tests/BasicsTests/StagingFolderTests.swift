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

    @Test func whatDeadProcessesLeftIsRemoved() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.makeFolder(".film.gnca-99999999-1")
        try folder.write("", ".film.gnca-99999999-1/frame-00001.png")
        try StagingFolder(path: folder.path + "/film").commit()
        #expect(try folder.names == ["film"])
    }

    #if os(Linux)
        @Test func whatAKilledProcessLeftIsRemovedBeforeItsParentAsks() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let child = Process()
            child.executableURL = URL(fileURLWithPath: "/bin/sh")
            // The shell replaces itself by `sleep`, which never asks about its child.
            child.arguments = ["-c", "sh -c 'echo $$; kill -9 $$' & exec sleep 60"]
            let pipe = Pipe()
            child.standardOutput = pipe
            try child.run()
            defer { child.terminate() }
            let line = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
            let killed = try #require(pid_t(line.trimmingCharacters(in: .whitespacesAndNewlines)))
            for _ in 0..<10_000 where !TemporaryName.isGone(killed) { usleep(1000) }
            #expect(kill(killed, 0) == 0)
            try folder.write("", ".film.gnca-\(killed)-1")
            try StagingFolder(path: folder.path + "/film").commit()
            #expect(try folder.names == ["film"])
        }
    #endif
}
