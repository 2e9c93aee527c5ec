@testable import GNCACells

/// Backpropagation through time written down plainly, for every rule, in double precision: all states are kept, all cells
/// visited.
struct ReferenceGradient {
    let rule: Rule
    /// By the names of `Rule.tensors`.
    private(set) var tensors: [String: [Double]] = [:]
    /// `[H * W][C]`
    private(set) var state: [Double]

    /// `state`: the gradient with respect to the last state.
    init(rule: Rule, state: [Float]) {
        self.rule = rule
        self.state = state.map(Double.init)
        for tensor in rule.tensors { tensors[tensor.name] = tensor.values.map { _ in 0 } }
    }

    subscript(_ name: String) -> [Float] { (tensors[name] ?? []).map { Float($0) } }
    var w1: [Double] { tensors["w1"] ?? [] }
    var b1: [Double] { tensors["b1"] ?? [] }
    var w2: [Double] { tensors["w2"] ?? [] }
    var b2: [Double] { tensors["b2"] ?? [] }

    private mutating func add(_ value: Double, to name: String, _ index: Int) { tensors[name]?[index] += value }

    /// Back over an erasure.
    mutating func back(erased: [UInt8]) {
        for index in state.indices where erased[index / rule.channels] != 0 { state[index] = 0 }
    }

    /// Back over the step that began at `before`, in which cells were born of `mothers`, and which left the cells in `kept`
    /// (`[H * W]`) as they became.
    mutating func back(before start: CellGrid, fire: [UInt8], kept: [Bool], mothers: [Int: Int]) {
        var born = ReferenceAutomaton(rule: rule, state: start)
        let alive = born.alive(start)
        for (child, mother) in mothers { born.bear(child, of: mother) }
        back(before: born.state, fire: fire, kept: kept, alive: alive)
        back(mothers, at: start)
    }

    /// A child's channels hand their gradient to its mother, and where she divides in part, to her channel 4, too.
    private mutating func back(_ mothers: [Int: Int], at start: CellGrid) {
        let channels = rule.channels
        for (child, mother) in mothers {
            let divide = Double(start.values[mother * channels + 4])
            let isCopy = rule.life.birth == .copy
            var all = 0.0
            for channel in (isCopy ? 0 : 4)..<channels {
                let gradient = state[child * channels + channel]
                all += gradient * Double(start.values[mother * channels + channel])
                state[mother * channels + channel] += (isCopy ? min(divide, 1) : 1) * gradient
                state[child * channels + channel] = 0
            }
            if isCopy && divide < 1 { state[mother * channels + 4] += all }
        }
    }

    /// Back over the step that began at `before` and left the cells in `kept` (`[H * W]`) as they became.
    mutating func back(before: CellGrid, fire: [UInt8], kept: [Bool]) {
        back(before: before, fire: fire, kept: kept, alive: ReferenceAutomaton(rule: rule, state: before).alive(before))
    }

    private mutating func back(before: CellGrid, fire: [UInt8], kept: [Bool], alive: [Bool]) {
        for index in state.indices where !kept[index / rule.channels] { state[index] = 0 }
        let automaton = ReferenceAutomaton(rule: rule, state: before)
        let seen = automaton.perceived(alive)
        let after = state
        let appended = automaton.appended(alive)
        var shared = appended.map { _ in 0.0 }
        for cell in kept.indices where fire[cell] != 0 && kept[cell] && automaton.updates(cell, alive) {
            let (x, y) = (cell % before.width, cell / before.width)
            let input = automaton.perception(x: x, y: y, of: seen).map(Double.init)
            var inputs = [input + appended.map(Double.init)]
            var sums: [[Double]] = []
            let layers = rule.network.layers
            for (index, layer) in layers.enumerated() {
                let values = inputs[index]
                let sum = (0..<layer.outputs).map { unit in
                    values.indices.reduce(Double(layer.bias?[unit] ?? 0)) {
                        $0 + values[$1] * Double(layer.weights[unit * layer.inputs + $1])
                    }
                }
                sums.append(sum)
                inputs.append(sum.map { activation(index).reference($0) })
            }
            var gradient = (0..<rule.channels).map { channel -> Double in
                let own = Double(before.values[cell * rule.channels + channel])
                let new = own + Double(rule.network.gain) * inputs[layers.count][channel]
                guard passes(new, channel) else {
                    state[cell * rule.channels + channel] -= after[cell * rule.channels + channel]
                    return 0
                }
                return after[cell * rule.channels + channel] * Double(rule.network.gain)
            }
            for index in layers.indices.reversed() {
                gradient = back(through: index, gradient, inputs[index], sums[index])
            }
            scatter(gradient, x: x, y: y, on: seen, alive: alive)
            for place in shared.indices { shared[place] += gradient[input.count + place] }
        }
        handOn(shared, parts: automaton.parts(alive))
    }

