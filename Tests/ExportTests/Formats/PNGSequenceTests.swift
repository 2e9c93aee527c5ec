import Foundation
import GNCARaster
import GNCATestSupport
import Testing

@testable import GNCAExport

@Suite struct PNGSequenceTests {
    @Test func aNewFolderHoldsEveryFrame() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let film = TestFilm(hasAlpha: true)
        try film.write(to: folder.path + "/frames/", EncodingOptions(metadata: [KeyValue("Random-Seed", "7")]))
        #expect(try folder.names == ["frames"])
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/frames").sorted()
        #expect(names == (1...12).map { String(format: "frame-%05d.png", $0) })
        for (index, name) in names.enumerated() {
            #expect(try ImageFile.read("\(folder.path)/frames/\(name)") == film.frame(index))
        }
        let bytes = try folder.bytes("frames/frame-00001.png")
        #expect(bytes.indices.contains { bytes[$0...].starts(with: "Random-Seed\0".utf8) })
    }

    @Test func aPatternNumbersBesideWhatIsThere() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.write("mine", "notes.txt")
        try TestFilm(frameCount: 3).write(to: folder.path + "/f%02d.png")
        #expect(try folder.names == ["f01.png", "f02.png", "f03.png", "notes.txt"])
    }

    @Test func anExistingFrameIsRefusedBeforeWorkStarts() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.write("old", "frame-00012.png")
        let refusal = ExportError.file(.existsAlready(file: folder.path + "/frame-00012.png"))
        let destination = Destination.path(folder.path + "/", overwrite: false)
        #expect(throws: refusal) { try PNGSequence.checkDestination(destination, TestFilm().description) }
        try TestFilm().write(to: folder.path + "/", overwrite: true)
        #expect(try folder.names.count == 12)
        #expect(try ImageFile.read(folder.path + "/frame-00012.png") == TestFilm().frame(11))
    }

    /// As a kill leaves it between the name of the first files and the end: the run's own names, and nobody's locks.
    @Test(arguments: ["frames/", "f%d.png"])
    func whatAKilledRunLeftBesideItsFilesGoes(pattern: String) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = folder.path("") + pattern
        let film = TestFilm(frameCount: 3)
        let sink = try PNGSequence.open(.path(path, overwrite: false), film.description, EncodingOptions())
        for index in 0..<3 { try sink.append(film.frame(index)) }
        let waiting = try folder.names
        #expect(waiting.count == 2)
        sink.cancel()
        try film.write(to: path)
        let whole = try folder.names
        try folder.write("", waiting[0])
        try folder.makeFolder(waiting[1])
        try folder.write("", "\(waiting[1])/1")
        OutputFiles(path).removeLeftovers()
        #expect(try folder.names == whole)
    }

    @Test func whenOneFrameCannotStandNoneDoes() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let film = TestFilm(frameCount: 3)
        let sink = try PNGSequence.open(
            .path(folder.path + "/f%d.png", overwrite: false), film.description, EncodingOptions())
        for index in 0..<3 { try sink.append(film.frame(index)) }
        try sink.finish()
        try folder.write("somebody was faster", "f2.png")
        #expect(throws: ExportError.self) { try sink.publish() }
        sink.cancel()
        #expect(try folder.names == ["f2.png"])
        #expect(try folder.bytes("f2.png") == Array("somebody was faster".utf8))
    }

    @Test(arguments: ["/frames/", "/f%d.png"])
    func cancelLeavesNothing(suffix: String) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let film = TestFilm()
        let sink = try PNGSequence.open(
            .path(folder.path + suffix, overwrite: false), film.description, EncodingOptions())
        try sink.append(film.frame(0))
        try sink.append(film.frame(1))
        sink.cancel()
        #expect(try folder.names == [])
    }
}
