import GNCACells

/// What an optimiser remembers from one update to the next.
struct OptimiserMemory: Equatable {
    /// Of all numbers, or, beside muon, of those that belong to no matrix.
    var adam: Adam
    /// Of the matrices; nil where Adam changes them, too.
    var muon: Muon?

    /// Of an optimiser that has made no update.
    init(_ optimiser: TrainingSettings.Optimiser, of rule: Rule) {
        switch optimiser {
        case .adam: adam = Adam(count: rule.parameterCount)
        case .muon:
            let matrices = rule.tensors.filter(\.isMatrix).reduce(0) { $0 + $1.values.count }
            muon = Muon(count: matrices)
            adam = Adam(count: rule.parameterCount - matrices)
        }
    }

    /// What to subtract from the weights when `progress` (0...1) of the training is done. `factor`: on the learning rate.
    mutating func step(
        gradient: WeightGradient, progress: Double, factor: Float, _ settings: TrainingSettings
    ) -> [Float] {
        func rate(_ highest: Float) -> Float { settings.learningRate(highest, progress: progress) * factor }
        guard muon != nil else {
            return adam.step(gradient: gradient.values, rate: rate(settings.learningRate), settings)
        }
        let rest = gradient.tensors.filter { !$0.isMatrix }.flatMap(\.values)
        var others = adam.step(gradient: rest, rate: rate(settings.adamRate), settings)[...]
        let matrices = gradient.tensors.filter(\.isMatrix)
        var changes = muon?.step(gradients: matrices, rate: rate(settings.learningRate), settings)[...] ?? []
        return gradient.tensors.flatMap { tensor -> [Float] in
            if tensor.isMatrix { return changes.removeFirst() }
            defer { others = others.dropFirst(tensor.values.count) }
            return Array(others.prefix(tensor.values.count))
        }
    }
}
