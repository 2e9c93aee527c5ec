import Testing

@testable import GNCARaster

/// A damaged picture is refused, or it is the picture: nobody gets one of which a part is grey or black.
@Suite struct DamagedStillsTests {
    private static func decoded(_ bytes: [UInt8]) -> Frame? { try? ImageFile.decode(bytes, file: "x") }

    @Test(arguments: StillFixture.all)
    func aWholePictureIsRead(fixture: StillFixture) throws {
        let frame = try ImageFile.decode(try fixture.bytes, file: fixture.name)
        #expect(frame.width == 24 && frame.height == 16)
        #expect(Set(frame.bytes).count > 1)
    }

    /// What stands at the end of whole files, for a reader that looks for it. Of a progressive JPEG, any number of whole
    /// scans is a picture.
    private static func endings(_ fixture: StillFixture) -> [[UInt8]] {
        if fixture.name.hasSuffix(".gif") { return [[], [0x3B], [0x00, 0x3B]] }
        return ["baseline.jpg", "444.jpg", "grey.jpg", "cmyk.jpg"].contains(fixture.name) ? [[], [0xFF, 0xD9]] : [[]]
    }

    @Test(arguments: StillFixture.all)
    func aPictureCutAnywhereIsRefusedOrWhole(fixture: StillFixture) throws {
        let whole = try fixture.bytes
        let picture = try #require(Self.decoded(whole))
        var refused = 0
        for ending in Self.endings(fixture) {
            for length in 0..<whole.count {
                let frame = Self.decoded(Array(whole[..<length]) + ending)
                let isWhole = frame == nil || frame == picture
                #expect(isWhole, "\(length) bytes, then \(ending)")
                refused += frame == nil ? 1 : 0
            }
        }
        #expect(refused > 0)
    }

    /// Where a file has no sums, a changed byte can be another picture, but a picture all the same.
    @Test(arguments: StillFixture.all)
    func aChangedByteNeverGivesPartOfAPicture(fixture: StillFixture) throws {
        let whole = try fixture.bytes
        let picture = try #require(Self.decoded(whole))
        var refused = 0
        for index in whole.indices {
            for mask: UInt8 in [0x01, 0x80, 0xFF] {
                var bytes = whole
                bytes[index] ^= mask
                guard let frame = Self.decoded(bytes) else {
                    refused += 1
                    continue
                }
                let (isStable, isRight) = (frame == Self.decoded(bytes), frame == picture)
                // libav 5.1 shows memory of its own where a strip of this kind is shorter than the width says.
                #expect(isStable || fixture.name == "deflate.tiff", "byte \(index) with \(mask)")
                #expect(isRight || !fixture.hasSums, "byte \(index) with \(mask)")
            }
        }
        #expect(refused > 0)
    }

    @Test func aCompressionThatIsNotReadIsRefused() throws {
        let bytes = try StillFixture(name: "jpeg.tiff").bytes
        #expect(throws: RasterError.self) { try ImageFile.decode(bytes, file: "x") }
    }

    /// A picture of 16 by 16 pixels with as many scans as were asked for, each of no more than an empty one.
    private static func progressive(scans: Int) throws -> [UInt8] {
        let bytes = try StillFixture(name: "progressive.jpg").bytes
        let last = try #require(bytes.indices.dropLast().last { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xDA })
        let scan = bytes[last..<(bytes.count - 2)]
        return Array(bytes[..<last]) + (0..<scans).flatMap { _ in scan } + [0xFF, 0xD9]
    }

    @Test func scansThatAreWorkForNothingAreRefused() throws {
        #expect {
            try ImageFile.decode(try Self.progressive(scans: 200), file: "x")
        } throws: { "\($0)" == "x: the JPEG file has too many scans (limit 100)" }
    }
}
