import CGNCAZlib
import GNCABasics

/// A zip archive, read strictly: what two readers could understand differently is refused.
///
/// Members must fill the file from its first byte to the central directory without gap or overlap, and every local
/// header must say what the directory says. Nothing is ever extracted to disk. APPNOTE.TXT 6.3 of PKWARE.
struct ZipArchive {
    struct Entry: Equatable {
        var name: String
        /// 0 = stored, 8 = deflated.
        var method: Int
        var crc: UInt32
        /// Bytes once inflated.
        var size: Int
        /// Bytes of the file that hold it.
        var range: Range<Int>
    }

    /// A training that keeps the losses of its steps as tensors has a member for each.
    static let entryLimit = 32_768
    /// Bytes of all members together.
    static let sizeLimit = 64 << 20
    private static let endSize = 22
    private static let endSize64 = 56
    private static let locatorSize = 20

    private(set) var entries: [Entry] = []
    private let bytes: [UInt8]
    /// Where in `entries` a name stands.
    private var places: [String: Int] = [:]

    /// Name of the first member, by which formats recognise their files; nil where the bytes do not begin like an
    /// archive.
    static func firstName(_ bytes: [UInt8]) -> String? {
        var reader = ByteReader(bytes[...])
        guard reader.number(4) == 0x0403_4B50, reader.take(22) != nil, let length = reader.number(2),
            reader.take(2) != nil, let name = reader.take(Int(length))
        else { return nil }
        return String(validating: name, as: UTF8.self)
    }

    init(_ bytes: [UInt8], deflated: Bool) throws(FormatFault) {
        self.bytes = bytes
        let directory = try directory()
        var reader = ByteReader(bytes[directory.range], at: 0)
        var ends: [(start: Int, end: Int)] = []
        var total = 0
        for _ in 0..<directory.count {
            let listed = try Listed(&reader)
            try listed.check(deflated: deflated)
            let range = try localData(listed)
            guard places.updateValue(entries.count, forKey: listed.name) == nil else {
                throw FormatFault(reason: "the archive holds \(listed.shown) twice")
            }
            total += listed.size
            guard total <= Self.sizeLimit else {
                throw FormatFault(
                    reason:
                        "the archive is too large once unpacked (got \(total) bytes or more, limit \(Self.sizeLimit))")
            }
            entries.append(
                Entry(name: listed.name, method: listed.method, crc: listed.crc, size: listed.size, range: range.data))
            ends.append((listed.offset, range.end))
        }
        guard reader.rest == 0 else {
            throw FormatFault(reason: "the directory of the archive is longer than its members")
        }
        try Self.checkTiling(ends, until: directory.range.lowerBound)
    }

    func entry(_ name: String) -> Entry? { places[name].map { entries[$0] } }

    /// The bytes of a member, inflated where it is deflated.
    func contents(_ entry: Entry) throws(FormatFault) -> [UInt8] {
        var contents: [UInt8]
        if entry.method == 0 {
            contents = Array(bytes[entry.range])
        } else {
            contents = [UInt8](repeating: 0, count: entry.size)
            let input = Array(bytes[entry.range])
            guard czlib_inflate_raw(input, input.count, &contents, contents.count) == 1 else {
                throw FormatFault(
                    reason:
                        "\(JSONText.shown(entry.name)) cannot be inflated to the \(entry.size) bytes that the archive "
                        + "names")
            }
        }
        // 0 is legal: PyTorch can be told to leave the sum out.
        guard entry.crc == 0 || czlib_crc32(contents, contents.count) == entry.crc else {
            throw FormatFault(reason: "\(JSONText.shown(entry.name)) is damaged: its CRC-32 does not match")
        }
        return contents
    }

    // MARK: the directory

    /// Where the central directory stands, and how many members it lists.
    private func directory() throws(FormatFault) -> (range: Range<Int>, count: Int) {
        var reader = ByteReader(bytes[...], at: max(0, bytes.count - Self.endSize))
        guard reader.number(4) == 0x0605_4B50 else {
            throw FormatFault(
                reason: "the archive is cut off, or something follows it (its last 22 bytes are no zip end record)")
        }
        let (disk, firstDisk) = (reader.number(2), reader.number(2))
        let (here, count) = (reader.number(2) ?? 0, reader.number(2) ?? 0)
        let (size, offset) = (Int(reader.number(4) ?? 0), Int(reader.number(4) ?? 0))
        guard disk == 0, firstDisk == 0, here == count else {
            throw FormatFault(reason: "an archive in several parts is not read")
        }
        guard count <= Self.entryLimit else {
            throw FormatFault(reason: "the archive has too many members (got \(count), limit \(Self.entryLimit))")
        }
        guard reader.number(2) == 0 else { throw FormatFault(reason: "an archive with a comment is not read") }
        let end = try endOfDirectory(count: count, size: size, offset: offset)
        guard size <= end, offset == end - size else {
            throw FormatFault(
                reason:
                    "the directory of the archive does not end where its end record begins (got offset \(offset) and "
                    + "\(size) bytes, expected to reach \(end))")
        }
        return (offset..<end, Int(count))
    }

    /// Where the directory must end: before the end record, or before the 64-bit one that PyTorch writes, too.
    private func endOfDirectory(count: UInt64, size: Int, offset: Int) throws(FormatFault) -> Int {
        let end = bytes.count - Self.endSize
        guard end >= Self.locatorSize else { return end }
        var locator = ByteReader(bytes[...], at: end - Self.locatorSize)
        guard locator.number(4) == 0x0706_4B50 else { return end }
        let start = end - Self.locatorSize - Self.endSize64
        let wrong = FormatFault(reason: "the 64-bit end record of the archive does not agree with the other one")
        guard start >= 0, locator.number(4) == 0, locator.number(8) == UInt64(start), locator.number(4) == 1 else {
            throw wrong
        }
        var record = ByteReader(bytes[...], at: start)
        guard record.number(4) == 0x0606_4B50, record.number(8) == UInt64(Self.endSize64 - 12), record.take(4) != nil,
            record.number(4) == 0, record.number(4) == 0, record.number(8) == count, record.number(8) == count,
            record.number(8) == UInt64(size), record.number(8) == UInt64(offset)
        else { throw wrong }
        return start
    }

