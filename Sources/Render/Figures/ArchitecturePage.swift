import GNCACells
import GNCARaster

/// Places the architecture: stations from left to right on one axis, titles above, numbers below, and the state's way
/// around the network on top. Every length is a multiple of the text's size.
struct ArchitecturePage {
    var drawing: Drawing
    let rule: Rule
    let palette: ThemeColors
    let size: Double
    private let title: TextStyle
    let label: TextStyle
    /// The stations' middle.
    let axis: Double
    var lineWidth: Double { max(1, (size / 12).rounded()) }

    /// Half the height of the longest vector.
    private static let reach = 4.6
    private static let height = 20.6
    /// The shortest arrow.
    private static let shortestGap = 1.5
    private static let margin = 0.8

    /// One thing on the axis.
    private enum Station: CaseIterable { case state, perception, network, fire, sum, life, next }

    /// Throws `RenderError` where the page is too narrow for its words.
    init(_ rule: Rule, _ palette: ThemeColors, _ ground: Color, width: Int, fontSize: Int) throws {
        self.rule = rule
        self.palette = palette
        size = Double(fontSize)
        title = TextStyle(size: fontSize, bold: true, color: palette.ink)
        label = TextStyle(size: max(1, fontSize * 4 / 5), color: palette.quietInk)
        axis = size * 8.6
        drawing = Drawing(width: width, height: Int((size * Self.height).rounded(.up)), ground: ground)
        let widths = try Station.allCases.map { try roomFor($0) }
        let gaps = Double(widths.count - 1)
        let needed = widths.reduce(2 * Self.margin * size, +)
        let gap = (Double(width) - needed) / gaps
        guard gap >= Self.shortestGap * size else {
            throw RenderError.invalid(
                "the architecture needs \(Int((needed + gaps * Self.shortestGap * size).rounded(.up))) pixels for text "
                    + "of \(fontSize) pixels (got \(width))", remedy: .moreRoom)
        }
        try draw(widths, gap)
    }

    // MARK: words

    private func words(_ station: Station) -> (title: String, lines: [String]) {
        switch station {
        case .state: ("state", ["\(rule.channels) channels"])
        case .perception: ("perception", [rule.edges == .zero ? "zeros outside" : "torus"] + controlWords + globalWords)
        case .network: ("", [])
        case .fire: ("fire", [rule.fireRate == 1 ? "every cell," : "each cell with", rateWords])
        case .sum: ("", [])
        case .life: ("life mask", rule.lifeLines)
        case .next: ("next state", ["\(rule.channels) channels"] + decoderWords)
        }
    }

    private var rateWords: String { rule.fireRate == 1 ? "every step" : "probability \(rule.fireRate.figureText)" }

    /// Above and below the layers.
    private var layers: [(title: String, lines: [String])] {
        rule.network.layers.enumerated().map { index, layer in
            let isLast = index == rule.network.layers.count - 1
            let activation = isLast ? rule.network.updateActivation : rule.network.activation
            let count = layer.weights.count + (layer.bias?.count ?? 0)
            return (
                activation == .none ? "dense" : "dense, \(activation.title)",
                [
                    "weights \(layer.outputs) × \(layer.inputs)",
                    layer.bias == nil ? "no biases" : "biases \(layer.outputs)", "\(count.grouped) parameters",
                ]
            )
        }
    }

    private var globalWords: [String] {
        switch rule.perception.global {
        case .none: []
        case .mean: ["mean of living cells"]
        case .pool: ["means of 4 × 4 parts"]
        }
    }

    private var decoderWords: [String] {
        guard let decoder = rule.decoder, let first = decoder.layers.first else { return [] }
        let widths = [first.inputs] + decoder.layers.map(\.outputs)
        return [
            "drawn as \(decoder.scale) × \(decoder.scale) pixels",
            "dense \(widths.map(String.init).joined(separator: ", "))",
            "\(decoder.parameterCount.grouped) parameters",
        ]
    }

    private var controlWords: [String] {
        guard let control = rule.perception.control else { return [] }
        return ["\(control.values.count) control numbers", control.place == .appended ? "appended" : "added before"]
    }

    // MARK: room

    private func widest(_ words: (title: String, lines: [String])) throws -> Double {
        var widest = Double(try title.measure(words.title).width)
        for line in words.lines { widest = max(widest, Double(try label.measure(line).width)) }
        return widest
    }

    private func roomFor(_ station: Station) throws -> Double {
        let words = try widest(words(station))
        switch station {
        case .state, .next: return max(words, size * 5)
        case .perception: return max(words, try filtersWidth)
        case .network:
            return try layers.reduce(size * Double(layers.count + 1)) { $0 + (try widest($1)) + size }
        case .fire, .life: return max(words, size * 4.2)
        case .sum: return size * 1.6
        }
    }

