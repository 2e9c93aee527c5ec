import GNCARaster
import GNCATestSupport
import Testing

@testable import GNCAExport

/// Films read back for their last picture.
@Suite struct FilmFileTests {
    @Test(arguments: [("a.mp4", 16), ("a.webm", 16), ("a.gif", 0), ("a.apng", 0)])
    func theLastPictureComesBack(name: String, tolerance: Int) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let film = TestFilm(rows: 8)
        try film.write(to: "\(folder.path)/\(name)")
        let last = try FilmFile.lastPicture("\(folder.path)/\(name)")
        #expect(last.width == 64 && last.height == 64)
        for row in 0..<film.rows {
            for column in 0..<film.columns {
                let (seen, wanted) = (
                    last[column * 8 + 4, row * 8 + 4], film.colour(frame: film.frameCount - 1, column: column, row: row)
                )
                let worst =
                    zip([seen.red, seen.green, seen.blue], [wanted.red, wanted.green, wanted.blue])
                    .map { abs(Int($0) - Int($1)) }.max() ?? 255
                #expect(worst <= tolerance, "\(column),\(row)")
            }
        }
    }

    @Test func whatIsNoFilmIsRefused() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        func refused(_ name: String, _ reason: String) {
            let path = "\(folder.path)/\(name)"
            #expect(throws: RasterError.unreadableImage(file: path, reason: reason)) {
                try FilmFile.lastPicture(path)
            }
        }
        try folder.write("#EXTM3U\nhttp://example.org/a.ts\n", "list.mp4")
        refused("list.mp4", "not a film of a known kind (expected MP4, WebM, GIF or APNG)")
        refused("missing.mp4", "there is no such file")
    }

    /// Every truncation and every damaged byte of the header either gives a picture or a sentence.
    @Test(arguments: ["a.mp4", "a.webm", "a.gif", "a.apng"])
    func damagedFilmsNeverCrash(name: String) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try TestFilm(columns: 8, rows: 8, frameCount: 2).write(to: "\(folder.path)/\(name)")
        let bytes = try folder.bytes(name)
        var refusals = 0
        func read(_ damaged: [UInt8]) throws {
            try folder.write(damaged, "damaged")
            do { _ = try FilmFile.lastPicture("\(folder.path)/damaged") } catch { refusals += 1 }
        }
        for length in stride(from: 1, to: bytes.count, by: max(1, bytes.count / 60)) {
            try read(Array(bytes[..<length]))
        }
        for index in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 120)) {
            var damaged = bytes
            damaged[index] ^= 0x55
            try read(damaged)
        }
        #expect(refusals > 0)
    }
}
