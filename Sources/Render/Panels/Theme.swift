import GNCARaster

/// The look of everything around the cells.
public enum Theme: String, Sendable, CaseIterable {
    /// Dark ink on a white page.
    case light
    /// Light ink on a page that is nearly black.
    case dark

    /// Its colours.
    public var palette: ThemeColors {
        switch self {
        case .light:
            ThemeColors(
                page: Color(hex: 0xFFFFFF), ink: Color(hex: 0x1A1D21), quietInk: Color(hex: 0x5F6670),
                line: Color(hex: 0xD5D9DE), resting: Color(hex: 0xC6CCD3),
                series: [0x0072B2, 0xE69F00, 0x009E73, 0xD55E00, 0xCC79A7, 0x56B4E9].map(Color.init(hex:)),
                diverging: .divergingLight, sequential: .sequentialLight, fire: Color(hex: 0xEE9B00),
                damage: Color(hex: 0xE4500B))
        case .dark:
            ThemeColors(
                page: Color(hex: 0x161616), ink: Color(hex: 0xECEEF0), quietInk: Color(hex: 0x9AA1A9),
                line: Color(hex: 0x3C4045), resting: Color(hex: 0x50565D),
                series: [0x56B4E9, 0xE69F00, 0x2FBF8F, 0xF0753A, 0xDE95BD, 0xF0E442].map(Color.init(hex:)),
                diverging: .divergingDark, sequential: .sequentialDark, fire: Color(hex: 0xFFC247),
                damage: Color(hex: 0xFF6A2B))
        }
    }
}

/// The colours of one theme. Zero in both colour maps is the page itself.
public struct ThemeColors: Sendable {
    /// What everything stands on.
    public private(set) var page: Color
    /// Titles and numbers.
    public let ink: Color
    /// Labels, legends.
    public private(set) var quietInk: Color
    /// Hairlines around pictures.
    public let line: Color
    /// Living cells at rest, where a panel shows something else than their colour.
    public let resting: Color
    /// Curves of a plot, in their order: after Okabe and Ito, for colour-blind readers.
    public let series: [Color]
    /// For numbers of both signs.
    public private(set) var diverging: Colormap
    /// For numbers from 0 up.
    public private(set) var sequential: Colormap
    /// Cells that fire: brighter on a dark page.
    public let fire: Color
    /// Cells that are erased: brighter on a dark page.
    public let damage: Color
    /// Around letters, where nobody knows what they stand on; nil on a page.
    public private(set) var halo: Color?

    /// The same without a page: what had its colour is clear, and on such a page everything looks as before.
    var onNothing: ThemeColors {
        var colours = self
        colours.page = page.opacity(0)
        colours.diverging = diverging.onNothing
        colours.sequential = sequential.onNothing
        // Grey letters in a thin halo look soft on a photograph.
        colours.quietInk = quietInk.mixed(with: ink, 0.7)
        colours.halo = page.opacity(0.95)
        return colours
    }

    // Signals: each stands out from white and from black (contrast above 2:1), and the
    // three stay apart for colour-blind readers by lightness and by blue against orange.
    /// Living cells.
    public let life = Color(hex: 0x2F7FEA)

    // Parts of the time bar, on which nothing else stands.
    let lossApplied = Color(hex: 0x7BE35B)
    let unseen = Color(hex: 0xF59B2F)
}
