import GNCABasics
import GNCARaster

/// How numbers become heights: of powers of ten, or evenly.
struct PlotScale {
    /// The ends, as they are measured: decimal exponents, or the numbers themselves.
    let range: ClosedRange<Double>
    /// What has a word, from the lowest on, as it is measured.
    private let named: [(at: Double, word: String)]
    /// What has a short line alone.
    private let ticks: [Double]
    private let isLogarithmic: Bool

    /// The most powers of ten that have a word and nine ticks each: of a wider scale, every second has, or third, and so on.
    private static let mostDecades = 12
    /// Of an even scale, from word to word.
    private static let mostParts = 5
    /// Larger numbers are held to the scale's ends: they are those of a state that is about to blow up.
    private static let largest = 1e15

    /// From 1, 2 or 5 times a power of ten to another, with two powers of ten between them. Only numbers above 0 have a place.
    static func logarithmic(_ values: [Double]) -> PlotScale {
        let known = values.filter { $0.isFinite && $0 > 0 }.map(log10)
        let (least, most) = (known.min() ?? -3, known.max() ?? 0)
        let marks: [Double] = [0, log10(2.0), log10(5.0)]
        let (below, above) = (least.rounded(.down), most.rounded(.down))
        let low = below + (marks.last { below + $0 <= least } ?? 0)
        let high = above + (marks.first { above + $0 >= most } ?? 1)
        if high - low >= 0.1, decades(low...high).count > 1 { return PlotScale(exponents: low...high) }
        return PlotScale(exponents: below...max(above + 1, below + 1))
    }

    private init(exponents: ClosedRange<Double>) {
        range = exponents
        isLogarithmic = true
        let decades = PlotScale.decades(exponents)
        let apart = (decades.count + PlotScale.mostDecades - 1) / PlotScale.mostDecades
        named = decades.filter { apart == 1 || $0.isMultiple(of: apart) }.map { (Double($0), PlotScale.label($0)) }
        guard apart == 1 else {
            ticks = []
            return
        }
        ticks = ((decades.lowerBound - 1)...decades.upperBound)
            .flatMap { decade in (2...9).map { Double(decade) + log10(Double($0)) } }
            .filter { $0 > exponents.lowerBound && $0 < exponents.upperBound }
    }

    /// From a multiple of a round number to another. `fromZero`: whether nothing is a part of it in any case.
    static func even(_ values: [Double], fromZero: Bool = false) -> PlotScale {
        let known = values.filter { abs($0) <= largest } + (fromZero ? [0] : [])
        let (least, most) = (known.min() ?? 0, known.max() ?? 1)
        let unit = pow(10, log10(max(most - least, 1) / Double(mostParts)).rounded(.down))
        let steps = [1, 2, 5, 10].map { $0 * unit }
        let apart =
            steps.first { (most / $0).rounded(.up) - (least / $0).rounded(.down) <= Double(mostParts) } ?? 20 * unit
        let low = (least / apart).rounded(.down)
        return PlotScale(multiples: low...max((most / apart).rounded(.up), low + 1), of: apart)
    }

    private init(multiples: ClosedRange<Double>, of apart: Double) {
        range = (multiples.lowerBound * apart)...(multiples.upperBound * apart)
        isLogarithmic = false
        named = (Int(multiples.lowerBound)...Int(multiples.upperBound)).map { number in
            let value = Double(number) * apart
            return (value, PlotScale.word(value, apart: apart))
        }
        ticks = []
    }

    /// The powers of ten within.
    private static func decades(_ exponents: ClosedRange<Double>) -> ClosedRange<Int> {
        let low = Int(exponents.lowerBound.rounded(.up))
        return low...max(low, Int(exponents.upperBound.rounded(.down)))
    }

    /// "1", "10", and powers of ten beyond: "10⁻³".
    private static func label(_ decade: Int) -> String {
        guard decade != 0 && decade != 1 else { return decade == 0 ? "1" : "10" }
        let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
        let exponent = String(decade.magnitude).compactMap(\.wholeNumberValue).map { digits[$0] }
        return "10" + (decade < 0 ? "⁻" : "") + String(exponent)
    }

    /// With as many decimals as neighbours need to differ.
    private static func word(_ value: Double, apart: Double) -> String {
        guard apart < 1 else { return Int(value).grouped }
        let unit = pow(10, (-log10(apart)).rounded(.up))
        let text = "\((abs(value) * unit).rounded() / unit)"
        return value < 0 ? "−" + text : text
    }

    /// 0 at the upper end, 1 at the lower one; nil for what has no place.
    func depth(_ value: Double) -> Double? {
        guard value.isFinite, !isLogarithmic || value > 0 else { return nil }
        return depth(at: isLogarithmic ? log10(value) : value)
    }

    /// The same, held to the ends; nil for what is no number.
    func heldDepth(_ value: Double) -> Double? {
        guard !value.isNaN else { return nil }
        guard let depth = depth(value) else { return value > 0 ? 0 : 1 }
        return min(max(depth, 0), 1)
    }

    /// `place`: as `range` measures.
    private func depth(at place: Double) -> Double {
        (range.upperBound - place) / (range.upperBound - range.lowerBound)
    }

    /// Pixels of the widest word.
    func labelWidth(_ text: TextStyle) throws(RasterError) -> Double {
        var width = 0
        for mark in named { width = max(width, try text.measure(mark.word).width) }
        return Double(width)
    }

    /// Lines across, short ones at the left edge, and words beside it.
    func draw(in area: PlotArea, _ text: TextStyle, _ palette: ThemeColors, _ drawing: inout Drawing) {
        let size = Double(text.size)
        let hairline = PlotArea.hairline(text)
        for tick in ticks {
            let y = area.y(depth(at: tick))
            drawing.add(
                .line([Point(area.left, y), Point(area.left + size * 0.35, y)], lineWidth: hairline, palette.line))
        }
        for mark in named {
            let y = area.y(depth(at: mark.at))
            drawing.add(.line([Point(area.left, y), Point(area.right, y)], lineWidth: hairline, palette.line))
            drawing.add(.text(mark.word, at: Point(area.left - size * 0.6, y + size * 0.36), align: .right, text))
        }
    }
}

/// Where curves stand on a page, pixels, and what they run over.
struct PlotArea {
    var left, top, right, bottom: Double
    let xs: ClosedRange<Double>

    func x(_ value: Double) -> Double {
        left + (right - left) * (value - xs.lowerBound) / max(xs.upperBound - xs.lowerBound, 1e-9)
    }

    /// `depth`: as a scale has it.
    func y(_ depth: Double) -> Double { top + (bottom - top) * depth }

    static func hairline(_ text: TextStyle) -> Double { max(1, (Double(text.size) / 16).rounded()) }

    /// Numbers below.
    func drawSteps(_ text: TextStyle, _ palette: ThemeColors, _ drawing: inout Drawing) {
        let size = Double(text.size)
        for value in Plot.ticks(xs) {
            let tick = [Point(x(value), bottom), Point(x(value), bottom + size * 0.4)]
            drawing.add(.line(tick, lineWidth: Self.hairline(text), palette.quietInk))
            drawing.add(.text(Plot.label(value), at: Point(x(value), bottom + size * 1.6), align: .center, text))
        }
    }

    /// The two axes.
    func drawEdges(_ text: TextStyle, _ palette: ThemeColors, _ drawing: inout Drawing) {
        let edges = [Point(left, top), Point(left, bottom), Point(right, bottom)]
        drawing.add(.line(edges, lineWidth: Self.hairline(text), palette.quietInk))
    }
}
