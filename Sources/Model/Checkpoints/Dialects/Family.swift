import GNCACells

/// Models that one program wrote: how their tensors are called, and the dialect that follows from it.
struct Family: Sendable {
    let name: String
    /// Names of a weight and its bias, layer by layer, or their ends behind a dot or a slash: wrappers put words before
    /// them ("module."). The same name twice means the first and the second tensor of that name.
    let layers: [(weight: String, bias: String?)]
    /// Tensors that hold the filters, where the file brings them along.
    let filters: String?
    /// What begins the names of tensors that are no part of the rule: an encoder of goals.
    let encoder: String?
    let dialect: Dialect
    /// Cells, where all models of the family were trained on the same grid.
    let grid: GridSize?
    /// Whether other programs use these names, too: then the dialect is an assumption.
    let isGeneric: Bool
    /// Whether files of another kind (`TensorSet.family`) with these names are not meant.
    let isOfKind: Bool

    private init(
        _ name: String, _ layers: [(weight: String, bias: String?)], filters: String? = nil, encoder: String? = nil,
        grid: GridSize? = nil, isGeneric: Bool = false, isOfKind: Bool = false,
        _ change: (inout Dialect) -> Void = { _ in }
    ) {
        (self.name, self.layers, self.filters, self.encoder) = (name, layers, filters, encoder)
        (self.grid, self.isGeneric, self.isOfKind) = (grid, isGeneric, isOfKind)
        var dialect = Dialect()
        change(&dialect)
        self.dialect = dialect
    }

    /// Two layers called `first` and `second`, each with .weight and .bias unless there is no output bias.
    private static func two(_ first: String, _ second: String, outputBias: Bool = true) -> [(String, String?)] {
        [(first + ".weight", first + ".bias"), (second + ".weight", outputBias ? second + ".bias" : nil)]
    }

    static let all: [Family] = [
        Family("hexells", two("layer1", "layer2"), grid: GridSize(width: 128, height: 128), isOfKind: true) {
            $0.rule.life = Life(before: false, after: false)
            $0.rule.edges = .torus
            $0.rule.appearance.picture = .opaque
            $0.rule.appearance.seed.start = .zeros
        },
        Family("json-lists", two("fc0", "fc1", outputBias: false), isOfKind: true) {
            $0.order = .channel
            $0.rule.edges = .torus
        },
        Family("Distill", two("layer1", "layer2"), isGeneric: true),
        Family(
            "Distill notebook",
            [
                ("Conv2D/ReadVariableOp/resource", "BiasAdd/ReadVariableOp/resource"),
                ("Conv2D/ReadVariableOp/resource", "BiasAdd/ReadVariableOp/resource"),
            ]
        ) { $0.order = .channel },
        Family("chenmingxiang110", two("fc0", "fc1", outputBias: false)) { $0.exchange = true },
        Family("LetteraUnica", two("layers.0", "layers.2")) {
            $0.order = .channel
            $0.rule.edges = .torus
            $0.rule.appearance.seed.channels = .alpha
        },
        Family(
            "MonashDN", two("update_network.0", "update_network.2", outputBias: false),
            grid: GridSize(width: 40, height: 40)
        ) {
            $0.scale = 1
            $0.negate = .y
            $0.rule.life.before = false
            $0.rule.edges = .torus
            $0.rule.appearance.seed.channels = .alpha
        },
        Family(
            "founding article", two("update_net.0", "update_net.2", outputBias: false), filters: "perception.kernels",
            grid: GridSize(width: 40, height: 40)
        ) {
            $0.scale = 1
            $0.rule.life.before = false
            $0.rule.life.threshold = 0.05
        },
        Family("gorold", two("update_rules.conv1", "update_rules.conv2")),
        Family("gorold, guided", two("update_rules.conv1", "update_rules.conv2"), encoder: "encoder."),
        Family("update module", two("update_module.0", "update_module.2")) { $0.order = .channel },
        Family(
            "shyamsn97",
            [
                ("update_net.out.0.weight", "update_net.out.0.bias"),
                ("update_net.out.2.weight", "update_net.out.2.bias"), ("update_net.out.4.weight", nil),
            ], filters: "perception_net.weight", encoder: "encoder.", grid: GridSize(width: 64, height: 64)
        ) {
            $0.order = .channel
            $0.rule.life.clamp = Clamp(.all, -10...10)
        },
        Family("SethPipho", two("conv1", "conv2"), isGeneric: true) {
            $0.scale = 1
            $0.negate = .xy
            $0.rule.life.after = false
        },
    ]

    /// The tensors of a file in their roles; nil where the file is not of this family. No other tensor may be there.
    func roles(in set: TensorSet) -> FileRoles? {
        guard !isOfKind || set.family == name else { return nil }
        var rest = set.tensors
        /// The first tensor of this name that has no role yet.
        func take(_ name: String) -> NamedTensor? {
            guard
                let index = rest.firstIndex(where: { tensor in
                    guard let before = tensor.name.without(ending: name) else { return false }
                    return before.isEmpty || before.ends(with: ".") || before.ends(with: "/")
                })
            else { return nil }
            return rest.remove(at: index)
        }
        var parts: [LayerTensors] = []
        for (weight, bias) in layers {
            guard let found = take(weight) else { return nil }
            parts.append(LayerTensors(weight: found, bias: nil))
            guard let bias else { continue }
            guard let found = take(bias) else { return nil }
            parts[parts.count - 1].bias = found
        }
        let filters = filters.flatMap(take)
        let encoder = encoder.map { encoder in
            rest.filter { $0.name.begins(with: encoder) || $0.name.holds("." + encoder) }
        }
        if let encoder { rest.removeAll { encoder.contains($0) } }
        guard rest.isEmpty, (filters == nil) == (self.filters == nil), encoder?.isEmpty != true else { return nil }
        return FileRoles(layers: parts, filters: filters, encoder: encoder ?? [])
    }
}

/// The tensors of a file by what they are.
struct FileRoles {
    var layers: [LayerTensors]
    var filters: NamedTensor?
    var encoder: [NamedTensor]
}
