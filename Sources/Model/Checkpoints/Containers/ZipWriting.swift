import CGNCAZlib

extension ZipArchive {
    /// An archive of stored members in this order, the same bytes for the same content.
    static func encode(_ members: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        var file: [UInt8] = []
        var directory: [UInt8] = []
        for (name, bytes) in members {
            // Version 2.0, no flags, stored, midnight of the first day of the calendar (1 January 1980).
            var common = number(20, 2) + number(0, 2) + number(0, 2) + number(0, 2) + number(0x21, 2)
            common += number(Int(czlib_crc32(bytes, bytes.count)), 4) + number(bytes.count, 4) + number(bytes.count, 4)
            common += number(name.utf8.count, 2) + number(0, 2)
            directory += number(0x0201_4B50, 4) + number(20, 2) + common + number(0, 10) + number(file.count, 4)
            directory += Array(name.utf8)
            file += number(0x0403_4B50, 4) + common + Array(name.utf8) + bytes
        }
        let end =
            number(0x0605_4B50, 4) + number(0, 4) + number(members.count, 2) + number(members.count, 2)
            + number(directory.count, 4) + number(file.count, 4) + number(0, 2)
        return file + directory + end
    }

    private static func number(_ value: Int, _ size: Int) -> [UInt8] {
        (0..<size).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
    }
}
