/// Reads little-endian numbers and runs of bytes one after the other, never beyond the end.
struct ByteReader {
    private let bytes: ArraySlice<UInt8>
    /// Bytes from the start of what is read.
    private(set) var position = 0

    init(_ bytes: ArraySlice<UInt8>, at position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    var rest: Int { bytes.count - position }

    /// The next `count` bytes; nil, and nothing is read, where there are fewer.
    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= rest else { return nil }
        let start = bytes.startIndex + position
        position += count
        return bytes[start..<(start + count)]
    }

    /// A number of `size` bytes, 1...8.
    mutating func number(_ size: Int) -> UInt64? {
        take(size).map { $0.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
    }

    mutating func byte() -> UInt8? { number(1).map { UInt8($0) } }

    /// What stands before the next `end`, at most `limit` bytes; `end` is passed over.
    mutating func line(end: UInt8 = 0x0A, limit: Int) -> ArraySlice<UInt8>? {
        let start = bytes.startIndex + position
        let reach = min(limit + 1, rest)
        guard let stop = bytes[start..<(start + reach)].firstIndex(of: end) else { return nil }
        position += stop - start + 1
        return bytes[start..<stop]
    }
}
