import GNCABasics

/// The chunks of a WebP file.
enum WebPChunks {
    private static let pixelChunks = ["VP8X", "ALPH", "VP8 ", "VP8L"]

    /// Pixels of a WebP that plays, as its header has them; nil where it does not play.
    static func canvas(_ bytes: [UInt8]) throws(FileFault) -> (width: Int, height: Int)? {
        try ByteReader.read(bytes, isBigEndian: false) { (file) throws(FileFault) in
            // "RIFF", length, "WEBP", "VP8X", its length; flags, of which one tells that it plays, and three bytes of nothing.
            guard file.has("RIFF", at: 0), file.has("WEBPVP8X", at: 8), let flags = file.byte(20), flags & 2 != 0,
                let rest = file.number(4, 4), rest + 8 <= file.count, let width = file.number(24, 3),
                let height = file.number(27, 3)
            else { return nil }
            return (width + 1, height + 1)
        }
    }

    static func essence(_ bytes: [UInt8]) throws(FileFault) -> StillEssence {
        try ByteReader.read(bytes, isBigEndian: false) { (file) throws(FileFault) in
            // "RIFF", how long the rest is, "WEBP".
            guard let rest = file.number(4, 4), rest >= 4, rest + 8 <= file.count else {
                throw FileFault("the WebP file is cut off")
            }
            var essence = StillEssence(bytes: Array(bytes[..<12]))
            essence.bytes.reserveCapacity(bytes.count)
            var seen: Set<String> = []
            var place = 12
            while place + 8 <= rest + 8 {
                guard let size = file.number(place + 4, 4), place + 8 + size <= rest + 8 else {
                    throw FileFault("the WebP file is cut off")
                }
                let body = (place + 8)..<(place + 8 + size)
                guard !file.has("ANIM", at: place), !file.has("ANMF", at: place) else {
                    throw FileFault("animated WebP is not read (save one of its pictures)")
                }
                if file.has("EXIF", at: place), essence.orientation == .upright {
                    // Some programs put JPEG's mark before the block.
                    let mark = file.has("Exif\0\0", at: body.lowerBound) ? 6 : 0
                    essence.orientation = Orientation(exif: file.part((body.lowerBound + mark)..<body.upperBound))
                }
                if let name = pixelChunks.first(where: { file.has($0, at: place) }), seen.insert(name).inserted {
                    let start = essence.bytes.count
                    essence.bytes += file.bytes[place..<body.upperBound]
                    // Chunks of an odd size are followed by a byte of nothing.
                    if size % 2 != 0 { essence.bytes.append(0) }
                    // No profile, no Exif block, no XMP.
                    if name == "VP8X", size > 0 { essence.bytes[start + 8] &= ~(0x20 | 0x08 | 0x04) }
                }
                place = body.upperBound + size % 2
            }
            let size = essence.bytes.count - 8
            for index in 0..<4 { essence.bytes[4 + index] = UInt8(truncatingIfNeeded: size >> (8 * index)) }
            return essence
        }
    }
}
