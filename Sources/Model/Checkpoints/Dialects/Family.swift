import GNCACells

/// Models that one program wrote: how their tensors are called, and the dialect that follows from it.
struct Family: Sendable {
    let name: String
    /// Names of the tensors, or their ends behind a dot or a slash: wrappers put words before them ("module.").
    /// Two roles with the same name are the first and the second tensor of that name.
    let w1: String
    let b1: String
    let w2: String
    /// nil where the models have no output bias.
    let b2: String?
    /// A tensor `[3, 1, 3, 3]` that holds the filters, where the file brings them along.
    let filters: String?
    let dialect: Dialect
    /// Cells, where all models of the family were trained on the same grid.
    let grid: GridSize?

    private init(
        _ name: String, w1: String, b1: String, w2: String, b2: String? = nil, filters: String? = nil,
        grid: GridSize? = nil, _ change: (inout Dialect) -> Void = { _ in }
    ) {
        (self.name, self.w1, self.b1, self.w2, self.b2) = (name, w1, b1, w2, b2)
        (self.filters, self.grid) = (filters, grid)
        var dialect = Dialect()
        change(&dialect)
        self.dialect = dialect
    }

    static let all: [Family] = [
        Family("Distill", w1: "layer1.weight", b1: "layer1.bias", w2: "layer2.weight", b2: "layer2.bias"),
        Family(
            "Distill notebook", w1: "Conv2D/ReadVariableOp/resource", b1: "BiasAdd/ReadVariableOp/resource",
            w2: "Conv2D/ReadVariableOp/resource", b2: "BiasAdd/ReadVariableOp/resource"
        ) { $0.order = .channel },
        Family("chenmingxiang110", w1: "fc0.weight", b1: "fc0.bias", w2: "fc1.weight") { $0.exchange = true },
        Family(
            "LetteraUnica", w1: "layers.0.weight", b1: "layers.0.bias", w2: "layers.2.weight", b2: "layers.2.bias"
        ) {
            $0.order = .channel
            $0.padding = .torus
            $0.seed = .alphaOnly
        },
        Family(
            "MonashDN", w1: "update_network.0.weight", b1: "update_network.0.bias", w2: "update_network.2.weight",
            grid: GridSize(width: 40, height: 40)
        ) {
            $0.scale = 1
            $0.negate = .y
            $0.lifeMask = LifeMask(before: false, after: true)
            $0.padding = .torus
            $0.seed = .alphaOnly
        },
        Family(
            "founding article", w1: "update_net.0.weight", b1: "update_net.0.bias", w2: "update_net.2.weight",
            filters: "perception.kernels", grid: GridSize(width: 40, height: 40)
        ) {
            $0.scale = 1
            $0.lifeMask = LifeMask(before: false, after: true, threshold: 0.05)
        },
        Family("SethPipho", w1: "conv1.weight", b1: "conv1.bias", w2: "conv2.weight", b2: "conv2.bias") {
            $0.scale = 1
            $0.negate = .xy
            $0.lifeMask = LifeMask(before: true, after: false)
        },
    ]

    /// The tensors of a file in their roles; nil where the file is not of this family. No other tensor may be there.
    func roles(in set: TensorSet) -> LayerTensors? {
        var rest = set.tensors
        /// The first tensor of this name that has no role yet.
        func take(_ name: String) -> NamedTensor? {
            guard
                let index = rest.firstIndex(where: { tensor in
                    guard tensor.name.hasSuffix(name) else { return false }
                    let before = tensor.name.dropLast(name.count)
                    return before.isEmpty || before.hasSuffix(".") || before.hasSuffix("/")
                })
            else { return nil }
            return rest.remove(at: index)
        }
        guard let w1 = take(w1), let b1 = take(b1), let w2 = take(w2) else { return nil }
        let b2 = b2.flatMap(take)
        let filters = filters.flatMap(take)
        guard rest.isEmpty, (b2 == nil) == (self.b2 == nil), (filters == nil) == (self.filters == nil) else {
            return nil
        }
        return LayerTensors(w1: w1, b1: b1, w2: w2, b2: b2, filters: filters)
    }
}
