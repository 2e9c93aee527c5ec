/// A part of a PNG file (PNG, third edition, 5.3).
public struct PNGChunk: Equatable {
    public let name: String
    public let data: [UInt8]

    /// All chunks of a file, in order.
    public static func all(_ file: [UInt8]) -> [PNGChunk] {
        var chunks: [PNGChunk] = []
        var start = 8
        while start + 12 <= file.count {
            let length = file[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) }
            guard start + 12 + length <= file.count else { break }
            let name = String(decoding: file[(start + 4)..<(start + 8)], as: UTF8.self)
            chunks.append(PNGChunk(name: name, data: Array(file[(start + 8)..<(start + 8 + length)])))
            start += 12 + length
        }
        return chunks
    }
}