    /// What is drawn on the axis, where the station has `room`.
    private func iconWidth(_ station: Station, in room: Double) -> Double {
        switch station {
        case .state, .next: size * 4.6
        case .perception, .network: room
        case .fire, .life: size * 4
        case .sum: size * 1.5
        }
    }

    // MARK: drawing

    private mutating func draw(_ widths: [Double], _ gap: Double) throws {
        var x = Self.margin * size
        var places: [(left: Double, right: Double)] = []
        for width in widths {
            places.append((x, x + width))
            x += width + gap
        }
        let icons = zip(Station.allCases, places).map { station, place in
            let (middle, half) = ((place.left + place.right) / 2, iconWidth(station, in: place.right - place.left) / 2)
            return (left: middle - half, right: middle + half)
        }
        for (icon, next) in zip(icons, icons.dropFirst()) {
            arrow([Point(icon.right + size * 0.4, axis), Point(next.left - size * 0.3, axis)])
        }
        drawWayAround(from: places[0].right + gap / 2, to: (places[4].left + places[4].right) / 2)
        for (station, place) in zip(Station.allCases, places) {
            let middle = (place.left + place.right) / 2
            write(words(station), middle: middle)
            switch station {
            case .state, .next: drawStack(middle: middle)
            case .perception: try drawFilters(left: place.left, middle: middle)
            case .network: try drawNetwork(left: place.left)
            case .fire: drawFire(middle: middle)
            case .sum: drawSum(middle: middle)
            case .life: drawLife(middle: middle)
            }
        }
        let total = rule.parameterCount
        drawing.add(
            .text(
                "\(total.grouped) parameters, the same for every cell",
                at: Point(Double(drawing.width) / 2, size * (Self.height - 1)), align: .center,
                TextStyle(size: title.size, color: palette.ink)))
    }

    private mutating func write(_ words: (title: String, lines: [String]), middle: Double) {
        if !words.title.isEmpty {
            drawing.add(.text(words.title, at: Point(middle, size * 3), align: .center, title))
        }
        for (index, line) in words.lines.enumerated() {
            let baseline = size * (15.4 + 1.1 * Double(index))
            drawing.add(.text(line, at: Point(middle, baseline), align: .center, label))
        }
    }

    /// The state goes past the network, and the update is added to it.
    private mutating func drawWayAround(from start: Double, to end: Double) {
        let top = size * 1.2
        arrow([Point(start, axis), Point(start, top), Point(end, top), Point(end, axis - size * 0.8)])
        let dot = size * 0.16
        drawing.add(
            .rectangle(
                x: start - dot, y: axis - dot, width: 2 * dot, height: 2 * dot, radius: dot, palette.quietInk))
    }

    /// What stands between layers as vectors, as long as they have numbers, and the layers between them.
    private mutating func drawNetwork(left: Double) throws {
        let numbers = [rule.perception.inputs(channels: rule.channels)] + rule.network.layers.map(\.outputs)
        let unit = Self.reach * size / Double(numbers.max() ?? 1)
        var x = left
        for (index, count) in numbers.enumerated() {
            let half = max(Double(count) * unit, size * 0.1)
            if index < layers.count {
                let layer = layers[index]
                let width = try widest(layer) + size
                let next = max(Double(numbers[index + 1]) * unit, size * 0.1)
                let end = x + size + width
                drawing.add(
                    .polygon(
                        [
                            Point(x + size, axis - half), Point(end, axis - next), Point(end, axis + next),
                            Point(x + size, axis + half),
                        ], palette.resting.opacity(0.45)))
                write(layer, middle: x + size + width / 2)
                drawVector(x: x, half: half, parts: index == 0 ? rule.perception.filters.count : 1)
                writeCount(count, middle: x + size / 2, half: half)
                x = end
            } else {
                drawVector(x: x, half: half, parts: 1)
                writeCount(count, middle: x + size / 2, half: half)
            }
        }
    }

    private mutating func drawVector(x: Double, half: Double, parts: Int) {
        let part = 2 * half / Double(parts)
        for index in 0..<parts {
            let y = axis - half + Double(index) * part
            drawing.add(.rectangle(x: x, y: y, width: size, height: part, palette.life))
            guard index > 0 else { continue }
            drawing.add(.line([Point(x, y), Point(x + size, y)], lineWidth: lineWidth * 1.5, palette.page))
        }
    }

    private mutating func writeCount(_ count: Int, middle: Double, half: Double) {
        drawing.add(.text("\(count)", at: Point(middle, axis + half + size), align: .center, label))
    }
}
