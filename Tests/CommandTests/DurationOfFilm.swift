import Foundation
import Testing

/// How long a film lasts, by the file itself.
struct DurationOfFilm {
    let seconds: Double

    /// `demuxer`: "gif" adds its delays, "mov" reads its movie header (ISO/IEC 14496-12, 8.2.2).
    init(_ path: String, demuxer: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        if demuxer == "gif" {
            let delays = bytes.indices.dropLast(7).compactMap { index -> Int? in
                guard bytes[index] == 0x21, bytes[index + 1] == 0xF9, bytes[index + 2] == 4, bytes[index + 7] == 0
                else {
                    return nil
                }
                return Int(bytes[index + 4]) | Int(bytes[index + 5]) << 8
            }
            seconds = Double(delays.reduce(0, +)) / 100
            return
        }
        let name = Array("mvhd".utf8)
        let start = try #require(bytes.indices.first { bytes[$0...].starts(with: name) })
        func number(_ offset: Int) -> Int {
            bytes[(start + offset)..<(start + offset + 4)].reduce(0) { $0 << 8 | Int($1) }
        }
        try #require(bytes[start + 4] == 0, "version 0 of the header")
        seconds = Double(number(20)) / Double(number(16))
    }
}
