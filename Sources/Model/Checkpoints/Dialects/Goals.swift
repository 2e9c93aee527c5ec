import GNCABasics
import GNCACells

/// The part of a goal-guided model that turns the number of a goal into its control vector: a row of a table, and
/// perhaps dense layers behind it with relu between them.
struct Goals {
    /// `[goals, n]`
    private let table: NamedTensor
    private let layers: [(weight: NamedTensor, bias: NamedTensor?)]

    /// nil where the encoder's tensors are of another kind: one that reads pictures.
    init?(_ encoder: [NamedTensor]) {
        guard let table = encoder.first(where: { $0.name.ends(with: "embedding.weight") && $0.shape.count == 2 }) else {
            return nil
        }
        self.table = table
        let weights = encoder.filter { $0.name != table.name && $0.shape.count == 2 }
        layers = weights.map { weight in
            (weight, encoder.first { $0.name == weight.name.replacing("weight", with: "bias") && $0.shape.count == 1 })
        }
        var inputs = table.shape[1]
        for (weight, bias) in layers {
            guard weight.shape[1] == inputs, bias.map({ $0.shape[0] == weight.shape[0] }) ?? true else { return nil }
            inputs = weight.shape[0]
        }
    }

    var count: Int { table.shape[0] }

    /// The control vector of a goal (index, 0..<count).
    func vector(_ goal: Int) -> [Float] {
        let size = table.shape[1]
        var values = Array(table.values[(goal * size)..<((goal + 1) * size)])
        for (index, (weight, bias)) in layers.enumerated() {
            let inputs = values
            values = (0..<weight.shape[0]).map { row in
                let sum = inputs.indices.reduce(bias?.values[row] ?? 0) {
                    $0 + weight.values[row * inputs.count + $1] * inputs[$1]
                }
                return index + 1 < layers.count ? max(0, sum) : sum
            }
        }
        return values
    }
}
