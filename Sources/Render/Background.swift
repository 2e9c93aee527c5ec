import GNCARaster

/// What stands behind cells that are not opaque.
public enum Background: Sendable, Equatable {
    /// As a page is.
    case white
    /// As a dark screen is.
    case black
    /// Light squares of two greys, a whole number of cells and at least 16 pixels wide.
    case checker
    /// Nothing: the film keeps its alpha.
    case transparent
    /// An opaque sRGB colour.
    case colour(red: UInt8, green: UInt8, blue: UInt8)

    private static let named: KeyValuePairs<String, Background> = [
        "white": .white, "black": .black, "checker": .checker, "transparent": .transparent,
    ]
    /// Those that have a name.
    public static let names = named.map(\.key)

    /// From one of `names` or a colour that `Color` reads; nil for anything else.
    public init?(parsing text: String) {
        if let background = Self.named.first(where: { $0.key == text })?.value {
            self = background
            return
        }
        guard let pixel = Color(parsing: text)?.packed.pixel else { return nil }
        self = .colour(red: pixel.red, green: pixel.green, blue: pixel.blue)
    }

    /// An opaque colour.
    public init(_ colour: Color) {
        func byte(_ channel: Float) -> UInt8 { UInt8(channel.unit * 255 + 0.5) }
        self = .colour(red: byte(colour.red), green: byte(colour.green), blue: byte(colour.blue))
    }

    /// The colours of even and odd squares; the same but for the checker.
    var colours: (even: Color, odd: Color) {
        switch self {
        case .white: (.white, .white)
        case .black: (.black, .black)
        case .checker: (Color(hex: 0xFFFFFF), Color(hex: 0xE6E8EB))
        case .transparent: (.clear, .clear)
        case .colour(let red, let green, let blue):
            {
                let colour = Color(hex: UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue))
                return (colour, colour)
            }()
        }
    }
}
