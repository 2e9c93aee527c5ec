import GNCABasics

/// The blocks of a GIF file.
enum GIFBlocks {
    /// The file up to the end of its first picture.
    static func essence(_ bytes: [UInt8]) throws(FileFault) -> StillEssence {
        try ByteReader.read(bytes, isBigEndian: false) { (file) throws(FileFault) in
            guard var place = afterHeader(file) else { throw cutOff }
            while let block = file.byte(place), block != trailer {
                guard block == image else {
                    place = try afterBlock(file, place)
                    continue
                }
                let end = try afterBlock(file, place)
                try checkPixels(file, place)
                return StillEssence(bytes: Array(file.bytes[..<end]) + [trailer])
            }
            throw file.byte(place) == trailer ? FileFault("the GIF file has no picture") : cutOff
        }
    }

    /// How many pictures a whole file has. Throws where the file is cut off.
    static func pictureCount(_ bytes: [UInt8]) throws(FileFault) -> Int {
        try ByteReader.read(bytes, isBigEndian: false) { (file) throws(FileFault) in
            guard var place = afterHeader(file) else { throw cutOff }
            var count = 0
            while let block = file.byte(place) {
                if block == trailer { return count }
                if block == image { count += 1 }
                place = try afterBlock(file, place)
            }
            throw cutOff
        }
    }

    private static let (extension_, image, trailer) = (UInt8(0x21), UInt8(0x2C), UInt8(0x3B))
    private static let cutOff = FileFault("the GIF file is cut off")

    private static func afterHeader(_ file: ByteReader) -> Int? {
        file.byte(10).map { 13 + paletteSize($0) }
    }

    /// Bytes of the palette that a byte of flags announces.
    private static func paletteSize(_ flags: UInt8) -> Int { flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 7) + 1) }

    private static func afterBlock(_ file: ByteReader, _ place: Int) throws(FileFault) -> Int {
        switch file.byte(place) {
        case extension_: try afterData(file, place + 2)
        case image: try afterData(file, dataStart(file, place) + 1)
        default: throw FileFault("the GIF file is damaged")
        }
    }

    /// Where a picture's data begin: with the size of its first codes.
    private static func dataStart(_ file: ByteReader, _ place: Int) throws(FileFault) -> Int {
        guard let flags = file.byte(place + 9) else { throw cutOff }
        return place + 10 + paletteSize(flags)
    }

    /// Data come in pieces of up to 255 bytes; one of none is the last.
    private static func afterData(_ file: ByteReader, _ place: Int) throws(FileFault) -> Int {
        var place = place
        while let length = file.byte(place) {
            place += 1 + Int(length)
            if length == 0 { return place }
        }
        throw cutOff
    }

    /// Whether the picture's codes stand for exactly its pixels: GIF has no sum that would tell damage.
    private static func checkPixels(_ file: ByteReader, _ place: Int) throws(FileFault) {
        guard let width = file.number(place + 5, 2), let height = file.number(place + 7, 2) else { throw cutOff }
        try ImageFile.checkSize(width: width, height: height)
        var piece = try dataStart(file, place)
        guard let literalBits = file.byte(piece), (1...11).contains(literalBits) else {
            throw FileFault("the GIF file is damaged")
        }
        var pixels = PixelCount(literalBits: Int(literalBits))
        piece += 1
        while let length = file.byte(piece), length > 0 {
            for byte in file.bytes[(piece + 1)..<(piece + 1 + Int(length))] { pixels.add(byte) }
            piece += 1 + Int(length)
        }
        guard pixels.isWhole, pixels.count == width * height else {
            throw FileFault("the GIF file is damaged: its data are not those of \(width)x\(height) pixels")
        }
    }
}

/// How many pixels a GIF's LZW codes stand for.
private struct PixelCount {
    private(set) var count = 0
    /// Whether every code was known, and the end came with the last byte.
    var isWhole: Bool { !isBroken && bytesAfterEnd <= 1 }

    private let literalBits: Int
    private var codeBits: Int
    /// Pixels of every code known so far.
    private var lengths: [Int]
    private var last: Int?
    private var waiting = 0
    private var waitingBits = 0
    private var hasEnded = false
    private var isBroken = false
    private var bytesAfterEnd = 0

    private static let codeLimit = 4096
    private var clear: Int { 1 << literalBits }

    init(literalBits: Int) {
        self.literalBits = literalBits
        codeBits = literalBits + 1
        lengths = []
        lengths.reserveCapacity(Self.codeLimit)
        begin()
    }

    /// Knows single pixels alone, and the two codes after them, clear and end.
    private mutating func begin() {
        lengths.removeAll(keepingCapacity: true)
        lengths.append(contentsOf: repeatElement(1, count: clear + 2))
        codeBits = literalBits + 1
        last = nil
    }

    mutating func add(_ byte: UInt8) {
        guard !hasEnded else {
            bytesAfterEnd += 1
            return
        }
        waiting |= Int(byte) << waitingBits
        waitingBits += 8
        while waitingBits >= codeBits, !hasEnded {
            let code = waiting & (1 << codeBits - 1)
            waiting >>= codeBits
            waitingBits -= codeBits
            take(code)
        }
    }

    private mutating func take(_ code: Int) {
        if code == clear { return begin() }
        if code == clear + 1 {
            hasEnded = true
            return
        }
        if let last {
            // A code may be the one that is being made: the last one and its own first pixel.
            guard code < lengths.count || code == lengths.count && code < Self.codeLimit else {
                (isBroken, hasEnded) = (true, true)
                return
            }
            if lengths.count < Self.codeLimit { lengths.append(lengths[last] + 1) }
            if lengths.count == 1 << codeBits, codeBits < 12 { codeBits += 1 }
        } else if code >= clear {
            (isBroken, hasEnded) = (true, true)
            return
        }
        count += lengths[code]
        last = code
    }
}
