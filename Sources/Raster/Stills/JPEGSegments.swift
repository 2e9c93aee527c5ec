import GNCABasics

/// The segments of a JPEG file.
enum JPEGSegments {
    /// Progressive pictures have about ten scans. Each is work for every pixel, and can be as small as fifty bytes.
    static let scanLimit = 100

    /// What a decoder finds past the end of a scan that is cut off: zeros, or ones, whose bytes are followed by a zero.
    private static let zeros = [UInt8](repeating: 0, count: 8)
    private static let ones: [UInt8] = [0xFF, 0, 0xFF, 0, 0xFF, 0, 0xFF, 0]

    private static let startOfImage = 0xD8, endOfImage = 0xD9, startOfScan = 0xDA, exif = 0xE1, comment = 0xFE

    static func essence(_ bytes: [UInt8]) throws(FileFault) -> StillEssence {
        try ByteReader.read(bytes) { (file) throws(FileFault) in
            var essence = StillEssence(bytes: [0xFF, 0xD8])
            var twin = essence.bytes
            essence.bytes.reserveCapacity(bytes.count + 64)
            twin.reserveCapacity(bytes.count + 64)
            var place = 2
            var scans = 0
            while let (marker, start) = marker(in: file, from: place) {
                if marker == endOfImage {
                    essence.bytes += [0xFF, 0xD9]
                    essence.twin = twin + [0xFF, 0xD9]
                    return essence
                }
                guard !standsAlone(marker) else {
                    place = start
                    continue
                }
                guard let length = file.number(start, 2), length >= 2, start + length <= file.count else { break }
                place = start + length
                if marker == exif, essence.orientation == .upright, file.has("Exif\0\0", at: start + 2), length > 8 {
                    essence.orientation = Orientation(exif: file.part((start + 8)..<place))
                }
                if marker == startOfScan {
                    scans += 1
                    guard scans <= scanLimit else {
                        throw FileFault("the JPEG file has too many scans (limit \(scanLimit))")
                    }
                    place = endOfScan(in: file, from: place)
                }
                guard saysHowPixelsLook(marker, in: file, at: start + 2) else { continue }
                let segment = file.bytes[(start - 2)..<place]
                essence.bytes += segment
                twin += segment
                if marker == startOfScan {
                    essence.bytes += zeros
                    twin += ones
                }
            }
            throw FileFault("the JPEG file is cut off")
        }
    }

    /// The next marker, and where what belongs to it begins. Whatever stands before a marker means nothing.
    private static func marker(in file: ByteReader, from place: Int) -> (marker: Int, start: Int)? {
        var place = place
        while place + 1 < file.count {
            if file.bytes[place] == 0xFF, file.bytes[place + 1] != 0xFF, file.bytes[place + 1] != 0 {
                return (Int(file.bytes[place + 1]), place + 2)
            }
            place += 1
        }
        return nil
    }

    /// Where the next marker stands that is none of the restarts inside a scan.
    private static func endOfScan(in file: ByteReader, from place: Int) -> Int {
        var place = place
        while let (marker, start) = marker(in: file, from: place) {
            if !(0xD0...0xD7).contains(marker) { return start - 2 }
            place = start
        }
        return file.count
    }

    private static func standsAlone(_ marker: Int) -> Bool { marker == 0x01 || (0xD0...startOfImage).contains(marker) }

    /// All but comments and what applications add; of that, JFIF and Adobe say which colours are meant.
    private static func saysHowPixelsLook(_ marker: Int, in file: ByteReader, at place: Int) -> Bool {
        switch marker {
        case 0xE0: file.has("JFIF\0", at: place)
        case 0xEE: file.has("Adobe", at: place)
        case exif...0xEF, comment: false
        default: true
        }
    }
}
