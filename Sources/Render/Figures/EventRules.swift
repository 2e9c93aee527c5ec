import GNCARaster

/// Rules through all panels where something happens, with names above them that meet neither one another nor other rules.
struct EventRules: Sendable {
    private let events: [(step: Double, name: String?)]

    /// Of several events with one name in a row, the first is named.
    init(_ events: [RunMoment]) {
        self.events = events.indices.map { index in
            let isNew = index == 0 || events[index - 1].event != events[index].event
            return (Double(events[index].step), isNew ? events[index].event : nil)
        }
    }

    /// Names that would need more rows than these are left out.
    private static let mostRows = 5

    /// A rule with its name, pixels.
    struct Rule {
        let x: Double
        let name: String?
        /// Of the name.
        let width: Double
        /// Whether the name stands to the left of the rule.
        var isLeft: Bool
        /// From the panels upwards; nil where there is no name, or no row for it.
        var row: Int?

        /// Whether the name would be crossed by a rule at `x`.
        func meets(_ x: Double) -> Bool {
            isLeft ? (self.x - width < x && x < self.x) : (self.x < x && x < self.x + width)
        }
    }

    struct Placed {
        let rules: [Rule]
        /// Of all rows of names.
        let height: Double
    }

    /// `left`: where names may begin, pixels. Throws where a character has no font.
    func placed(_ area: PlotArea, left: Double, _ text: TextStyle) throws(RasterError) -> Placed {
        let size = Double(text.size)
        var rules: [Rule] = []
        for event in events {
            let x = area.x(event.step)
            let width = try event.name.map { (name) throws(RasterError) in
                Double(try text.measure(name).width) + size * 0.8
            }
            let isLeft = x + (width ?? 0) > area.right + size && x - (width ?? 0) >= left
            rules.append(Rule(x: x, name: event.name, width: width ?? 0, isLeft: isLeft))
        }
        Self.turn(&rules, left: left)
        Self.stack(&rules)
        let rows = rules.compactMap(\.row).max().map { $0 + 1 } ?? 0
        return Placed(rules: rules, height: Double(rows) * size * 1.4)
    }

    /// Of two names that each would cross the other's rule, the first goes to the left of its own.
    private static func turn(_ rules: inout [Rule], left: Double) {
        for later in rules.indices.reversed() where rules[later].isLeft {
            for earlier in rules.indices.prefix(later) where !rules[earlier].isLeft {
                guard rules[later].meets(rules[earlier].x), rules[earlier].meets(rules[later].x) else { continue }
                rules[earlier].isLeft = rules[earlier].x - rules[earlier].width >= left
            }
        }
    }

    /// A name stands above the ends of all rules that it would meet; of those that cannot, the first is left out.
    private static func stack(_ rules: inout [Rule]) {
        var named = rules.indices.filter { rules[$0].name != nil }
        repeat {
            for index in rules.indices { rules[index].row = named.contains(index) ? 0 : nil }
            for _ in 0...mostRows {
                for index in named {
                    let met = rules.filter { rules[index].meets($0.x) }.compactMap(\.row).max() ?? -1
                    rules[index].row = max(rules[index].row ?? 0, met + 1)
                }
            }
            guard let first = named.firstIndex(where: { (rules[$0].row ?? 0) >= mostRows }) else { return }
            named.remove(at: first)
        } while true
    }
}

extension EventRules.Placed {
    /// `panels`: from top to bottom, whose titles stand above them; names stand above the first title.
    func draw(in panels: [PlotArea], _ text: TextStyle, _ palette: ThemeColors, _ drawing: inout Drawing) {
        let size = Double(text.size)
        let base = (panels.first?.top ?? 0) - size * 2
        let colour = palette.quietInk.opacity(0.7)
        func add(_ x: Double, from top: Double, to bottom: Double) {
            drawing.add(.line([Point(x, top), Point(x, bottom)], lineWidth: PlotArea.hairline(text), colour))
        }
        for rule in rules {
            for panel in panels { add(rule.x, from: panel.top, to: panel.bottom) }
            guard let row = rule.row, let name = rule.name, let first = panels.first else { continue }
            let baseline = base - Double(row) * size * 1.4
            add(rule.x, from: baseline - size * 0.9, to: first.top)
            let at = Point(rule.x + size * (rule.isLeft ? -0.4 : 0.4), baseline)
            drawing.add(.text(name, at: at, align: rule.isLeft ? .right : .left, text))
        }
    }
}
