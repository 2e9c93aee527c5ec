import Foundation
import GNCATestSupport
import Testing

@testable import GNCABasics

/// A name as a run on this machine makes it, with the lock of nobody.
private func left(_ output: String, in folder: TemporaryFolder) throws -> TemporaryName {
    TemporaryName(of: output, in: try Folder(folder.path))
}

@Suite struct OwnedFileTests {
    @Test func whatNobodyHoldsIsRemoved() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        for output in ["a", "b"] { try folder.write("", try left(output, in: folder).text) }
        let film = try left("a", in: folder)
        try folder.write("", film.text)
        try folder.makeFolder(film.folder)
        try folder.write("", "\(film.folder)/frame-1.png")
        // Killed between the removal of its file and that of its folder: never, but who knows.
        try folder.makeFolder(try left("a", in: folder).folder)
        OwnedFile.removeStale(of: "a", in: try Folder(folder.path))
        #expect(try folder.names.count == 1)
        #expect(try folder.names.allSatisfy { $0.hasPrefix(".b.gnca-") })
    }

    @Test func whatSomebodyHoldsStays() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let file = try AtomicFile(path: folder.path("a"), overwrite: false)
        let sealed = try AtomicFile(path: folder.path("a"), overwrite: false)
        try sealed.seal()
        let film = try StagingFolder(path: folder.path("a"))
        try film.write([1], name: "x")
        let stills = try StagingFolder(filesIn: folder.path, first: "a", overwrite: false)
        try stills.write([1], name: "y")
        let names = try folder.names
        #expect(names.count == 6)
        OwnedFile.removeStale(of: "a", in: try Folder(folder.path))
        #expect(try folder.names == names)
        try film.commit()
        try stills.commit()
        for file in [file, sealed] { file.cancel() }
        #expect(try folder.names == ["a", "y"])
    }

    @Test func whatWasReplacedStaysUntilItIsLetGo() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.write("old", "a")
        let file = try AtomicFile(path: folder.path("a"), overwrite: true)
        try file.publish()
        OwnedFile.removeStale(of: "a", in: try Folder(folder.path))
        file.withdraw()
        #expect(try folder.bytes("a") == Array("old".utf8))
    }

    @Test func whatAUserMadeStays() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let name = try left("a", in: folder).text
        let names = [
            ".a.gnca-1-1", ".a.gnca-99999999-1", name + "0", String(name.dropLast()), name + ".txt", name + ".D",
            name.uppercased(), "." + name, name + "\u{301}", ".a.gnca-", ".a.gnca", "a.gnca-0123abcd-0123456789abcdef",
            ".a.gnca-0123abcd-0123456789abcdeg", ".a.gnca-0123abcd_0123456789abcdef",
        ]
        for name in names { try folder.write("mine", name) }
        // Names like ours that are no files of ours.
        let link = try left("a", in: folder).text
        #expect(symlink(names[0], folder.path(link)) == 0)
        let pipe = try left("a", in: folder).text
        #expect(mkfifo(folder.path(pipe), 0o600) == 0)
        let deep = try left("a", in: folder)
        try folder.makeFolder(deep.folder)
        try folder.makeFolder(deep.folder + "/sub")
        let before = Set(try folder.names)
        OwnedFile.removeStale(of: "a", in: try Folder(folder.path))
        // The folder has got the file by which the next run holds it.
        #expect(Set(try folder.names).subtracting([deep.text]) == before)
    }

    @Test func whatAUserHasPutIntoAFolderOfOursStays() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let film = try left("a", in: folder)
        try folder.write("", film.text)
        try folder.makeFolder(film.folder)
        let mine = [
            "thesis.tex", "frame-.png", "frame-1.png.txt", "xframe-1.png", "1.older", "-1", "old", ".old", "1.png",
        ]
        for name in mine + ["frame-00001.png", "0", "17", "3.old"] {
            try folder.write("mine", "\(film.folder)/\(name)")
        }
        OwnedFile.removeStale(of: "a", in: try Folder(folder.path))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(film.folder))
        #expect(names.sorted() == mine.sorted())
    }

    @Test func anotherMachinesFilesStayWhereItsLocksAreUnknown() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let place = try Folder(folder.path)
        let here = TemporaryName(of: "a", in: place)
        let elsewhere = ".a.gnca-0123abcd-0123456789abcdef"
        #expect(TemporaryName(here.text, of: "a", in: place)?.isFromHere == true)
        #expect(TemporaryName(here.folder, of: "a", in: place) == here)
        #expect(TemporaryName(elsewhere, of: "a", in: place)?.isFromHere == false)
        try folder.write("", elsewhere)
        OwnedFile.removeStale(of: "a", in: place)
        #expect(try folder.names.isEmpty == place.isLocal)
    }

    @Test func longNamesTellWhoseTheyAre() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let place = try Folder(folder.path)
        let names = ["a", "b"].map { String(repeating: "x", count: 240) + $0 }
        for name in names { try folder.write("", TemporaryName(of: name, in: place).text) }
        OwnedFile.removeStale(of: names[0], in: place)
        let left = try folder.names
        #expect(left.count == 1)
        #expect(left.allSatisfy { TemporaryName($0, of: names[1], in: place) != nil })
    }

    /// Writers and those who clean at the same time: nobody's file is taken away.
    @Test func cleaningAndMakingAtOnce() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = folder.path
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    let place = try Folder(path)
                    for _ in 0..<200 {
                        OwnedFile.removeStale(of: "a", in: place)
                        let file = try OwnedFile(for: "a", in: place)
                        OwnedFile.removeStale(of: "a", in: place)
                        _ = try place.status(file.name.text)
                        if writer.isMultiple(of: 2) { try place.removeFile(file.name.text) }
                    }
                }
            }
            try await group.waitForAll()
        }
        OwnedFile.removeStale(of: "a", in: try Folder(path))
        #expect(try folder.names == [])
    }
}
