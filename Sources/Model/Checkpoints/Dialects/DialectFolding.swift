import GNCABasics
import GNCACells

/// Layers of any dialect brought into the form that `Rule` has, and in words what was changed.
struct DialectFolding {
    let rule: Rule
    /// A line for everything that changed a weight or its place.
    private(set) var notes: [String] = []

    init(_ file: FileLayers, _ dialect: Dialect) throws(FormatFault) {
        var rule = dialect.rule
        rule.channels = file.channels
        rule.network.layers = file.layers
        var folding = Folding(rule: rule, order: file.isConvolution ? .channel : dialect.order)
        try folding.orderColumns()
        folding.foldGradients()
        if dialect.alpha == .last { folding.moveLastChannels() }
        folding.foldGain()
        do throws(ModelError) {
            try folding.rule.check()
        } catch {
            throw FormatFault(error)
        }
        self.rule = folding.rule
        notes = folding.notes
    }
}

private struct Folding {
    var rule: Rule
    let order: Dialect.Order
    var notes: [String] = []

    init(rule: Rule, order: Dialect.Order) {
        self.rule = rule
        self.order = order
    }

    /// Columns of the first layer that are the filters'; an appended control vector's follow.
    private var filterColumns: Int { rule.perception.filters.count * rule.channels }

    /// The first layer with column `source(index)` times `factor(index)` in place of every column that is a filter's.
    private mutating func mapColumns(_ source: (Int) -> Int, factor: (Int) -> Float = { _ in 1 }) {
        let first = rule.network.layers[0]
        let columns = filterColumns
        var weights = first.weights
        for unit in 0..<first.outputs {
            let row = unit * first.inputs
            for column in 0..<columns {
                weights[row + column] = first.weights[row + source(column)] * factor(column)
            }
        }
        rule.network.layers[0].weights = weights
    }

    mutating func orderColumns() throws(FormatFault) {
        guard rule.network.layers[0].inputs >= filterColumns else {
            throw FormatFault(
                reason: "the first layer has fewer inputs than \(rule.perception.filters.count) filters of "
                    + "\(rule.channels) channels (got \(rule.network.layers[0].inputs))", remedy: .filters)
        }
        guard order == .channel else { return }
        let (channels, filters) = (rule.channels, rule.perception.filters.count)
        mapColumns({ $0 % channels * filters + $0 / channels })
        notes.append("columns of layer 1 put in filter-major order")
    }

    /// Identity and two Sobel filters in any order, sign and scale become identity, x, y of Sobel / 8: the form that the
    /// fast kernels compute.
    mutating func foldGradients() {
        var dialect = Dialect()
        dialect.rule = rule
        let canonical = Filter.sobel(scale: 0.125)
        guard dialect.hasGradients, rule.perception.filters != canonical else { return }
        let filters = rule.perception.filters
        let wanted: [Filter.Kernel] = [.identity, .sobelX, .sobelY]
        let found = wanted.map { kernel -> (place: Int, factor: Float) in
            for (place, filter) in filters.enumerated() {
                if case .named(kernel, let factor) = filter { return (place, factor) }
            }
            return (0, 1)
        }
        let channels = rule.channels
        mapColumns(
            { found[$0 / channels].place * channels + $0 % channels },
            factor: { $0 < channels ? 1 : found[$0 / channels].factor * 8 })
        rule.perception.filters = canonical
        if filters[0] != .named(.identity, 1) { notes.append("columns of the identity moved to the front") }
        if dialect.exchange { notes.append("columns of the x- and y-gradients exchanged") }
        if dialect.scale != 0.125 {
            notes.append("columns of the gradients multiplied by \(dialect.scale * 8), for Sobel / 8")
        }
        switch dialect.negate {
        case .none: break
        case .x, .y: notes.append("columns of the \(dialect.negate.rawValue)-gradients negated")
        case .xy: notes.append("columns of the gradients negated")
        }
    }

    /// Red, green, blue and alpha to channels 0 to 3.
    mutating func moveLastChannels() {
        let channels = rule.channels
        guard channels >= 4, let last = rule.network.layers.last else { return }
        let places = Array((channels - 4)..<channels) + Array(0..<(channels - 4))
        mapColumns({ $0 / channels * channels + places[$0 % channels] })
        let rows = places.flatMap { last.weights[($0 * last.inputs)..<(($0 + 1) * last.inputs)] }
        // The last layer may be the first one: its columns are in their places already.
        let index = rule.network.layers.count - 1
        if index == 0 {
            let moved = rule.network.layers[0].weights
            rule.network.layers[0].weights = places.flatMap { moved[($0 * last.inputs)..<(($0 + 1) * last.inputs)] }
        } else {
            rule.network.layers[index].weights = rows
        }
        rule.network.layers[index].bias = last.bias.map { bias in places.map { bias[$0] } }
        for (filter, taps) in rule.perception.filters.enumerated() {
            guard case .taps(let values) = taps, values.count != 9 else { continue }
            rule.perception.filters[filter] = .taps(places.flatMap { values[($0 * 9)..<($0 * 9 + 9)] })
        }
        notes.append("the last four channels moved to the front")
    }

    /// A factor on the update is one on the last layer, where nothing follows that.
    mutating func foldGain() {
        let gain = rule.network.gain
        guard gain != 1, rule.network.updateActivation == .none else { return }
        let index = rule.network.layers.count - 1
        rule.network.layers[index].weights = rule.network.layers[index].weights.map { $0 * gain }
        rule.network.layers[index].bias = rule.network.layers[index].bias.map { $0.map { $0 * gain } }
        rule.network.gain = 1
        notes.append("layer \(index + 1) multiplied by \(gain)")
    }
}