    /// One line of the directory.
    private struct Listed {
        var name: String
        var rawName: ArraySlice<UInt8>
        var flags: Int
        var method: Int
        var crc: UInt32
        var packed: Int
        var size: Int
        var offset: Int

        var shown: String { JSONText.shown(name) }
        /// Sizes and CRC stand behind the data, not in the local header.
        var hasDescriptor: Bool { flags & 8 != 0 }

        init(_ reader: inout ByteReader) throws(FormatFault) {
            let cut = FormatFault(reason: "the directory of the archive is cut off or damaged")
            guard reader.number(4) == 0x0201_4B50, reader.take(4) != nil, let flags = reader.number(2),
                let method = reader.number(2), reader.take(4) != nil, let crc = reader.number(4),
                let packed = reader.number(4), let size = reader.number(4), let nameLength = reader.number(2),
                let extraLength = reader.number(2), let commentLength = reader.number(2), let disk = reader.number(2),
                reader.take(6) != nil, let offset = reader.number(4), let rawName = reader.take(Int(nameLength)),
                reader.take(Int(extraLength)) != nil, commentLength == 0, disk == 0
            else { throw cut }
            guard let name = String(validating: rawName, as: UTF8.self), !name.isEmpty else {
                throw FormatFault(reason: "a member of the archive has a name that is not UTF-8")
            }
            (self.name, self.rawName, self.flags, self.method) = (name, rawName, Int(flags), Int(method))
            (self.crc, self.packed, self.size, self.offset) = (UInt32(crc), Int(packed), Int(size), Int(offset))
        }

        func check(deflated: Bool) throws(FormatFault) {
            guard !name.begins(with: "/"), !name.holds("\\"), !name.utf8.contains(0),
                !name.parts(at: "/").contains("..")
            else { throw FormatFault(reason: "a member of the archive has a dangerous name (got \(shown))") }
            guard flags & 0x2041 == 0 else { throw FormatFault(reason: "\(shown) is encrypted") }
            guard method == 0 || (deflated && method == 8) else {
                throw FormatFault(
                    reason:
                        "\(shown) is compressed (got method \(method), expected \(deflated ? "0 or 8" : "0, stored"))")
            }
            guard method != 0 || packed == size else {
                throw FormatFault(reason: "\(shown) is stored, but has two sizes (got \(packed) and \(size) bytes)")
            }
        }
    }

    /// Where a member's data stands and where the member ends. Its local header must say the same as the directory.
    private func localData(_ listed: Listed) throws(FormatFault) -> (data: Range<Int>, end: Int) {
        let wrong = FormatFault(
            reason: "\(listed.shown) is described in two ways by the archive (header and directory)")
        var reader = ByteReader(bytes[...], at: min(listed.offset, bytes.count))
        guard reader.number(4) == 0x0403_4B50, reader.take(2) != nil, reader.number(2) == UInt64(listed.flags),
            reader.number(2) == UInt64(listed.method), reader.take(4) != nil, let crc = reader.number(4),
            let packed = reader.number(4), let size = reader.number(4), let nameLength = reader.number(2),
            let extraLength = reader.number(2), let name = reader.take(Int(nameLength)), name == listed.rawName,
            let extra = reader.take(Int(extraLength))
        else { throw wrong }
        let sizes = Self.sizes64(extra) ?? (size, packed)
        let here = (
            crc: crc, packed: packed == 0xFFFF_FFFF ? sizes.packed : packed,
            size: size == 0xFFFF_FFFF ? sizes.size : size
        )
        let expected = (crc: UInt64(listed.crc), packed: UInt64(listed.packed), size: UInt64(listed.size))
        guard here == expected || (listed.hasDescriptor && here == (0, 0, 0)) else { throw wrong }
        let start = reader.position
        guard reader.take(listed.packed) != nil else { throw FormatFault(reason: "\(listed.shown) is cut off") }
        let end = reader.position
        if listed.hasDescriptor {
            guard reader.number(4) == 0x0807_4B50, reader.number(4) == expected.crc,
                reader.number(4) == expected.packed, reader.number(4) == expected.size
            else { throw wrong }
        }
        return (start..<end, reader.position)
    }

    /// The 64-bit sizes in an extra field, which NumPy writes where a header has no room for them.
    private static func sizes64(_ extra: ArraySlice<UInt8>) -> (size: UInt64, packed: UInt64)? {
        var reader = ByteReader(extra)
        while let tag = reader.number(2), let length = reader.number(2), let field = reader.take(Int(length)) {
            guard tag == 1 else { continue }
            var numbers = ByteReader(field)
            guard let size = numbers.number(8), let packed = numbers.number(8) else { return nil }
            return (size, packed)
        }
        return nil
    }

    private static func checkTiling(_ members: [(start: Int, end: Int)], until end: Int) throws(FormatFault) {
        var reached = 0
        for member in members.sorted(by: { $0.start < $1.start }) {
            guard member.start == reached else {
                throw FormatFault(
                    reason: "members of the archive overlap or leave a gap (got offset \(member.start), expected "
                        + "\(reached))")
            }
            reached = member.end
        }
        guard reached == end else {
            throw FormatFault(
                reason: "members of the archive overlap or leave a gap (got directory at \(end), expected \(reached))")
        }
    }
}
