import GNCABasics

/// Metadata of MP4 and QuickTime files in both of their forms: iTunes' list, which most players read (`©nam`, `©cmt`, and
/// the cover `covr`), and QuickTime's keys, which have a name for everything.
///
/// libav's muxer writes one of them only. It writes a comment of blanks, and both take its place: what stands behind in the
/// file, and the index that says where, stay as they are.
enum MovieMetadata {
    /// How long a comment leaves room for all of it, bytes.
    static func room(_ metadata: FilmMetadata) -> Int {
        // libav's own boxes around the comment are longer than the free one that is left.
        list(metadata).count + keys(metadata, isFull: true).count + 64
    }

    /// Changes a finished MP4.
    static func writeMP4(_ metadata: FilmMetadata, _ file: any SeekableOutput) -> Bool {
        write(metadata, file, isFull: true)
    }

    /// Changes a finished QuickTime file, in which the box of the keys has no version.
    static func writeMOV(_ metadata: FilmMetadata, _ file: any SeekableOutput) -> Bool {
        write(metadata, file, isFull: false)
    }

    private static func write(_ metadata: FilmMetadata, _ file: any SeekableOutput, isFull: Bool) -> Bool {
        guard let movie = boxes(file, in: 0..<file.size).first(where: { $0.type == "moov" }),
            let user = boxes(file, in: movie.content).first(where: { $0.type == "udta" })
        else { return false }
        var kept: [UInt8] = []
        for other in boxes(file, in: user.content) where other.type != "meta" {
            guard let bytes = file.bytes(other.range) else { return false }
            kept += bytes
        }
        let bytes = box("udta", list(metadata) + kept) + keys(metadata, isFull: isFull)
        let left = user.range.count - bytes.count
        guard left == 0 || left >= 8 else { return false }
        let free = left == 0 ? [] : box("free", [UInt8](repeating: 0, count: left - 8))
        return file.replace(from: user.range.lowerBound, with: bytes + free)
    }

    // MARK: - Boxes

    private struct Box {
        var type: String
        /// With its header.
        var range: Range<Int>
        var content: Range<Int>
    }

    private static func boxes(_ file: any SeekableOutput, in range: Range<Int>) -> [Box] {
        var boxes: [Box] = []
        var place = range.lowerBound
        while place + 8 <= range.upperBound, let head = file.bytes(place..<(place + 8)) {
            var (size, header) = (number(head[..<4]), 8)
            if size == 1, let long = file.bytes((place + 8)..<(place + 16)) { (size, header) = (number(long[...]), 16) }
            guard size >= header, place + size <= range.upperBound else { break }
            let type = String(decoding: head[4...], as: UTF8.self)
            boxes.append(Box(type: type, range: place..<(place + size), content: (place + header)..<(place + size)))
            place += size
        }
        return boxes
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

    private static func box(_ type: String, _ content: [UInt8]) -> [UInt8] {
        box(type.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }, content)
    }

    /// `type`: four bytes; © is 0xA9 as in Latin-1.
    private static func box(_ type: [UInt8], _ content: [UInt8]) -> [UInt8] {
        ContainerMetadata.bigEndian(UInt32(content.count + 8)) + type + content
    }

    /// What names the form of a list: "mdir" or "mdta".
    private static func handler(_ type: String, _ maker: String) -> [UInt8] {
        box(
            "hdlr",
            [UInt8](repeating: 0, count: 8) + Array(type.utf8) + Array(maker.utf8) + [UInt8](repeating: 0, count: 9))
    }

    /// `kind`: 1 = UTF-8, 14 = PNG.
    private static func data(_ bytes: [UInt8], kind: UInt32 = 1) -> [UInt8] {
        box("data", ContainerMetadata.bigEndian(kind) + [0, 0, 0, 0] + bytes)
    }

    /// iTunes' list of names of four letters.
    private static func list(_ metadata: FilmMetadata) -> [UInt8] {
        let texts = [
            ("\u{A9}nam", metadata.value("Title")), ("\u{A9}ART", metadata.value("Author")),
            ("cprt", metadata.value("Copyright")), ("\u{A9}cpy", metadata.value("Copyright")),
            ("\u{A9}cmt", metadata.lines), ("\u{A9}too", metadata.value("Software")),
        ]
        var items: [UInt8] = []
        for (name, text) in texts {
            if let text, !text.isEmpty { items += box(name, data(Array(text.utf8))) }
        }
        if let cover = metadata.cover { items += box("covr", data(cover, kind: 14)) }
        return box("meta", [0, 0, 0, 0] + handler("mdir", "appl") + box("ilst", items))
    }

    /// QuickTime's keys, numbered from 1.
    private static func keys(_ metadata: FilmMetadata, isFull: Bool) -> [UInt8] {
        var (names, values): ([UInt8], [UInt8]) = ([], [])
        for (index, tag) in metadata.tags.enumerated() {
            names += box("mdta", Array(tag.key.utf8))
            values += box(ContainerMetadata.bigEndian(UInt32(index + 1)), data(Array(tag.value.utf8)))
        }
        let count = ContainerMetadata.bigEndian(UInt32(metadata.tags.count))
        let content =
            handler("mdta", "\0\0\0\0") + box("keys", [0, 0, 0, 0] + count + names) + box("ilst", values)
        return box("meta", (isFull ? [0, 0, 0, 0] : []) + content)
    }
}
