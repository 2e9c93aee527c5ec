@testable import GNCACells

/// Backpropagation through time written down plainly, in double precision: all states are kept, all cells visited.
struct ReferenceGradient {
    let rule: Rule
    private(set) var w1: [Double]
    private(set) var b1: [Double]
    private(set) var w2: [Double]
    private(set) var b2: [Double]
    /// `[H * W][C]`
    private(set) var state: [Double]

    /// `state`: the gradient with respect to the last state.
    init(rule: Rule, state: [Float]) {
        self.rule = rule
        self.state = state.map(Double.init)
        w1 = rule.w1.map { _ in 0 }
        b1 = rule.b1.map { _ in 0 }
        w2 = rule.w2.map { _ in 0 }
        b2 = [Double](repeating: 0, count: rule.channels)
    }

    /// Back over an erasure.
    mutating func back(erased: [UInt8]) {
        for index in state.indices where erased[index / rule.channels] != 0 { state[index] = 0 }
    }

    /// Back over the step that began at `before` and left the cells in `kept` (`[H * W]`) as they became.
    mutating func back(before: CellGrid, fire: [UInt8], kept: [Bool]) {
        for index in state.indices where !kept[index / rule.channels] { state[index] = 0 }
        let after = state
        let automaton = ReferenceAutomaton(rule: rule, state: before)
        let channels = rule.channels
        for y in 0..<before.height {
            for x in 0..<before.width where fire[y * before.width + x] != 0 && kept[y * before.width + x] {
                let row = before.offset(x: x, y: y)
                let input = automaton.perception(x: x, y: y)
                var back = [Double](repeating: 0, count: 3 * channels)
                for channel in 0..<channels { b2[channel] += after[row + channel] }
                for unit in 0..<rule.hidden {
                    var sum = Double(rule.b1[unit])
                    for index in input.indices {
                        sum += Double(input[index]) * Double(rule.w1[unit * 3 * channels + index])
                    }
                    guard sum > 0 else { continue }
                    var gradient = 0.0
                    for channel in 0..<channels {
                        w2[channel * rule.hidden + unit] += after[row + channel] * sum
                        gradient += after[row + channel] * Double(rule.w2[channel * rule.hidden + unit])
                    }
                    b1[unit] += gradient
                    for index in input.indices {
                        w1[unit * 3 * channels + index] += gradient * Double(input[index])
                        back[index] += gradient * Double(rule.w1[unit * 3 * channels + index])
                    }
                }
                scatter(back, x: x, y: y, on: before)
            }
        }
    }

    /// The transpose of the three filters.
    private mutating func scatter(_ back: [Double], x: Int, y: Int, on grid: CellGrid) {
        let scale = Double(rule.sobelScale)
        for dy in -1...1 {
            for dx in -1...1 {
                var (nx, ny) = (x + dx, y + dy)
                if rule.padding == .torus {
                    (nx, ny) = ((nx + grid.width) % grid.width, (ny + grid.height) % grid.height)
                }
                guard (0..<grid.width).contains(nx), (0..<grid.height).contains(ny) else { continue }
                let sobelX = scale * Double(dx * (2 - dy * dy))
                let sobelY = scale * Double(dy * (2 - dx * dx))
                for channel in 0..<rule.channels {
                    var sum = sobelX * back[rule.channels + channel] + sobelY * back[2 * rule.channels + channel]
                    if dx == 0 && dy == 0 { sum += back[channel] }
                    state[grid.offset(x: nx, y: ny) + channel] += sum
                }
            }
        }
    }
}
