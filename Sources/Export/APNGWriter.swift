import CGNCAZlib
import GNCARaster

/// Puts frames into the chunks of an animated PNG (PNG, third edition): of every frame but the first, the rectangle that
/// has changed, and of that, what has stayed as it was is left out.
///
/// Rows are packed by zlib at its best. What is left out stands as one colour in long runs: such rows go without a filter.
final class APNGWriter {
    /// How pixels are kept.
    enum Pixels {
        /// Red, green, blue and alpha, not multiplied.
        case straight
        /// Red, green and blue; `unchanged`: a colour that the film does not have, nil where none is known.
        case opaque(unchanged: UInt32?)
        /// Entries of a palette, behind one for what is unchanged.
        case indexed(Palette)
    }

    private let film: FilmDescription
    private let pixels: Pixels
    private var bytes: [UInt8] = []
    private var sequence: UInt32 = 0
    /// Frames so far.
    private var count = 0
    /// What was shown last, a number a pixel; empty before the first frame.
    private var shown: [UInt32] = []
    private var straight: [UInt8] = []
    /// What went wrong.
    private(set) var failure: String?

    init(_ film: FilmDescription, loop: Int, pixels: Pixels) {
        self.film = film
        self.pixels = pixels
        if film.hasAlpha { straight = [UInt8](repeating: 0, count: film.width * film.height * 4) }
        bytes = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        let number = ContainerMetadata.bigEndian
        let (type, palette): (UInt8, Palette?) =
            switch pixels {
            case .straight: (6, nil)
            case .opaque: (2, nil)
            case .indexed(let palette): (3, palette)
            }
        let size = number(UInt32(film.width)) + number(UInt32(film.height))
        chunk("IHDR", size + [8, type, 0, 0, 0])
        chunk("sRGB", [0])
        chunk("acTL", number(UInt32(film.frameCount)) + number(UInt32(loop)))
        if let palette {
            var entries: [UInt8] = [0, 0, 0]
            for colour in palette.colours { entries += Self.channels(colour) }
            chunk("PLTE", entries)
            chunk("tRNS", [0])
        } else if case .opaque(let key?) = pixels {
            // Sixteen bits a channel.
            chunk("tRNS", Self.channels(key).flatMap { [0, $0] })
        }
    }

    /// Red, green and blue of 0xRRGGBB.
    private static func channels(_ colour: UInt32) -> [UInt8] {
        [UInt8(colour >> 16 & 255), UInt8(colour >> 8 & 255), UInt8(colour & 255)]
    }

    /// Two bytes, the higher one first.
    private static func short(_ number: Int) -> [UInt8] { [UInt8(number >> 8 & 255), UInt8(number & 255)] }

    /// The bytes since the last call.
    func takeBytes() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    func chunk(_ type: String, _ data: [UInt8]) { bytes += ContainerMetadata.pngChunk(type, data) }

    /// Encodes one frame.
    func append(_ frame: Frame) {
        let new = numbers(frame)
        let isFirst = shown.isEmpty
        let part = isFirst ? Part(x: 0, y: 0, width: film.width, height: film.height) : changed(new)
        let over = isFirst ? nil : unchanged(new, part)
        let number = ContainerMetadata.bigEndian
        // Sequence, size, place, delay, nothing to dispose of, and whether it is laid over.
        let size = [part.width, part.height, part.x, part.y].flatMap { number(UInt32($0)) }
        let ways: [UInt8] = [0, over == nil ? 0 : 1]
        chunk("fcTL", number(next()) + size + delay() + ways)
        let data = packed(new, part, over)
        if isFirst { chunk("IDAT", data) } else { chunk("fdAT", number(next()) + data) }
        shown = new
        count += 1
    }

    /// How long the next frame is shown, as a fraction of a second: in whole milliseconds, to which browsers cut what they
    /// read, so that frames take turns where the rate has none. Coarser where 16 bits do not hold them.
    private func delay() -> [UInt8] {
        func milliseconds(_ frame: Int) -> Int { Int((film.frameRate.time(of: frame) * 1000).rounded()) }
        let delay = milliseconds(count + 1) - milliseconds(count)
        let unit = [1, 10, 100].first { delay / $0 <= 65_535 } ?? 1000
        return Self.short(delay / unit) + Self.short(1000 / unit)
    }

    private func next() -> UInt32 {
        defer { sequence += 1 }
        return sequence
    }

    /// A number for what each pixel looks like: 0xRRGGBB, 0xAARRGGBB, or a palette's entry.
    private func numbers(_ frame: Frame) -> [UInt32] {
        let count = film.width * film.height
        if case .straight = pixels {
            frame.writeStraight(frame.bounds, into: &straight)
            return straight.withUnsafeBytes { raw in
                // What is clear is clear, whatever its colour.
                raw.bindMemory(to: UInt32.self).map { $0 >> 24 == 0 ? 0 : $0 }
            }
        }
        return frame.bytes.withUnsafeBytes { raw in
            let stored = raw.bindMemory(to: UInt32.self)
            return [UInt32](unsafeUninitializedCapacity: count) { numbers, initialized in
                var (last, entry): (UInt32, UInt32) = (stored[0], number(of: stored[0]))
                for index in 0..<count {
                    if stored[index] != last { (last, entry) = (stored[index], number(of: stored[index])) }
                    numbers[index] = entry
                }
                initialized = count
            }
        }
    }

