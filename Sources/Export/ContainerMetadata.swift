import CGNCALibav
import GNCABasics

/// Metadata for containers into which libav's muxers write none. Each function changes a finished file and returns
/// whether it could.
enum ContainerMetadata {
    /// A comment extension before the trailer (GIF89a, section 24): blocks of at most 255 bytes. Where somebody named words,
    /// an application extension with XMP before it (XMP, part 3).
    static func appendGIFComment(_ metadata: FilmMetadata, _ file: any SeekableOutput) -> Bool {
        let size = file.size
        guard size > 0, file.byte(at: size - 1) == 0x3B else { return false }
        var bytes: [UInt8] = []
        if metadata.hasWords {
            // No blocks: readers that know none run through the packet by its own bytes, and end in the descending ones.
            bytes += [0x21, 0xFF, 11] + Array("XMP DataXMP".utf8) + Array(metadata.xmp.utf8)
            bytes += [1] + (0...255).reversed() + [0]
        }
        var text = Array(metadata.lines.utf8)[...]
        if !text.isEmpty { bytes += [0x21, 0xFE] }
        while !text.isEmpty {
            let block = text.prefix(255)
            bytes += [UInt8(block.count)] + block
            text = text.dropFirst(255)
            if text.isEmpty { bytes.append(0) }
        }
        return file.replace(from: size - 1, with: bytes + [0x3B])
    }

    /// What a PNG's text chunks hold.
    static func pngEntries(_ metadata: FilmMetadata) -> [KeyValue] {
        metadata.entries + (metadata.hasWords ? [KeyValue("XML:com.adobe.xmp", metadata.xmp)] : [])
    }

    /// An XMP chunk at the end of the RIFF container, announced in VP8X (WebP container specification).
    static func appendWebPXMP(_ metadata: FilmMetadata, _ file: any SeekableOutput) -> Bool {
        let size = file.size
        let flagsOffset = 20
        // "VP8X" at 12; a still without it has no room for metadata, and gets none.
        guard size > 30, let flags = file.byte(at: flagsOffset), file.byte(at: 15) == 0x58 else { return size > 0 }
        var bytes = Array(metadata.xmp.utf8)
        let length = littleEndian(bytes.count)
        if bytes.count % 2 == 1 { bytes.append(0) }
        guard file.replace(from: size, with: Array("XMP ".utf8) + length + bytes) else { return false }
        let riffSize = littleEndian(size + 8 + bytes.count - 8)
        return file.replace(from: 4, with: riffSize) && file.replace(from: flagsOffset, with: [flags | 0x04])
    }

    /// A chunk of a PNG, with its length and its check.
    static func pngChunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(type.utf8) + data
        let crc = ~av_crc(av_crc_get_table(AV_CRC_32_IEEE_LE), ~0, body, body.count)
        return bigEndian(UInt32(data.count)) + body + bigEndian(crc)
    }

    static func bigEndian(_ value: UInt32) -> [UInt8] {
        [UInt8(value >> 24), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
    }

    private static func littleEndian(_ value: Int) -> [UInt8] {
        bigEndian(UInt32(value)).reversed()
    }
}
