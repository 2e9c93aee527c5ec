@testable import GNCABasics
@testable import GNCACheckpoints

/// A small collection of textures: one channel group, every number another.
enum HexellsFile {
    static let names = ["dots", "waves", "stones"]

    /// `[inputs + 1, outputs]` bytes of the texture at `place`.
    static func bytes(_ place: Int, _ rows: Int, _ columns: Int) -> [UInt8] {
        (0..<(rows * columns)).map { UInt8((place * 31 + $0 * 7) % 256) }
    }

    /// A sheet of two columns and two rows of tiles, four bytes in each pixel.
    private static func sheet(_ rows: Int, _ columns: Int, count: Int) throws -> [UInt8] {
        var pixels = [UInt8](repeating: 0, count: 2 * rows * 2 * columns)
        for place in 0..<count {
            let tile = bytes(place, rows, columns)
            for row in 0..<rows {
                let start = (place / 2 * rows + row) * 2 * columns + place % 2 * columns
                pixels.replaceSubrange(start..<(start + columns), with: tile[(row * columns)..<((row + 1) * columns)])
            }
        }
        return PlainPNG.encode(width: columns / 2, height: 2 * rows, rgba: pixels)
    }

    private static func layer(_ rows: Int, _ columns: Int, count: Int, scale: String, range: String) throws -> String {
        let data = Base64.encode(try sheet(rows, columns, count: count))
        return #"{"scale":\#(scale),"data":"data:image/PNG;base64,\#(data)","shape":[\#(rows),\#(columns)],"#
            + #""quant_scale_zero":\#(range),"layout":[2,2]}"#
    }

    /// 4 channels, 4 hidden units.
    static func text(names: [String] = names) throws -> String {
        let first = try layer(17, 4, count: names.count, scale: "2", range: "[2.0,0.0]")
        let second = try layer(5, 4, count: names.count, scale: "1", range: "[4.0,0.5]")
        let quoted = names.map(JSONText.quoted).joined(separator: ",")
        return #"{"model_names":[\#(quoted)],"layers":[\#(first),\#(second)]}"#
    }
}

/// PNG files whose pixels are stored as they are: another program's, and so for what the program's own writer does not
/// write, colours under a transparent pixel.
enum PlainPNG {
    static func encode(width: Int, height: Int, rgba: [UInt8]) -> [UInt8] {
        var rows: [UInt8] = []
        for row in 0..<height { rows += [0] + rgba[(row * width * 4)..<((row + 1) * width * 4)] }
        var data: [UInt8] = [0x78, 1, 1]
        for size in [rows.count, ~rows.count] { data += [UInt8(size & 255), UInt8(size >> 8 & 255)] }
        data += rows
        data += big(adler(rows))
        var header = big(UInt32(width)) + big(UInt32(height))
        header += [8, 6, 0, 0, 0]
        let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        return [signature, chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", [])].flatMap { $0 }
    }

    private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
        let named = Array(name.utf8) + data
        return big(UInt32(data.count)) + named + big(crc(named))
    }

    private static func big(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { (shift: UInt32) -> UInt8 in UInt8(value >> shift & 255) }
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        var sum: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1 }
        }
        return ~sum
    }

    private static func adler(_ bytes: [UInt8]) -> UInt32 {
        var (a, b) = (1 as UInt32, 0 as UInt32)
        for byte in bytes {
            a = (a + UInt32(byte)) % 65_521
            b = (b + a) % 65_521
        }
        return b << 16 | a
    }
}
