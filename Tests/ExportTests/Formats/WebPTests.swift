import GNCATestSupport
import Testing

@testable import GNCAExport

/// libav 5.1 cannot decode animated WebP: its chunks are looked at instead, and a still of one frame is decoded.
@Suite struct WebPTests {
    private func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reversed().reduce(0) { $0 << 8 | Int($1) } }

    /// Chunks of the RIFF container: name and data.
    private func chunks(_ bytes: [UInt8]) throws -> [(name: String, data: [UInt8])] {
        #expect(number(bytes[4..<8]) + 8 == bytes.count)
        var chunks: [(String, [UInt8])] = []
        var position = 12
        while position + 8 <= bytes.count {
            let size = number(bytes[(position + 4)..<(position + 8)])
            let name = String(decoding: bytes[position..<(position + 4)], as: UTF8.self)
            chunks.append((name, Array(bytes[(position + 8)..<(position + 8 + size)])))
            position += 8 + size + size % 2
        }
        #expect(position == bytes.count)
        return chunks
    }

    @Test(arguments: [false, true])
    func everyFrameIsThereForItsTime(hasAlpha: Bool) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try TestFilm(hasAlpha: hasAlpha).write(to: folder.path + "/a.webp")
        let frames = try chunks(try folder.bytes("a.webp")).filter { $0.name == "ANMF" }
        #expect(frames.count == 12)
        // Duration: three bytes after x, y, width and height of three bytes each; milliseconds.
        #expect(frames.allSatisfy { number($0.data[12..<15]) == 40 })
        // Lossless: every frame holds a VP8L chunk, perhaps after an ALPH-less header.
        #expect(frames.allSatisfy { String(decoding: $0.data[16..<20], as: UTF8.self) == "VP8L" })
    }

    @Test(arguments: [0, 1, 3])
    func itPlaysAsOftenAsAsked(loop: Int) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try TestFilm().write(to: folder.path + "/a.webp", EncodingOptions(loop: loop))
        let animation = try #require(try chunks(try folder.bytes("a.webp")).first { $0.name == "ANIM" })
        #expect(number(animation.data[4..<6]) == loop)
    }

    @Test func anXMPPacketMakesItAgain() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let options = EncodingOptions(metadata: [KeyValue("Command", "a <b> & c")])
        try TestFilm().write(to: folder.path + "/a.webp", options)
        let all = try chunks(try folder.bytes("a.webp"))
        let header = try #require(all.first { $0.name == "VP8X" })
        let packet = try #require(all.last { $0.name == "XMP " })
        #expect(header.data[0] & 4 == 4)
        #expect(String(decoding: packet.data, as: UTF8.self).contains("Command: a &lt;b&gt; &amp; c"))
    }
}
