import GNCABasics
import GNCARaster
import GNCATestSupport
import Testing

@testable import GNCAExport

@Suite struct GIFTests {
    /// Delays of the frames, hundredths of a second: graphic control extensions (GIF89a, section 23).
    private func delays(_ bytes: [UInt8]) -> [Int] {
        bytes.indices.dropLast(7).compactMap { index in
            guard bytes[index] == 0x21, bytes[index + 1] == 0xF9, bytes[index + 2] == 4, bytes[index + 7] == 0 else {
                return nil
            }
            return Int(bytes[index + 4]) | Int(bytes[index + 5]) << 8
        }
    }

    /// What follows the loop extension's name: block size 3, 1, repetitions; nil without the extension.
    private func repetitions(_ bytes: [UInt8]) -> Int? {
        let name = Array("NETSCAPE2.0".utf8)
        guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: name) }) else { return nil }
        return Int(bytes[start + 13]) | Int(bytes[start + 14]) << 8
    }

    @Test(arguments: [(25, [4]), (50, [2]), (30, [3, 4]), (10, [10])])
    func delaysAddUpToTheFrameRate(rate: Int, expected: [Int]) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try TestFilm(frameCount: 30, frameRate: FrameRate(rate)).write(to: folder.path + "/a.gif")
        let delays = delays(try folder.bytes("a.gif"))
        #expect(delays.count == 30)
        #expect(Set(delays) == Set(expected))
        #expect(abs(delays.reduce(0, +) - 3000 / rate) <= 1)
    }

    /// Browsers play a delay of one hundredth ten times as slowly.
    @Test(arguments: [60, 100, 240])
    func aFilmTooFastForAGIFLosesFramesAndNoTime(rate: Int) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try TestFilm(frameCount: rate, frameRate: FrameRate(rate)).write(to: folder.path + "/a.gif")
        let delays = delays(try folder.bytes("a.gif"))
        #expect(delays.allSatisfy { $0 >= 2 } && delays.count >= 30)
        #expect(abs(delays.reduce(0, +) - 100) <= 2)
    }

    @Test(arguments: [(0, 0), (1, nil), (3, 2)])
    func itPlaysAsOftenAsAsked(loop: Int, stored: Int?) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try TestFilm().write(to: folder.path + "/a.gif", EncodingOptions(loop: loop))
        #expect(repetitions(try folder.bytes("a.gif")) == stored)
    }

    @Test func theCommentMakesItAgain() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let long = String(repeating: "x", count: 600)
        try TestFilm().write(to: folder.path + "/a.gif", EncodingOptions(metadata: [KeyValue("Command", long)]))
        let bytes = try folder.bytes("a.gif")
        let start = try #require(bytes.indices.first { bytes[$0...].starts(with: [0x21, 0xFE, 255]) })
        var text: [UInt8] = []
        var position = start + 2
        while bytes[position] != 0 {
            text += bytes[(position + 1)...(position + Int(bytes[position]))]
            position += Int(bytes[position]) + 1
        }
        #expect(String(decoding: text, as: UTF8.self) == "Command: " + long)
        #expect(bytes[(position + 1)...] == [0x3B])
        #expect(try DecodedFilm(folder.path + "/a.gif", demuxer: "gif").frames.count == 12)
    }

    @Test func transparencyIsOnOrOff() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let film = TestFilm(hasAlpha: true)
        try film.write(to: folder.path + "/a.gif")
        let decoded = try DecodedFilm(folder.path + "/a.gif", demuxer: "gif")
        #expect(decoded.frames.count == 12)
        for frame in decoded.frames {
            #expect(frame[60, 4].alpha == 0)  // alpha 0
            #expect(frame[60, 12].alpha == 255)  // alpha 128
        }
    }

    @Test func aFilmTooLongToWaitForIsEncodedAllTheSame() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let film = TestFilm()
        let sink = try GIFSink(
            .path(folder.path + "/a.gif", overwrite: false), film.description, EncodingOptions(), spoolLimit: 3000)
        for index in 0..<film.frameCount { try sink.append(film.frame(index)) }
        try sink.finish()
        try sink.publish()
        #expect(try DecodedFilm(folder.path + "/a.gif", demuxer: "gif").frames.count == 12)
    }
}
