import GNCABasics

/// Bytes that can be gone over again while they are written: a file that has no name yet, or memory.
public protocol SeekableOutput: AnyObject {
    /// Moves the position; `whence` as for lseek. Returns the new position, or -1.
    func seek(to offset: Int, whence: Int32) -> Int
    /// The byte at `offset`, or nil.
    func byte(at offset: Int) -> UInt8?
    /// Writes all bytes at the current position. Returns 0, or errno.
    func write(_ bytes: UnsafeRawBufferPointer) -> Int32
}

extension SeekableOutput {
    /// All bytes so far.
    var size: Int { seek(to: 0, whence: SEEK_END) }

    /// The bytes of a range; nil where it ends beyond the output.
    func bytes(_ range: Range<Int>) -> [UInt8]? {
        let bytes = range.compactMap(byte)
        return bytes.count == range.count ? bytes : nil
    }

    /// Puts `bytes` in the place of what begins at `offset`. Returns whether it could.
    func replace(from offset: Int, with bytes: [UInt8]) -> Bool {
        guard seek(to: offset, whence: SEEK_SET) == offset else { return false }
        return bytes.withUnsafeBytes { write($0) } == 0
    }
}

extension AtomicFile: SeekableOutput {}

/// Bytes that wait in memory for an output that cannot be gone over again.
final class MemoryOutput: SeekableOutput {
    private(set) var bytes: [UInt8] = []
    private var position = 0

    func seek(to offset: Int, whence: Int32) -> Int {
        let start =
            switch whence {
            case SEEK_CUR: position
            case SEEK_END: bytes.count
            default: 0
            }
        guard start + offset >= 0 else { return -1 }
        position = start + offset
        return position
    }

    func byte(at offset: Int) -> UInt8? { bytes.indices.contains(offset) ? bytes[offset] : nil }

    func write(_ new: UnsafeRawBufferPointer) -> Int32 {
        if position > bytes.count { bytes += [UInt8](repeating: 0, count: position - bytes.count) }
        let replaced = min(new.count, bytes.count - position)
        bytes.replaceSubrange(position..<(position + replaced), with: new)
        position += new.count
        return 0
    }
}