    /// The gradient with respect to what is the same for all cells, to the control vector and to the cells of the means.
    private mutating func handOn(_ back: [Double], parts: [[Int]]) {
        let control = back.count - parts.count * rule.channels
        for place in 0..<control { add(back[place], to: "control", place) }
        for (part, cells) in parts.enumerated() {
            for cell in cells {
                for channel in 0..<rule.channels {
                    state[cell * rule.channels + channel] +=
                        back[control + part * rule.channels + channel] / Double(cells.count)
                }
            }
        }
    }

    private func activation(_ layer: Int) -> Activation {
        layer == rule.network.layers.count - 1 ? rule.network.updateActivation : rule.network.activation
    }

    private func passes(_ value: Double, _ channel: Int) -> Bool {
        guard let clamp = rule.life.clamp else { return true }
        let count = clamp.channels == .rgb ? 3 : clamp.channels == .rgba ? 4 : rule.channels
        return channel >= count
            || (value >= Double(clamp.range.lowerBound) && value <= Double(clamp.range.upperBound))
    }

    /// Returns the gradient with respect to the layer's inputs.
    private mutating func back(
        through index: Int, _ outputs: [Double], _ inputs: [Double], _ sums: [Double]
    ) -> [Double] {
        let layer = rule.network.layers[index]
        var back = [Double](repeating: 0, count: layer.inputs)
        for unit in 0..<layer.outputs {
            let gradient = outputs[unit] * activation(index).slope(sums[unit])
            if layer.bias != nil { add(gradient, to: "b\(index + 1)", unit) }
            for input in inputs.indices {
                add(gradient * inputs[input], to: "w\(index + 1)", unit * layer.inputs + input)
                back[input] += gradient * Double(layer.weights[unit * layer.inputs + input])
            }
        }
        return back
    }

    /// The transpose of the filters.
    private mutating func scatter(_ back: [Double], x: Int, y: Int, on seen: CellGrid, alive: [Bool]) {
        let channels = rule.channels
        let learns = tensors["filters"] != nil
        let control = rule.perception.control?.place == .added ? rule.perception.control?.values.count ?? 0 : 0
        for (number, filter) in rule.perception.filters.enumerated() {
            let taps = filter.taps(channels: channels)
            for tap in 0..<9 {
                var (nx, ny) = (x + tap % 3 - 1, y + tap / 3 - 1)
                if rule.edges == .torus {
                    (nx, ny) = ((nx + seen.width) % seen.width, (ny + seen.height) % seen.height)
                }
                guard (0..<seen.width).contains(nx), (0..<seen.height).contains(ny) else { continue }
                let there = ny * seen.width + nx
                for channel in 0..<channels {
                    let gradient = back[number * channels + channel]
                    let handedOn = gradient * Double(taps[tap * channels + channel])
                    state[there * channels + channel] += handedOn
                    if learns {
                        add(
                            gradient * Double(seen.values[there * channels + channel]), to: "filters",
                            (number * channels + channel) * 9 + tap)
                    }
                    let place = channel - channels + control
                    if place >= 0, alive[there] { add(handedOn, to: "control", place) }
                }
            }
        }
    }
}
