import GNCABasics
import GNCATestSupport
import Testing

@testable import GNCAExport
@testable import GNCARaster

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

    /// libav's own decoder of VP9 shows transparent films on black.
    @Test func theLastPictureOfATransparentFilmIsTransparent() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let film = TestFilm(rows: 8, hasAlpha: true)
        try film.write(to: folder.path + "/a.webm")
        let last = try FilmFile.lastPicture(folder.path + "/a.webm")
        #expect(last[60, 4].alpha <= 2)
        #expect(abs(Int(last[60, 12].alpha) - 128) <= 4)
        #expect(last[4, 4].alpha >= 253)
    }

    @Test(
        arguments: [
            ("a.mp4", "h264", "yuv420p", "avc1.6400", nil), ("a.mp4", "h264", "yuv420p10le", "avc1.6E00", "10 bits"),
            ("a.mp4", "h264", "yuv444p", "avc1.F400", "4:4:4"), ("a.mp4", "h265", "yuv420p", "hvc1.1.6.L", "H.265"),
            ("a.mp4", "av1", "yuv420p", "av01.0.", nil), ("a.webm", "vp9", "yuv420p", "vp9", nil),
            ("a.webm", "vp9", "yuv444p", "vp09.01.", "4:4:4"), ("a.webm", "av1", "yuv420p", "av01.0.", nil),
        ] as [(String, String, String, String, String?)])
    func pagesAreToldOfTheCodec(file: String, codec: String, pixelFormat: String, codecs: String, obstacle: String?)
        throws
    {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let film = TestFilm(rows: 8, frameCount: 2)
        try film.write(to: "\(folder.path)/\(file)", EncodingOptions(codec: codec, pixelFormat: pixelFormat))
        let coding = try FilmFile.coding("\(folder.path)/\(file)")
        #expect(try #require(coding.codecs).hasPrefix(codecs), "\(coding)")
        #expect((coding.obstacle == nil) == (obstacle == nil))
        if let obstacle { #expect(try #require(coding.obstacle).contains(obstacle)) }
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

    /// Players show what there is of a film that is cut off, and say nothing.
    @Test(arguments: ["a.mp4", "a.webm", "a.gif", "a.apng"])
    func aFilmThatIsCutOffIsRefused(name: String) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try TestFilm(columns: 8, rows: 8, frameCount: 6).write(to: "\(folder.path)/\(name)")
        let bytes = try folder.bytes(name)
        for length in stride(from: 1, to: bytes.count, by: max(1, bytes.count / 300)) {
            let cut = Array(bytes[..<length])
            // Where the cut falls between the outermost boxes of an MP4, there are no pictures.
            #expect(throws: FileFault.self, "\(length)") { try FilmFile.firstPicture(of: cut) }
            #expect(throws: FileFault.self, "\(length)") { try FilmFile.lastPicture(of: cut) }
        }
    }

    /// A film's size is asked for in vain of no picture but the first, however many there are.
    @Test func theFirstPictureCostsNoOther() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try TestFilm(columns: 8, rows: 8, frameCount: 6).write(to: "\(folder.path)/a.gif")
        var bytes = try folder.bytes("a.gif")
        // The last picture's data: broken, and never looked at.
        for index in (bytes.count - 40)..<(bytes.count - 30) { bytes[index] ^= 0xFF }
        #expect(throws: FileFault.self) { try FilmFile.lastPicture(of: bytes) }
        #expect(try FilmFile.firstPicture(of: bytes).width == 64)
    }

    @Test func aLastPictureThatTakesTooMuchWorkIsRefused() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try TestFilm(columns: 8, rows: 8, frameCount: 6).write(to: "\(folder.path)/a.mp4")
        let bytes = try folder.bytes("a.mp4")
        #expect(try FilmFile.lastPicture(of: bytes, workLimit: 6 * 64 * 64).width == 64)
        #expect {
            try FilmFile.lastPicture(of: bytes, workLimit: 64 * 64)
        } throws: {
            ($0 as? FileFault)?.reason.hasPrefix("the film is too long for a look at its last picture") == true
        }
    }

    /// What the demuxers are told to read stands in the file: none of those that open other files is among them.
    @Test func noDemuxerOpensOtherFiles() {
        let known = FilmKind.demuxers.flatMap { $0.split(separator: ",").map(String.init) }
        #expect(FilmKind.allCases.allSatisfy { known.contains($0.demuxer) })
        for name in ["hls", "concat", "image2", "dash", "imf", "webm_dash_manifest", "tty", "sdp", "lavfi"] {
            #expect(!known.contains(name))
        }
    }

    /// The matrix of a film's track: where a step to the right leads, and where a step down.
    private static let turns: [(right: [Int32], down: [Int32], isTall: Bool)] = [
        ([1, 0], [0, 1], false), ([0, 1], [-1, 0], true), ([-1, 0], [0, -1], false), ([0, -1], [1, 0], true),
    ]

    @Test(arguments: 0..<4)
    func aTurnedFilmIsReadAsPlayersShowIt(index: Int) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let film = TestFilm(columns: 8, rows: 6)
        try film.write(to: "\(folder.path)/a.mp4")
        var bytes = try folder.bytes("a.mp4")
        let upright = try FilmFile.firstPicture(of: bytes)
        let turn = Self.turns[index]
        // Version and flags, five numbers, reserved, layer, group, volume: then nine numbers, of 16.16 bits but the third ones.
        let matrix = try #require(bytes.firstRange(of: Array("tkhd".utf8))).upperBound + 40
        for (place, sign) in [(0, turn.right[0]), (1, turn.right[1]), (3, turn.down[0]), (4, turn.down[1])] {
            let number = UInt32(bitPattern: sign * 65_536)
            for byte in 0..<4 {
                bytes[matrix + place * 4 + byte] = UInt8(truncatingIfNeeded: number >> (24 - 8 * UInt32(byte)))
            }
        }
        let shown = try FilmFile.firstPicture(of: bytes)
        #expect(shown.width == (turn.isTall ? 48 : 64) && shown.height == (turn.isTall ? 64 : 48))
        // Where the first pixel is: a quarter turn to the right brings it to the top right.
        let corners = [
            (0, 0), (shown.width - 1, 0), (shown.width - 1, shown.height - 1), (0, shown.height - 1),
        ]
        #expect(shown[corners[index].0, corners[index].1] == upright[0, 0])
    }
}
