/// Numbers to colours, by a table of 256 pixels.
///
/// The tables follow straight paths through OKLab (lightness changes evenly from stop to stop, hue stays readable for
/// colour-blind readers: blue against red, navy to pale). Stops are literal sRGB numbers and the pixels between them
/// are mixed with integers, so every machine gets the same table.
public struct Colormap: Sendable {
    /// Entries 0...255. A diverging map has zero at 128 exactly and uses 1...255, so both arms are equally long.
    public private(set) var table: [PackedPixel]
    /// What the table is mixed from, 0xRRGGBB each, evenly spaced from its first colour to its last.
    public let stops: [UInt32]
    /// What NaN looks like: a grey that neither arm contains.
    public let missing = Color(hex: 0x8C8C8C).packed
    private let diverges: Bool

    /// Negative blue, zero white, positive red: for light pages.
    public static let divergingLight = Colormap(
        diverging: [
            0x19356B, 0x244F91, 0x2C6BB7, 0x3187DE, 0x5BA5E9, 0x86C0F2, 0xAFD9F9, 0xD9EFFE, 0xFFFFFF,
            0xFEE5DB, 0xF8C6B5, 0xEFA48F, 0xE2806B, 0xD15A48, 0xAB453C, 0x86302E, 0x621C1F,
        ])
    /// Negative blue, zero nearly black, positive red: for dark pages.
    public static let divergingDark = Colormap(
        diverging: [
            0x8DD5FB, 0x67BDEE, 0x3EA4E2, 0x048AD3, 0x2371AE, 0x2B5886, 0x294160, 0x222C3A, 0x161616,
            0x392523, 0x5C332E, 0x814136, 0xA64E3B, 0xCC5C3E, 0xDD7C5B, 0xED9A7A, 0xFDB89A,
        ])
    /// Zero white, one navy, by way of teal: magnitudes on light pages.
    public static let sequentialLight = Colormap(
        sequential: [
            0xFFFFFF, 0xD3E9E5, 0xA3D1D1, 0x72B6C2, 0x3F9AB7, 0x34799E, 0x2C5983, 0x243B66, 0x1A1F48,
        ])
    /// Zero nearly black, one pale yellow-green, by way of teal: magnitudes on dark pages.
    public static let sequentialDark = Colormap(
        sequential: [
            0x161616, 0x222F41, 0x144D6A, 0x016C81, 0x078D90, 0x37AC96, 0x7BC59C, 0xB3DCA8, 0xE5F3BE,
        ])

    /// The pixel for `value`: -1...1 on a diverging map, 0...1 on a sequential one. Values beyond are held to the ends.
    @inlinable
    public func pixel(for value: Float) -> PackedPixel {
        guard value == value else { return missing }
        return table[index(of: value)]
    }

    /// The same map for pages that nobody knows: zero is clear, and over zero's colour everything looks as it does here.
    public var onNothing: Colormap {
        let zero = table[diverges ? 128 : 0].pixel
        var map = self
        map.table = table.map { $0.pixel.lifted(from: zero) }
        return map
    }

    @usableFromInline
    func index(of value: Float) -> Int {
        if diverges {
            let held = value > -1 ? (value < 1 ? value : 1) : -1
            return Int((held * 127 + 128.5).rounded(.down))
        }
        return Int(value.unit * 255 + 0.5)
    }

    private init(diverging stops: [UInt32]) {
        diverges = true
        self.stops = stops
        let entries = (1...255).map { Colormap.mix(stops, position: $0 - 1, of: 254) }
        table = [entries[0]] + entries
    }

    private init(sequential stops: [UInt32]) {
        diverges = false
        self.stops = stops
        table = (0...255).map { Colormap.mix(stops, position: $0, of: 255) }
    }

    /// The colour `position / length` of the way along evenly spaced stops.
    private static func mix(_ stops: [UInt32], position: Int, of length: Int) -> PackedPixel {
        let scaled = position * (stops.count - 1)
        let lower = min(scaled / length, stops.count - 2)
        let part = scaled - lower * length
        var bits: UInt32 = 0xFF00_0000
        for shift in [0, 8, 16] {
            let from = Int(stops[lower] >> UInt32(shift) & 0xFF)
            let to = Int(stops[lower + 1] >> UInt32(shift) & 0xFF)
            bits |= UInt32((from * (length - part) + to * part + length / 2) / length) << UInt32(shift)
        }
        return PackedPixel(bits: bits)
    }
}

extension Pixel {
    /// The least opaque pixel that looks like this one (opaque) over `ground` (opaque).
    fileprivate func lifted(from ground: Pixel) -> PackedPixel {
        let channels: [(own: Float, below: Float)] = [
            (Float(red), Float(ground.red)), (Float(green), Float(ground.green)), (Float(blue), Float(ground.blue)),
        ]
        var alpha: Float = 0
        for (own, below) in channels {
            // How far towards nothing or towards full light the channel is from the ground.
            let room = own < below ? below : max(1, 255 - below)
            alpha = max(alpha, abs(own - below) / room)
        }
        func premultiplied(_ channel: (own: Float, below: Float)) -> Float {
            let light = (channel.own - (1 - alpha) * channel.below) / 255
            return min(alpha, max(0, light))
        }
        return PackedPixel(
            red: premultiplied(channels[0]), green: premultiplied(channels[1]), blue: premultiplied(channels[2]),
            alpha: alpha)
    }
}
