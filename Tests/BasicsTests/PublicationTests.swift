import Foundation
import GNCATestSupport
import Testing

@testable import GNCABasics

@Suite struct PublicationTests {
    @Test(arguments: 0..<4)
    func whenOneCannotAppearNoneDoes(failing: Int) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let names = ["a", "b", "c", "d"]
        for name in ["b", "c"] { try folder.write("old", name) }
        var files: [AtomicFile] = []
        for name in names {
            let file = try AtomicFile(path: folder.path(name), overwrite: true)
            try file.write([1])
            files.append(file)
        }
        // What no file can replace.
        try? FileManager.default.removeItem(atPath: folder.path(names[failing]))
        try folder.makeFolder(names[failing])
        #expect(throws: WriteFault.self) { try Publication.publish(files) }
        let kept = Set(["b", "c", names[failing]])
        #expect(Set(try folder.names) == kept)
        for name in ["b", "c"] where name != names[failing] { #expect(try folder.bytes(name) == Array("old".utf8)) }
    }

    @Test func whatCannotBeOpenedLeavesNothing() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.write("old", "b")
        #expect(throws: WriteFault.existsAlready(file: folder.path("b"))) {
            try Publication.write([(folder.path("a"), [1]), (folder.path("b"), [1])], overwrite: false)
        }
        #expect(try folder.names == ["b"])
        try Publication.write([(folder.path("a"), [1]), (folder.path("b"), [2])], overwrite: true)
        #expect(try folder.names == ["a", "b"])
        #expect(try folder.bytes("b") == [2])
    }
}