    private func number(of stored: UInt32) -> UInt32 {
        guard case .indexed(let palette) = pixels else { return stored & 0xFF_FFFF }
        let (red, green, blue) = (UInt8(stored >> 16 & 255), UInt8(stored >> 8 & 255), UInt8(stored & 255))
        return UInt32(palette.index(red: red, green: green, blue: blue)) + 1
    }

    private struct Part {
        var x, y, width, height: Int
    }

    /// The rectangle around everything that looks different now; one pixel where nothing does.
    private func changed(_ new: [UInt32]) -> Part {
        var (left, right, top, bottom) = (film.width, -1, film.height, -1)
        for y in 0..<film.height {
            let row = (y * film.width)..<((y + 1) * film.width)
            guard let first = row.first(where: { new[$0] != shown[$0] }),
                let last = row.last(where: { new[$0] != shown[$0] })
            else { continue }
            (left, right) = (min(left, first - row.lowerBound), max(right, last - row.lowerBound))
            (top, bottom) = (min(top, y), y)
        }
        guard bottom >= 0 else { return Part(x: 0, y: 0, width: 1, height: 1) }
        return Part(x: left, y: top, width: right - left + 1, height: bottom - top + 1)
    }

    /// The number that leaves a pixel as it was; nil where none can: what is half clear replaces what is below.
    private func unchanged(_ new: [UInt32], _ part: Part) -> UInt32? {
        switch pixels {
        case .indexed: return 0
        case .opaque(let key): return key
        case .straight:
            for y in part.y..<(part.y + part.height) {
                for index in (y * film.width + part.x)..<(y * film.width + part.x + part.width)
                where new[index] != shown[index] && new[index] >> 24 != 255 { return nil }
            }
            return 0
        }
    }

    /// The smaller of two: rows as they are, and rows that tell the difference to the row above where they repeat it, or,
    /// where nothing is left out, everywhere.
    private func packed(_ new: [UInt32], _ part: Part, _ over: UInt32?) -> [UInt8] {
        let rows = rows(new, part, over)
        let plain = deflated(filtered(rows, part) { _ in false })
        if over != nil { return plain }
        let different = deflated(filtered(rows, part) { _ in true })
        let repeated = deflated(filtered(rows, part) { $0 })
        return [plain, different, repeated].min { $0.count < $1.count } ?? plain
    }

    /// The part's pixels as the file has them.
    private func rows(_ new: [UInt32], _ part: Part, _ over: UInt32?) -> [UInt8] {
        var rows: [UInt8] = []
        rows.reserveCapacity(part.width * part.height * channels)
        for y in part.y..<(part.y + part.height) {
            for index in (y * film.width + part.x)..<(y * film.width + part.x + part.width) {
                var number = new[index]
                if let over, number == shown[index] { number = over }
                if channels == 1 {
                    rows.append(UInt8(number))
                } else {
                    rows.append(UInt8(number >> 16 & 255))
                    rows.append(UInt8(number >> 8 & 255))
                    rows.append(UInt8(number & 255))
                    if channels == 4 { rows.append(UInt8(number >> 24)) }
                }
            }
        }
        return rows
    }

    private var channels: Int {
        switch pixels {
        case .straight: 4
        case .opaque: 3
        case .indexed: 1
        }
    }

    /// Rows behind the number of their filter: 2 tells the difference to the row above, 0 nothing. `differs`: which it is,
    /// given whether a row repeats the one above.
    private func filtered(_ rows: [UInt8], _ part: Part, differs: (_ repeats: Bool) -> Bool) -> [UInt8] {
        let length = part.width * channels
        var filtered: [UInt8] = []
        filtered.reserveCapacity(rows.count + part.height)
        for start in stride(from: 0, to: rows.count, by: length) {
            let row = rows[start..<(start + length)]
            let above = rows[max(0, start - length)..<start]
            if start > 0, differs(row.elementsEqual(above)) {
                filtered.append(2)
                for (byte, before) in zip(row, above) { filtered.append(byte &- before) }
            } else {
                filtered.append(0)
                filtered += row
            }
        }
        return filtered
    }

    private func deflated(_ bytes: [UInt8]) -> [UInt8] {
        var length = uLong(compressBound(uLong(bytes.count)))
        var code: Int32 = Z_OK
        let packed = [UInt8](unsafeUninitializedCapacity: Int(length)) { packed, initialized in
            code = czlib_deflate(packed.baseAddress, &length, bytes, uLong(bytes.count))
            initialized = code == Z_OK ? Int(length) : 0
        }
        if code != Z_OK { failure = "zlib: error \(code)" }
        return packed
    }
}
