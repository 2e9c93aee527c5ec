@testable import GNCACells

/// Rules of every kind that the article's is not, each with patterns that grow and die within a few steps.
enum GeneralRules {
    /// Names, for arguments of tests.
    static let names = [
        "laplacian", "one filter", "nine shifts", "scharr and gauss", "learned filters", "one layer", "three layers",
        "five layers", "leaky relu", "tanh", "sigmoid", "gelu", "elu", "abs", "clamp activation",
        "tanh update, clamp all",
        "clamp rgb", "clamp rgba", "gain", "no biases", "appended control", "added control", "added control, after",
        "own cell", "own cell, before", "life channel", "no life", "quiet without life", "three channels",
        "seventeen channels", "numbers as filters", "torus", "mean of the grid", "mean of the grid, no life",
        "mean of the grid, after", "means of its parts", "means of its parts, other filters", "births",
        "births on a torus", "copies", "births, mean of the grid",
    ]

    /// The rule of that name, with random weights.
    static func rule(_ name: String, seed: Int) throws -> Rule {
        var random = TestRandom(seed)
        var channels = 6
        var hidden = [9]
        var perception = Perception()
        var life = Life()
        var edges = Edges.zero
        let identity = Filter.named(.identity, 1)
        switch name {
        case "laplacian": perception.filters = Filter.sobel(scale: 0.125) + [.named(.laplacian8, 0.0625)]
        case "one filter": perception.filters = [.named(.laplacian4, 0.25)]
        case "nine shifts": perception.filters = Filter.Kernel.shifts.map { .named($0, 1) }
        case "scharr and gauss":
            perception.filters = [
                identity, .named(.scharrX, 0.03125), .named(.scharrY, -0.03125), .named(.gauss, 0.0625),
            ]
        case "learned filters": perception.filters = (0..<3).map { _ in .taps(random.numbers(9 * 6, -0.5...0.5)) }
        case "numbers as filters":
            perception.filters = [identity, .taps(random.numbers(9, -0.5...0.5)), .taps(random.numbers(9, -0.5...0.5))]
        case "one layer": hidden = []
        case "three layers": hidden = [9, 20]
        case "five layers": hidden = [9, 20, 5, 33]
        case "appended control": perception.control = Control(.appended, random.numbers(3, -1...1))
        case "added control", "added control, after":
            perception.control = Control(.added, random.numbers(2, -0.5...0.5))
            if name == "added control, after" { life.before = false }
        case "mean of the grid", "mean of the grid, no life", "mean of the grid, after":
            perception.global = .mean
            if name.hasSuffix("no life") { life = Life(before: false, after: false) }
            if name.hasSuffix("after") { life.before = false }
        case "births": life.birth = .inherit
        case "births on a torus":
            life.birth = .inherit
            edges = .torus
        case "births, mean of the grid":
            life.birth = .inherit
            perception.global = .mean
        case "copies": life.birth = .copy
        case "means of its parts": perception.global = .pool
        case "means of its parts, other filters":
            perception = Perception(
                filters: [identity, .named(.laplacian8, 0.0625)],
                control: Control(.appended, random.numbers(3, -1...1)), global: .pool)
        case "own cell": life = Life(before: false, after: true, threshold: 0.05, reach: .cell)
        case "own cell, before": life = Life(before: true, after: true, threshold: -0.02, reach: .cell)
        case "life channel": life.channel = 5
        case "no life", "quiet without life": life = Life(before: false, after: false)
        case "clamp rgb": life.clamp = Clamp(.rgb, -0.1...0.4)
        case "clamp rgba": life.clamp = Clamp(.rgba)
        case "tanh update, clamp all": life.clamp = Clamp(.all, -0.5...0.5)
        case "three channels":
            channels = 3
            life = Life(before: false, after: false)
        case "seventeen channels":
            channels = 17
            perception.filters.append(.named(.mean, 0.111))
        case "torus":
            edges = .torus
            perception.filters.append(.named(.mean, 0.111))
        default: break
        }
        let widths = [perception.inputs(channels: channels)] + hidden + [channels]
        let layers = try zip(widths, widths.dropFirst()).enumerated().map { index, sizes in
            let isLast = index == hidden.count
            let scale = (isLast ? 0.5 : 1) / Float(sizes.0).squareRoot()
            let weights = random.numbers(sizes.0 * sizes.1, -1...1).map { $0 * scale * 2 }
            let range: ClosedRange<Float> = isLast ? -0.03...0.03 : -0.3...0.05
            let bias = name == "no biases" || name == "quiet without life" ? nil : random.numbers(sizes.1, range)
            return try DenseLayer(inputs: sizes.0, outputs: sizes.1, weights: weights, bias: bias)
        }
        var network = Network(layers: layers)
        switch name {
        case "leaky relu": network.activation = .leakyRelu(slope: 0.1)
        case "tanh": network.activation = .tanh
        case "sigmoid": network.activation = .sigmoid
        case "gelu": network.activation = .gelu
        case "elu": network.activation = .elu
        case "abs": network.activation = .abs
        case "clamp activation": network.activation = .clamp(0...0.2)
        case "tanh update, clamp all": network.updateActivation = .tanh
        case "gain": network.gain = 0.5
        default: break
        }
        let appearance = channels == 3 ? Appearance(picture: .opaque) : Appearance()
        return try Rule(
            channels: channels, perception: perception, network: network, life: life, appearance: appearance,
            edges: edges)
    }

    /// Whether the reference computes the very numbers: no activation has to compute a power of e.
    static func isExact(_ rule: Rule) -> Bool {
        let curved: [Activation] = [.tanh, .sigmoid, .gelu, .elu]
        return !curved.contains(rule.network.activation) && !curved.contains(rule.network.updateActivation)
    }
}
