import GNCARaster

/// The look of everything around the cells.
public enum Theme: String, Sendable, CaseIterable {
    case light
    case dark

    /// Its colours.
    public var palette: ThemeColors {
        switch self {
        case .light:
            ThemeColors(
                page: Color(hex: 0xFFFFFF), ink: Color(hex: 0x1A1D21), quietInk: Color(hex: 0x5F6670),
                line: Color(hex: 0xD5D9DE), resting: Color(hex: 0xC6CCD3),
                series: [0x0072B2, 0xE69F00, 0x009E73, 0xD55E00, 0xCC79A7, 0x56B4E9].map(Color.init(hex:)),
                diverging: .divergingLight, sequential: .sequentialLight)
        case .dark:
            ThemeColors(
                page: Color(hex: 0x161616), ink: Color(hex: 0xECEEF0), quietInk: Color(hex: 0x9AA1A9),
                line: Color(hex: 0x3C4045), resting: Color(hex: 0x50565D),
                series: [0x56B4E9, 0xE69F00, 0x2FBF8F, 0xF0753A, 0xDE95BD, 0xF0E442].map(Color.init(hex:)),
                diverging: .divergingDark, sequential: .sequentialDark)
        }
    }
}

/// The colours of one theme. Zero in both colour maps is the page itself.
public struct ThemeColors: Sendable {
    /// What everything stands on.
    public let page: Color
    /// Titles and numbers.
    public let ink: Color
    /// Labels, legends.
    public let quietInk: Color
    /// Hairlines around pictures.
    public let line: Color
    /// Living cells at rest, where a panel shows something else than their colour.
    public let resting: Color
    /// Curves of a plot, in their order: after Okabe and Ito, for colour-blind readers.
    public let series: [Color]
    /// For numbers of both signs.
    public let diverging: Colormap
    /// For numbers from 0 up.
    public let sequential: Colormap

    // Three signals, the same in both themes: each stands out from white and from black (contrast above 2:1), and the
    // three stay apart for colour-blind readers by lightness and by blue against orange.
    /// Living cells.
    public let life = Color(hex: 0x2F7FEA)
    /// Cells that fire.
    public let fire = Color(hex: 0xEE9B00)
    /// Cells that are erased.
    public let damage = Color(hex: 0xE4500B)

    // Parts of the time bar, on which nothing else stands.
    let lossApplied = Color(hex: 0x7BE35B)
    let unseen = Color(hex: 0xF59B2F)
}

/// Two sizes of text, and every distance as a multiple of them.
struct TypeScale: Sendable, Equatable {
    /// Pixels to the em of titles, captions and the counter.
    let body: Int
    /// Pixels to the em of labels and legends.
    let small: Int
    /// Rounds distances up to even numbers, so that cells stand on even coordinates.
    let even: Bool

    /// `side`: the shorter side, in pixels, of all that the film shows.
    init(side: Int, even: Bool) {
        body = min(40, max(13, side * 32 / 1000))
        small = max(10, body * 4 / 5)
        self.even = even
    }

    /// `length`, or the next even number where cells must stand on even coordinates.
    func snap(_ length: Int) -> Int { even ? length + length % 2 : length }

    /// Around the page, and between pictures.
    var margin: Int { snap(body * 3 / 2) }
    /// Between the tiles of one panel.
    var tileGap: Int { snap(body * 2 / 3) }
    /// Between a text and what it names.
    var textGap: Int { snap(max(4, body / 3)) }
    /// Height of a legend's colour bar.
    var barHeight: Int { snap(max(6, small * 2 / 3)) }
    /// Length of a legend's colour bar.
    var barLength: Int { snap(small * 10) }

    func title(_ palette: ThemeColors) -> TextStyle { TextStyle(size: body, bold: true, color: palette.ink) }
    func number(_ palette: ThemeColors) -> TextStyle { TextStyle(size: body, color: palette.ink) }
    func event(_ palette: ThemeColors) -> TextStyle { TextStyle(size: body, color: palette.quietInk) }
    func label(_ palette: ThemeColors) -> TextStyle { TextStyle(size: small, color: palette.quietInk) }
}
