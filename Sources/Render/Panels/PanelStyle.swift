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
    /// `length`, or the even number before it where cells must stand on even coordinates.
    func snapDown(_ length: Int) -> Int { even ? length - length % 2 : length }
    /// The scale, or the next even one where cells must stand on even coordinates; cells of one pixel cannot.
    func evenScale(_ scale: Int) -> Int { scale > 1 ? snap(scale) : scale }

    /// Where the part `index` (0...) of `count` parts stands that fill `room` pixels from end to end.
    func position(of index: Int, of count: Int, size: Int, in room: Int) -> Int {
        count > 1 ? snapDown((room - size) * index / (count - 1)) : 0
    }

    /// Places words that change (each as wide as it can become) in `area`, whose height does not matter: two side by side,
    /// the second flush right, or each in a line of its own.
    func line(of words: [String], in area: PixelRect) throws(RasterError) -> [PlacedText] {
        var line = area
        line.height = number.lineHeight
        if words.count == 2 {
            let first = try number.measure(words[0]).width
            let left = area.width - first - margin
            if left > 0, try number.measure(words[1]).width <= left {
                let second = PixelRect(x: area.right - left, y: line.y, width: left, height: line.height)
                line.width = first
                return [PlacedText(words[0], .title, line), PlacedText(words[1], .title, second, .right)]
            }
        }
        return words.map { word in
            defer { line.y += line.height }
            return PlacedText(word, .title, line)
        }
    }
}

extension PanelStyle {
    /// Pixels to the em of titles that suit pictures whose shorter side is `side` pixels, or more where the page is so wide
    /// that its labels could not be read in a column of 700 pixels.
    static func body(side: Int, pageWidth: Int = 0) -> Int { max(13, side * 32 / 1000, pageWidth / 56) }

    /// That of films. `body`: pixels to the em of titles.
    init(body: Int, even: Bool, _ palette: ThemeColors) {
        func snap(_ length: Int) -> Int { even ? length + length % 2 : length }
        let small = max(10, body * 4 / 5)
        self.init(
            palette: palette, title: TextStyle(size: body, bold: true, color: palette.ink, halo: palette.halo),
            number: TextStyle(size: body, color: palette.ink, halo: palette.halo),
            event: TextStyle(size: body, color: palette.quietInk, halo: palette.halo),
            label: TextStyle(size: small, color: palette.quietInk, halo: palette.halo), even: even, align: .left,
            margin: snap(body * 3 / 2), tileGap: snap(body * 2 / 3), labelGap: snap(body * 2 / 3),
            textGap: snap(max(4, body / 3)), lineWidth: max(1, body / 20), barHeight: snap(max(6, small * 2 / 3)),
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
