#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Numbers that grow in number, and begin at a whole row of the cache. What has not been written to takes no memory yet, and
/// large ones move without being copied, where the system can do so.
struct GrowingMemory: ~Copyable {
    private var memory: UnsafeMutableRawPointer?
    /// Bytes from there to the first number.
    private var offset = 0
    private var count = 0

    private static let alignment = 64

    deinit { free(memory) }

    var numbers: UnsafeMutablePointer<Float>? { (memory?.advanced(by: offset))?.assumingMemoryBound(to: Float.self) }

    /// Room for so many numbers, of which those of before keep their values.
    mutating func extend(to wanted: Int) {
        guard wanted > count else { return }
        let (oldCount, oldOffset) = (count, offset)
        count = max(wanted, count * 3 / 2)
        guard let grown = realloc(memory, count * MemoryLayout<Float>.stride + Self.alignment) else {
            preconditionFailure("no memory for what a run remembers")
        }
        memory = grown
        offset = -Int(bitPattern: grown) & (Self.alignment - 1)
        if offset != oldOffset {
            memmove(grown + offset, grown + oldOffset, oldCount * MemoryLayout<Float>.stride)
        }
    }
}
