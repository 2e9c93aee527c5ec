import GNCABasics

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension ONNXGraph {
    /// Operations that hand their first input on, turned or under another shape.
    static let passing: Set<String> = [
        "Identity", "Transpose", "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Cast", "Dropout",
    ]

    /// What stands between two values that differ number by number, as "relu" or "clamp(0,2)"; nil where `value` does not
    /// follow from `base` in that way. Exporters write an activation in many ways, so that it is told by what it computes.
    func activation(from base: String, to value: String) throws(FormatFault) -> String? {
        guard follows(value, from: base) else { return nil }
        // The far ones tell what is clamped.
        let points: [Float] = [-1000, -3, -1.5, -0.7, -0.1, 0, 0.1, 0.7, 1.5, 3, 8, 1000]
        let values = points.compactMap { sample(value, base, $0) }
        func fits(_ function: (Float) -> Float, _ tolerance: Float = 1e-5) -> Bool {
            zip(points, values).allSatisfy { abs(function($0) - $1) <= tolerance * max(abs($0), 1) }
        }
        guard values.count == points.count else { throw Self.unknown }
        if fits({ $0 }) { return "none" }
        if fits({ max($0, 0) }) { return "relu" }
        if fits(tanhf) { return "tanh" }
        if fits({ 1 / (1 + expf(-$0)) }) { return "sigmoid" }
        if fits(abs) { return "abs" }
        if fits({ $0 > 0 ? $0 : expf($0) - 1 }) { return "elu" }
        // One of its two usual forms is an approximation.
        if fits({ $0 / 2 * (1 + erff($0 / Float(2).squareRoot())) }, 1e-3) { return "gelu" }
        if let slope = sample(value, base, -1).map({ -$0 }), slope > 0, slope < 1, fits({ $0 > 0 ? $0 : slope * $0 }) {
            return slope == 0.01 ? "leaky-relu" : "leaky-relu(\(slope))"
        }
        if let low = sample(value, base, -1e6), let high = sample(value, base, 1e6), low < high,
            fits({ min(max($0, low), high) })
        {
            return "clamp(\(Self.spelled(low)),\(Self.spelled(high)))"
        }
        throw Self.unknown
    }

    /// Whether `value` is computed from `base` number by number.
    func follows(_ value: String, from base: String) -> Bool { sample(value, base, 0.7) != nil }

    private static let unknown = FormatFault(
        reason: "a layer of the graph is followed by an activation that is not read")

    private static func spelled(_ number: Float) -> String { Int(exactly: number).map { "\($0)" } ?? "\(number)" }

    /// The factor between the two, where that is all there is.
    func factor(from base: String, to value: String) -> Float? {
        guard let factor = sample(value, base, 1), factor.isFinite, factor != 0,
            [-3, -0.5, 0, 0.25, 2].allSatisfy({ sample(value, base, $0) == factor * $0 })
        else { return nil }
        return factor
    }

    /// The number in `value` where the one in `base` is `x`; nil where other things matter.
    private func sample(_ value: String, _ base: String, _ x: Float) -> Float? {
        var budget = 200
        return sample(value, base, x, depth: 24, &budget)
    }

    private func sample(_ value: String, _ base: String, _ x: Float, depth: Int, _ budget: inout Int) -> Float? {
        if value == base { return x }
        if constants[value] != nil { return singles[value] }
        budget -= 1
        guard depth > 0, budget > 0, let node = maker(value), node.outputs.first == value, let input = node.inputs.first
        else { return nil }
        guard let a = sample(input, base, x, depth: depth - 1, &budget) else { return nil }
        if Self.passing.contains(node.operation) { return a }
        if let result = Self.unary(node, a) { return result }
        if node.operation == "Clip" {
            let (low, high) = (bound(node, 1, "min"), bound(node, 2, "max"))
            return min(max(a, low ?? -.infinity), high ?? .infinity)
        }
        guard node.inputs.count == 2, let b = sample(node.inputs[1], base, x, depth: depth - 1, &budget) else {
            return nil
        }
        return switch node.operation {
        case "Add": a + b
        case "Sub": a - b
        case "Mul": a * b
        case "Div": a / b
        case "Pow": powf(a, b)
        case "Max": max(a, b)
        case "Min": min(a, b)
        case "PRelu": a < 0 ? a * b : a
        default: nil
        }
    }

    /// A bound of Clip: an input since version 11 of the operations, an attribute before.
    func bound(_ node: Node, _ place: Int, _ name: String) -> Float? {
        guard node.inputs.count > place, !node.inputs[place].isEmpty else { return node.numbers[name] }
        return constants[node.inputs[place]]?.values.first
    }

    private static func unary(_ node: Node, _ a: Float) -> Float? {
        switch node.operation {
        case "Relu": return max(a, 0)
        case "LeakyRelu": return a < 0 ? a * (node.numbers["alpha"] ?? 0.01) : a
        case "Tanh": return tanhf(a)
        case "Sigmoid": return 1 / (1 + expf(-a))
        case "Elu": return a < 0 ? (node.numbers["alpha"] ?? 1) * (expf(a) - 1) : a
        case "Gelu": return a / 2 * (1 + erff(a / Float(2).squareRoot()))
        case "Abs": return abs(a)
        case "Neg": return -a
        case "Erf": return erff(a)
        case "Exp": return expf(a)
        case "Sqrt": return a.squareRoot()
        default: return nil
        }
    }
}
