import GNCABasics

/// The first directory of a TIFF file, or of an Exif block, which has the same form.
struct TIFFDirectory {
    private let file: ByteReader
    /// Where its entries begin.
    private let start: Int
    private let count: Int

    private static let entrySize = 12
    private static let orientationTag = 274
    /// What says how the pixels look: size, depth, compression, colours, strips, tiles and how they are predicted.
    private static let pixelTags: Set<Int> = [
        256, 257, 258, 259, 262, 266, 273, 277, 278, 279, 284, 292, 293, 317, 320, 322, 323, 324, 325, 338, 339, 347,
        530,
        531, 532,
    ]

    /// nil where the directory does not lie in the file.
    init?(_ bytes: ByteReader) {
        var file = bytes
        guard file.has("MM", at: 0) || file.has("II", at: 0) else { return nil }
        file.isBigEndian = file.has("MM", at: 0)
        guard file.number(2, 2) == 42, let place = file.number(4, 4), let count = file.number(place, 2),
            place + 2 + count * Self.entrySize <= file.count
        else { return nil }
        (self.file, self.start, self.count) = (file, place + 2, count)
    }

    /// nil where it does not say, or nothing known.
    var orientation: Orientation? {
        for entry in entries where file.number(entry, 2) == Self.orientationTag {
            // One number of 16 bits.
            guard file.number(entry + 2, 2) == 3, file.number(entry + 4, 4) == 1, let value = file.number(entry + 8, 2)
            else { return nil }
            return UInt8(exactly: value).flatMap(Orientation.init)
        }
        return nil
    }

    private var entries: StrideTo<Int> {
        stride(from: start, to: start + count * Self.entrySize, by: Self.entrySize)
    }

    /// The file with the pixels' tags alone in its directory, each once.
    static func essence(_ bytes: [UInt8]) throws(FileFault) -> StillEssence {
        try ByteReader.read(bytes) { (file) throws(FileFault) in
            guard let directory = TIFFDirectory(file) else { throw FileFault("the TIFF file is cut off") }
            return StillEssence(
                bytes: directory.reduced(bytes), orientation: directory.orientation ?? .upright)
        }
    }

    private func reduced(_ bytes: [UInt8]) -> [UInt8] {
        var seen: Set<Int> = []
        var reduced = bytes
        var end = start
        for entry in entries {
            guard let tag = file.number(entry, 2), Self.pixelTags.contains(tag), seen.insert(tag).inserted else {
                continue
            }
            for offset in 0..<Self.entrySize { reduced[end + offset] = bytes[entry + offset] }
            end += Self.entrySize
        }
        let (high, low) = (UInt8(truncatingIfNeeded: seen.count >> 8), UInt8(truncatingIfNeeded: seen.count))
        (reduced[start - 2], reduced[start - 1]) = file.isBigEndian ? (high, low) : (low, high)
        return reduced
    }
}
