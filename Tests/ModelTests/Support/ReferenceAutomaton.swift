import Foundation

@testable import GNCACells

/// The update rule written down plainly: every cell is computed in every step, nothing is skipped, nothing is packed.
///
/// Sums run in the order in which the kernels run them, so that equality can be asked for bit by bit.
struct ReferenceAutomaton {
    let rule: Rule
    var state: CellGrid
    var angle: Float = 0
    /// Whether a * b + c is rounded once.
    var fuses = true

    init(rule: Rule, state: CellGrid) {
        self.rule = rule
        self.state = state
    }

    /// False where a value is not finite; the state stays then.
    mutating func step(fire: [UInt8]) -> Bool {
        var new = state
        for y in 0..<state.height {
            for x in 0..<state.width where fire[y * state.width + x] != 0 {
                let update = update(perception(x: x, y: y))
                for channel in 0..<state.channels { new.values[state.offset(x: x, y: y) + channel] += update[channel] }
            }
        }
        let before = alive(state)
        let after = alive(new)
        for y in 0..<state.height {
            for x in 0..<state.width {
                let cell = y * state.width + x
                if (rule.lifeMask.before && !before[cell]) || (rule.lifeMask.after && !after[cell]) {
                    new.erase(x: x, y: y)
                }
            }
        }
        guard new.values.allSatisfy(\.isFinite) else { return false }
        state = new
        return true
    }

    /// One number of a neighbour.
    private func value(_ grid: CellGrid, x: Int, y: Int, channel: Int) -> Float? {
        var (x, y) = (x, y)
        if rule.padding == .torus {
            x = (x + grid.width) % grid.width
            y = (y + grid.height) % grid.height
        }
        guard (0..<grid.width).contains(x), (0..<grid.height).contains(y) else { return nil }
        return grid.values[grid.offset(x: x, y: y) + channel]
    }

    private func alive(_ grid: CellGrid) -> [Bool] {
        var alive = [Bool](repeating: false, count: grid.height * grid.width)
        for y in 0..<grid.height {
            for x in 0..<grid.width {
                for dy in -1...1 {
                    for dx in -1...1 {
                        if let alpha = value(grid, x: x + dx, y: y + dy, channel: CellGrid.alphaChannel),
                            alpha > rule.lifeMask.threshold
                        {
                            alive[y * grid.width + x] = true
                        }
                    }
                }
            }
        }
        return alive
    }

    func perception(x: Int, y: Int) -> [Float] {
        let channels = state.channels
        var perception = [Float](repeating: 0, count: 3 * channels)
        let cosine = Float(cos(Double(angle)) * Double(rule.sobelScale))
        let sine = Float(sin(Double(angle)) * Double(rule.sobelScale))
        for channel in 0..<channels {
            func at(_ dx: Int, _ dy: Int) -> Float { value(state, x: x + dx, y: y + dy, channel: channel) ?? 0 }
            let sobelX = ((at(1, -1) - at(-1, -1)) + (at(1, 1) - at(-1, 1))) + 2 * (at(1, 0) - at(-1, 0))
            let sobelY = ((at(-1, 1) - at(-1, -1)) + (at(1, 1) - at(1, -1))) + 2 * (at(0, 1) - at(0, -1))
            perception[channel] = at(0, 0)
            perception[channels + channel] = multiplyAdd(cosine, sobelX, -(sine * sobelY))
            perception[2 * channels + channel] = multiplyAdd(sine, sobelX, cosine * sobelY)
        }
        return perception
    }

    private func update(_ perception: [Float]) -> [Float] {
        var update = rule.b2 ?? [Float](repeating: 0, count: rule.channels)
        for unit in 0..<rule.hidden {
            var sum = rule.b1[unit]
            let row = unit * perception.count
            for input in 0..<perception.count { sum = multiplyAdd(perception[input], rule.w1[row + input], sum) }
            let relu = sum < 0 ? 0 : sum
            for channel in 0..<rule.channels {
                update[channel] = multiplyAdd(relu, rule.w2[channel * rule.hidden + unit], update[channel])
            }
        }
        return update
    }

    private func multiplyAdd(_ a: Float, _ b: Float, _ c: Float) -> Float { fuses ? c.addingProduct(a, b) : a * b + c }
}
