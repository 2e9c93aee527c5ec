/// How a camera was held: how a picture is turned when it is shown. Numbers are those of Exif's tag 274.
enum Orientation: UInt8, CaseIterable {
    case upright = 1
    case mirrored, upsideDown, flipped, transposed, quarterRight, transversed, quarterLeft

    /// What an Exif block says; upright where it says nothing that can be understood.
    init(exif: ByteReader) {
        self = TIFFDirectory(exif)?.orientation ?? .upright
    }

    /// What a film's matrix says: where steps to the right and down lead, as (right, down) each; upright where that is no
    /// quarter turn.
    init(columns right: (Int32, Int32), _ down: (Int32, Int32)) {
        let signs = [right.0.signum(), right.1.signum(), down.0.signum(), down.1.signum()]
        self =
            switch signs {
            case [-1, 0, 0, 1]: .mirrored
            case [-1, 0, 0, -1]: .upsideDown
            case [1, 0, 0, -1]: .flipped
            case [0, 1, 1, 0]: .transposed
            case [0, 1, -1, 0]: .quarterRight
            case [0, -1, -1, 0]: .transversed
            case [0, -1, 1, 0]: .quarterLeft
            default: .upright
            }
    }

    /// Whether rows become columns.
    var exchangesSides: Bool { rawValue >= 5 }
}

extension Frame {
    /// The picture as it is shown.
    func turned(_ orientation: Orientation) -> Frame {
        guard orientation != .upright else { return self }
        let (right, bottom) = (width - 1, height - 1)
        var turned =
            orientation.exchangesSides ? Frame(width: height, height: width) : Frame(width: width, height: height)
        bytes.withUnsafeBytes { raw in
            let pixels = raw.bindMemory(to: UInt32.self)
            let (stride, columns, rows) = (width, turned.width, turned.height)
            turned.bytes.withUnsafeMutableBytes { raw in
                let target = raw.bindMemory(to: UInt32.self)
                for y in 0..<rows {
                    for x in 0..<columns {
                        let source =
                            switch orientation {
                            case .upright: (x: x, y: y)
                            case .mirrored: (x: right - x, y: y)
                            case .upsideDown: (x: right - x, y: bottom - y)
                            case .flipped: (x: x, y: bottom - y)
                            case .transposed: (x: y, y: x)
                            case .quarterRight: (x: y, y: bottom - x)
                            case .transversed: (x: right - y, y: bottom - x)
                            case .quarterLeft: (x: right - y, y: x)
                            }
                        target[y * columns + x] = pixels[source.y * stride + source.x]
                    }
                }
            }
        }
        return turned
    }
}
