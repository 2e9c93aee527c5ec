import GNCARaster

/// How panels look: colours, sizes of text, and every distance as a multiple of them.
struct PanelStyle: Sendable {
    let palette: ThemeColors
    /// Titles, captions and numbers.
    let title: TextStyle
    let number: TextStyle
    /// The name of what happened last.
    let event: TextStyle
    /// Labels and legends.
    let label: TextStyle
    /// Rounds distances up to even numbers, so that cells stand on even coordinates.
    let even: Bool
    /// Where labels, legends and tiles narrower than their labels stand in their places.
    let align: TextAlignment
    /// Around the page, and between pictures.
    let margin: Int
    /// Between the tiles of one panel.
    let tileGap: Int
    /// Between words that stand side by side, or between the tiles and what stands beside or below them.
    let labelGap: Int
    /// Between a text and what it names.
    let textGap: Int
    /// Of hairlines.
    let lineWidth: Int
    /// Of a legend's colour bar.
    let barHeight: Int
    let barLength: Int
    /// Whether swatches that do not fit side by side below the tiles stand below each other. Elsewhere the panel grows.
    let stacksSwatches: Bool

    /// Pixels to the em of titles, and the unit of most distances.
    var body: Int { title.size }
    /// Pixels to the em of labels.
    var small: Int { label.size }
    /// Height of a line of labels with its distance to what it names.
    var labelHeight: Int { snap(label.lineHeight + textGap / 2) }

    /// `length`, or the next even number where cells must stand on even coordinates.
    func snap(_ length: Int) -> Int { even ? length + length % 2 : length }
}

extension PanelStyle {
    /// That of films. `side`: the shorter side, in pixels, of all that the film shows.
    init(side: Int, even: Bool, _ palette: ThemeColors) {
        func snap(_ length: Int) -> Int { even ? length + length % 2 : length }
        let body = min(40, max(13, side * 32 / 1000))
        let small = max(10, body * 4 / 5)
        self.init(
            palette: palette, title: TextStyle(size: body, bold: true, color: palette.ink),
            number: TextStyle(size: body, color: palette.ink), event: TextStyle(size: body, color: palette.quietInk),
            label: TextStyle(size: small, color: palette.quietInk), even: even, align: .left,
            margin: snap(body * 3 / 2), tileGap: snap(body * 2 / 3), labelGap: snap(body * 2 / 3),
            textGap: snap(max(4, body / 3)), lineWidth: 1, barHeight: snap(max(6, small * 2 / 3)),
            barLength: snap(small * 10), stacksSwatches: false)
    }

    /// That of figures. `fontSize`: pixels; `tileGap`: pixels, nil for one that suits the text; `barLength`: the longest
    /// that a legend's bar may be.
    init(fontSize: Int, tileGap: Int?, barLength: Int, _ palette: ThemeColors) {
        let text = TextStyle(size: fontSize, color: palette.ink)
        let gap = fontSize * 3 / 4
        self.init(
            palette: palette, title: text, number: text, event: text, label: text, even: false, align: .center,
            margin: gap, tileGap: tileGap ?? gap, labelGap: gap, textGap: max(4, fontSize * 2 / 3),
            lineWidth: max(1, Int((Double(fontSize) / 16).rounded())), barHeight: max(4, fontSize * 2 / 3),
            barLength: min(fontSize * 12, barLength), stacksSwatches: true)
    }
}
