import GNCATestSupport
import Testing

@testable import GNCARaster

/// Pictures are turned as the camera says that it was held.
@Suite struct OrientationTests {
    private enum Corner: CaseIterable { case topLeft, topRight, bottomLeft, bottomRight }

    /// Where the stored picture's first pixel is shown, and the last one of its first row (Exif 2.32, tag 274).
    private static let places: [(first: Corner, endOfFirstRow: Corner)] = [
        (.topLeft, .topRight), (.topRight, .topLeft), (.bottomRight, .bottomLeft), (.bottomLeft, .bottomRight),
        (.topLeft, .bottomLeft), (.topRight, .bottomRight), (.bottomRight, .topRight), (.bottomLeft, .topLeft),
    ]

    /// The fixture says 6: the file with another number in that place.
    private static func file(_ fixture: StillFixture, orientation: UInt8) throws -> [UInt8] {
        var bytes = try fixture.bytes
        // Tag 274, one number of 16 bits, in either order of bytes.
        let big: [UInt8] = [1, 0x12, 0, 3, 0, 0, 0, 1]
        let little: [UInt8] = [0x12, 1, 3, 0, 1, 0, 0, 0]
        if let tag = bytes.firstRange(of: big) {
            bytes[tag.upperBound + 1] = orientation
        } else {
            bytes[try #require(bytes.firstRange(of: little)).upperBound] = orientation
        }
        return fixture.hasSums ? PNGSums.mended(bytes) : bytes
    }

    private static func pixel(_ frame: Frame, _ corner: Corner) -> Pixel {
        let right = corner == .topRight || corner == .bottomRight
        let bottom = corner == .bottomLeft || corner == .bottomRight
        return frame[right ? frame.width - 1 : 0, bottom ? frame.height - 1 : 0]
    }

    private static func isNear(_ pixel: Pixel, red: Int, green: Int) -> Bool {
        abs(Int(pixel.red) - red) < 16 && abs(Int(pixel.green) - green) < 16 && pixel.blue < 16
    }

    @Test(arguments: StillFixture.turned, 1...8)
    func everyOrientationIsApplied(fixture: StillFixture, orientation: Int) throws {
        let frame = try ImageFile.decode(try Self.file(fixture, orientation: UInt8(orientation)), file: "x")
        #expect(frame.width == (orientation < 5 ? 16 : 8) && frame.height == (orientation < 5 ? 8 : 16))
        let place = Self.places[orientation - 1]
        #expect(Self.isNear(Self.pixel(frame, place.first), red: 255, green: 0))
        #expect(Self.isNear(Self.pixel(frame, place.endOfFirstRow), red: 0, green: 255))
    }

    @Test(arguments: StillFixture.turned, [0, 9, 255])
    func anUnknownOrientationIsIgnored(fixture: StillFixture, orientation: Int) throws {
        let frame = try ImageFile.decode(try Self.file(fixture, orientation: UInt8(orientation)), file: "x")
        #expect(frame.width == 16 && frame.height == 8)
    }

    /// The block of a JPEG, whose every byte may be anything: the picture is read, upright or turned.
    @Test func aBrokenExifBlockIsIgnored() throws {
        let whole = try StillFixture(name: "turned.jpg").bytes
        let block = try #require(whole.firstRange(of: Array("Exif".utf8)))
        for index in block.upperBound..<(block.lowerBound + 32) {
            for value: UInt8 in [0, 1, 0x7F, 0xFF] {
                var bytes = whole
                bytes[index] = value
                #expect(throws: Never.self) { try ImageFile.decode(bytes, file: "x") }
            }
        }
    }

    @Test func turningAndTurningBackIsNothing() {
        var frame = Frame(width: 3, height: 2)
        for x in 0..<3 { for y in 0..<2 { frame[x, y] = Pixel(red: UInt8(x), green: UInt8(y), blue: 0) } }
        let back: [Orientation: Orientation] = [.quarterRight: .quarterLeft, .quarterLeft: .quarterRight]
        for orientation in Orientation.allCases {
            #expect(frame.turned(orientation).turned(back[orientation] ?? orientation) == frame)
        }
    }
}
