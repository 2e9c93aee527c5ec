import GNCABasics

/// AVIF stills, which are MP4 files of one picture to libav.
enum AVIFPicture {
    static func looksLike(_ bytes: [UInt8]) -> Bool { bytes.dropFirst(4).starts(with: "ftypavif".utf8) }

    /// What libav 5.1 leaves out in silence, and how it is told.
    private static let unread: KeyValuePairs<String, String> = [
        "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha": "an AVIF with transparency", "irot": "a turned AVIF",
        "imir": "a mirrored AVIF", "grid": "an AVIF in tiles",
    ]

    /// Throws where the file has more than one plain picture.
    static func decode(_ bytes: [UInt8]) throws(FileFault) -> Frame {
        // Pictures follow what is said of them.
        let pixels = bytes[...].firstRange(of: Array("mdat".utf8))?.lowerBound ?? bytes.count
        for (mark, kind) in unread where bytes[..<pixels].firstRange(of: Array(mark.utf8)) != nil {
            throw FileFault("\(kind) is not read (save it as PNG or WebP)")
        }
        return try FilmFile.avif(bytes)
    }
}
