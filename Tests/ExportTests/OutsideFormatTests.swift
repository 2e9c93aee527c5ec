import GNCABasics
import GNCAExport
import GNCARaster
import GNCATestSupport
import Testing

// What another package would write: nothing here is imported for tests only. Nothing is registered either, which would last
// for all tests of the process: `RegistryTests` see to that.

/// Portable pixmaps one behind the other, as old tools take films.
private enum Pixmaps: OutputFormat {
    static let name = "pixmaps"
    static let summary = "Portable pixmaps in one file"
    static let extensions = ["ppms"]

    static func open(
        _ destination: Destination, _ film: FilmDescription, _ options: EncodingOptions
    ) throws(ExportError) -> any FrameSink {
        guard case .path(let path, let overwrite) = destination else { throw .invalid("pixmaps need a file") }
        do { return PixmapSink(try AtomicFile(path: path, overwrite: overwrite)) } catch { throw .file(error) }
    }
}

private final class PixmapSink: FrameSink {
    private let file: AtomicFile

    init(_ file: AtomicFile) { self.file = file }

    func append(_ frame: Frame) throws(ExportError) {
        var bytes = Array("P6 \(frame.width) \(frame.height) 255\n".utf8)
        for y in 0..<frame.height {
            for x in 0..<frame.width {
                let pixel = frame[x, y]
                bytes += [pixel.red, pixel.green, pixel.blue]
            }
        }
        do { try file.write(bytes) } catch { throw .file(error) }
    }

    func finish() throws(ExportError) {
        do { try file.seal() } catch { throw .file(error) }
    }

    func publish() throws(ExportError) {
        do { try file.publish() } catch { throw .file(error) }
    }

    func withdraw() { file.withdraw() }

    func cancel() { file.cancel() }
}

/// A container of libav's that this program does not bring.
private enum NUT: ContainerFormat {
    static let name = "nut"
    static let summary = "NUT, ffmpeg's own container"
    static let extensions = ["nut"]
    static let container = Container(muxer: "nut")
    static let codecChoices = [Codec.ffv1]
}

@Suite struct OutsideFormatTests {
    @Test func aFormatOfOnesOwnWritesAFilm() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let film = TestFilm()
        try film.write(to: folder.path("film.ppms"), as: Pixmaps.self)
        let header = Array("P6 64 48 255\n".utf8)
        let bytes = try folder.bytes("film.ppms")
        #expect(bytes.count == film.frameCount * (header.count + 64 * 48 * 3))
        let last = bytes.suffix(header.count + 64 * 48 * 3)
        #expect(last.starts(with: header))
        let colour = film.colour(frame: film.frameCount - 1, column: 0, row: 0)
        #expect(last.dropFirst(header.count).prefix(3).elementsEqual([colour.red, colour.green, colour.blue]))
        #expect(try folder.names == ["film.ppms"])
    }

    @Test func theDefaultsRefuseWhatAPlainFormatCannot() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = try folder.write("old", "film.ppms")
        #expect(throws: ExportError.file(.existsAlready(file: path))) {
            try TestFilm().write(to: path, as: Pixmaps.self)
        }
        #expect(throws: ExportError.invalid("pixmaps cannot hold transparency", .opaqueBackground)) {
            try TestFilm(hasAlpha: true).write(to: path, as: Pixmaps.self, overwrite: true)
        }
        #expect(throws: ExportError.invalid("pixmaps cannot be written to standard output")) {
            try Pixmaps.checkDestination(.standardOutput, TestFilm().description)
        }
        #expect(try folder.bytes("film.ppms") == Array("old".utf8))
    }

    @Test func aContainerOfLibavTakesAFewLines() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try TestFilm().write(to: folder.path("film.nut"), as: NUT.self)
        #expect(NUT.codecsPresent() == ["ffv1"])
        let film = try DecodedFilm(folder.path("film.nut"), demuxer: "nut")
        #expect(film.frames.count == TestFilm().frameCount)
        #expect(film.frames[0] == TestFilm().frame(0))
    }
}
