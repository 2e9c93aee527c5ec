import CGNCALibav
import GNCABasics

/// Metadata for containers into which libav's muxers write none. Each function changes a finished file and returns
/// whether it could.
enum ContainerMetadata {
    /// A comment extension before the trailer (GIF89a, section 24): blocks of at most 255 bytes.
    static func appendGIFComment(_ metadata: [KeyValue], _ file: AtomicFile) -> Bool {
        let size = file.seek(to: 0, whence: SEEK_END)
        guard size > 0, file.byte(at: size - 1) == 0x3B else { return false }
        var bytes: [UInt8] = [0x21, 0xFE]
        var text = Array(lines(metadata).utf8)[...]
        while !text.isEmpty {
            let block = text.prefix(255)
            bytes += [UInt8(block.count)] + block
            text = text.dropFirst(255)
        }
        return replaceEnd(file, from: size - 1, with: bytes + [0, 0x3B])
    }

    /// One iTXt chunk an entry before IEND (PNG, third edition, 11.3.3.4), uncompressed UTF-8.
    static func appendPNGText(_ metadata: [KeyValue], _ file: AtomicFile) -> Bool {
        let end: [UInt8] = [0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82]
        let size = file.seek(to: 0, whence: SEEK_END)
        guard size > end.count, file.byte(at: size - 8) == 0x49 else { return false }
        var bytes: [UInt8] = []
        for entry in metadata {
            // Keyword, no compression (two bytes), no language, no translated keyword, text.
            bytes += pngChunk("iTXt", Array(entry.key.utf8) + [0, 0, 0, 0, 0] + Array(entry.value.utf8))
        }
        return replaceEnd(file, from: size - end.count, with: bytes + end)
    }

    /// An XMP chunk at the end of the RIFF container, announced in VP8X (WebP container specification).
    static func appendWebPXMP(_ metadata: [KeyValue], _ file: AtomicFile) -> Bool {
        let size = file.seek(to: 0, whence: SEEK_END)
        let flagsOffset = 20
        // "VP8X" at 12; a still without it has no room for metadata, and gets none.
        guard size > 30, let flags = file.byte(at: flagsOffset), file.byte(at: 15) == 0x58 else { return size > 0 }
        var bytes = Array(xmp(metadata).utf8)
        let length = littleEndian(bytes.count)
        if bytes.count % 2 == 1 { bytes.append(0) }
        guard replaceEnd(file, from: size, with: Array("XMP ".utf8) + length + bytes) else { return false }
        let riffSize = littleEndian(size + 8 + bytes.count - 8)
        return replaceEnd(file, from: 4, with: riffSize) && replaceEnd(file, from: flagsOffset, with: [flags | 0x04])
    }

    static func lines(_ metadata: [KeyValue]) -> String {
        metadata.map { "\($0.key): \($0.value)" }.joined(separator: "\n")
    }

    private static func replaceEnd(_ file: AtomicFile, from offset: Int, with bytes: [UInt8]) -> Bool {
        guard file.seek(to: offset, whence: SEEK_SET) == offset else { return false }
        return bytes.withUnsafeBytes { file.write($0) } == 0
    }

    private static func pngChunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(type.utf8) + data
        let crc = ~av_crc(av_crc_get_table(AV_CRC_32_IEEE_LE), ~0, body, body.count)
        return bigEndian(UInt32(data.count)) + body + bigEndian(crc)
    }

    private static func bigEndian(_ value: UInt32) -> [UInt8] {
        [UInt8(value >> 24), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
    }

    private static func littleEndian(_ value: Int) -> [UInt8] {
        bigEndian(UInt32(value)).reversed()
    }

    private static func xmp(_ metadata: [KeyValue]) -> String {
        """
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
        <rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description><rdf:Alt>\
        <rdf:li xml:lang="x-default">\(Escaping.xml(lines(metadata)))</rdf:li>\
        </rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta>
        """
    }
}
