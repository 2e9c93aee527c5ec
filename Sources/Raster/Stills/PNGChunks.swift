import CGNCALibav
import GNCABasics

/// The chunks of a PNG file.
enum PNGChunks {
    /// What says how the pixels look, besides the chunks that every reader must know.
    private static let pixelChunks = ["tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT"]

    static func essence(_ bytes: [UInt8]) throws(FileFault) -> StillEssence {
        var essence = StillEssence(bytes: PNGReader.signature)
        essence.bytes.reserveCapacity(bytes.count)
        var seen: Set<String> = []
        try forEach(bytes) { (file, name, range) in
            if name == "eXIf", essence.orientation == .upright {
                essence.orientation = Orientation(exif: file.part((range.lowerBound + 8)..<(range.upperBound - 4)))
            }
            let isCritical = name.utf8.first.map { $0 & 0x20 == 0 } ?? false
            guard isCritical || pixelChunks.contains(name) && seen.insert(name).inserted else { return }
            essence.bytes += file.bytes[range]
        }
        return essence
    }

    /// Calls `body` with every chunk's name and place, from its length to its sum, up to the last one.
    /// Throws where a chunk is damaged or missing.
    static func forEach(
        _ bytes: [UInt8], _ body: (_ file: ByteReader, _ name: String, _ range: Range<Int>) -> Void
    ) throws(FileFault) {
        guard bytes.starts(with: PNGReader.signature) else { throw FileFault("not a PNG file") }
        try ByteReader.read(bytes) { (file) throws(FileFault) in
            var place = PNGReader.signature.count
            // Length, name, data, sum of name and data.
            while let length = file.number(place, 4), place + 12 + length <= file.count {
                let end = place + 12 + length
                let summed = UnsafeBufferPointer(rebasing: file.bytes[(place + 4)..<(end - 4)])
                let sum = ~av_crc(av_crc_get_table(AV_CRC_32_IEEE_LE), ~0, summed.baseAddress, summed.count)
                let name = String(decoding: summed.prefix(4), as: UTF8.self)
                guard file.number(end - 4, 4) == Int(sum) else {
                    throw FileFault("the PNG file is damaged: the sum of its chunk \(name) is wrong")
                }
                body(file, name, place..<end)
                if name == "IEND" { return }
                place = end
            }
            throw FileFault("the PNG file is cut off")
        }
    }
}
