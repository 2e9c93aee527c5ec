import CGNCAPangoCairo

/// An sRGB colour with straight (not premultiplied) alpha, 0...1 a channel.
public struct Color: Sendable, Hashable {
    /// Red, 0...1.
    public var red: Float
    /// Green, 0...1.
    public var green: Float
    /// Blue, 0...1.
    public var blue: Float
    /// 0 = clear, 1 = opaque.
    public var alpha: Float

    /// The colour of these channels, 0...1 each.
    public init(red: Float, green: Float, blue: Float, alpha: Float = 1) {
        self.red = red
        self.green = green
        self.blue = blue
        self.alpha = alpha
    }

    /// The opaque colour 0xRRGGBB.
    public init(hex: UInt32) {
        self.init(
            red: Float(hex >> 16 & 0xFF) / 255, green: Float(hex >> 8 & 0xFF) / 255, blue: Float(hex & 0xFF) / 255)
    }

    /// How `init(parsing:)` is told to users.
    public static let expected = "a name as CSS has it, #RGB or #RRGGBB"

    /// The opaque colour of a name as CSS has it ("teal"), "#RGB" or "#RRGGBB"; nil for anything else.
    public init?(parsing text: String) {
        var color = PangoColor()
        let isNumber = text.utf8.first == UInt8(ascii: "#")
        // pango reads nine and twelve digits, too, and spaces inside of names.
        guard isNumber ? [4, 7].contains(text.utf8.count) : text.utf8.allSatisfy({ $0 > UInt8(ascii: " ") }),
            pango_color_parse(&color, text) != 0
        else { return nil }
        self.init(red: Float(color.red) / 65_535, green: Float(color.green) / 65_535, blue: Float(color.blue) / 65_535)
    }

    /// Opaque white.
    public static let white = Color(hex: 0xFFFFFF)
    /// Opaque black.
    public static let black = Color(hex: 0x000000)
    /// Nothing.
    public static let clear = Color(red: 0, green: 0, blue: 0, alpha: 0)

    /// The same colour, `alpha` times as opaque.
    public func opacity(_ alpha: Float) -> Color {
        Color(red: red, green: green, blue: blue, alpha: self.alpha * alpha)
    }

    /// The colour `amount` (0...1) of the way to `other`, straight channels mixed linearly.
    public func mixed(with other: Color, _ amount: Float) -> Color {
        Color(
            red: red + (other.red - red) * amount, green: green + (other.green - green) * amount,
            blue: blue + (other.blue - blue) * amount, alpha: alpha + (other.alpha - alpha) * amount)
    }

    /// The premultiplied pixel; halves are rounded up, NaN counts as 0.
    public var packed: PackedPixel {
        let alpha = alpha.unit
        return PackedPixel(
            red: red.unit * alpha, green: green.unit * alpha, blue: blue.unit * alpha, alpha: alpha)
    }
}

extension Float {
    /// The number held to 0...1; NaN becomes 0.
    @inlinable
    public var unit: Float { self > 0 ? (self < 1 ? self : 1) : 0 }
}
