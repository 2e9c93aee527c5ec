import GNCABasics
import GNCACells

/// What the tensors of a foreign file mean, found out step by step.
struct Interpretation {
    var layers: FileLayers
    var dialect: Dialect
    var family: String?
    var grid: GridSize?
    var isAssumed = false
    var notes: [String] = []
    var warnings: [Notice] = []
    private let encoder: [NamedTensor]
    private let options: ReadingOptions
    /// Whether file or user say which filters there are.
    private var knowsFilters: Bool

    private init(_ model: TensorSet, _ options: ReadingOptions) throws(FormatFault) {
        self.options = options
        var set = model
        set.tensors = model.tensors.filter { !OptimiserState.holds($0) }
        let unused = model.tensors.count - set.tensors.count
        notes = model.setAside.map { "\($0) left aside" }
        if unused > 0 { notes.append("\(unused) tensor\(unused == 1 ? "" : "s") of an optimiser's state left aside") }
        warnings = model.notices
        guard !set.tensors.isEmpty || set.network != nil else {
            let besides = model.setAside.joined(separator: "; ")
            throw FormatFault(
                reason: "there are no weights in this file" + (besides.isEmpty ? "" : " (\(besides) left aside)"))
        }
        // Of a graph, only what it computes with is used; the rule is checked below.
        if set.network == nil { try set.checkNumbers() }
        var found: (family: Family, roles: FileRoles)?
        for family in Family.all where found == nil { found = family.roles(in: set).map { (family, $0) } }
        dialect = found?.family.dialect ?? Dialect()
        encoder = found?.roles.encoder ?? []
        if let network = set.network {
            layers = try FileLayers(network)
            try dialect.adopt(network)
            (family, grid) = (found?.family.name, found?.family.grid)
            isAssumed = found?.family.isOfKind != true && options.dialect == .family
        } else if let found {
            var layers = try FileLayers(found.roles.layers)
            if let filters = found.roles.filters {
                try layers.takeFilters([filters])
            }
            self.layers = layers
            (family, grid) = (found.family.name, found.family.grid)
            // A format that one program alone writes leaves no doubt, whatever its tensors are called.
            isAssumed = found.family.isGeneric && set.family != family && options.dialect == .family
        } else {
            layers = try FileLayers(guessing: set)
            isAssumed = options.dialect == .family
        }
        if let filters = layers.filters { dialect.rule.perception.filters = filters }
        if layers.isGrouped { dialect.order = .channel }
        if layers.isConvolution { dialect.rule.perception.filters = Filter.Kernel.shifts.map { .named($0, 1) } }
        dialect = options.dialect.applied(to: dialect)
        knowsFilters = layers.filters != nil || layers.isConvolution || options.dialect.names("filters")
    }

    /// Several programs use the same names: where the first one's dialect grows no picture at rest and another's does, the
    /// file is the other's.
    mutating func settleGenericFamily() {
        guard isAssumed, let family, dialect.rule.perception.control == nil, layers.layers.count == 2 else { return }
        let others = Family.all.filter { $0.isGeneric && $0.name != family }
        let chosen = DialectGuess.better(than: dialect, among: others.map(\.dialect), layers)
        guard chosen > 0 else { return }
        (self.family, dialect) = (others[chosen - 1].name, others[chosen - 1].dialect)
    }

    /// Where names and shapes say little, the user is told what the model was taken for.
    mutating func tellAssumption() {
        guard isAssumed else { return }
        warnings.append(
            Notice(
                "the dialect is assumed (\(family.map { "as \($0) has it" } ?? "the Distill article's")): what the file says "
                    + "could mean another one", remedy: .dialect))
    }

    /// How many numbers the first layer reads besides those of the filters.
    private var rest: Int {
        layers.layers[0].inputs - dialect.rule.perception.filters.count * layers.channels
    }

    /// Where neither file nor user names the filters, the number of inputs does: one filter is the identity, a second
    /// the Laplacian, three are Distill's, the fourth again the Laplacian.
    mutating func settleInputs() throws(FormatFault) {
        guard !knowsFilters, rest != 0, encoder.isEmpty else { return }
        let laplacian = Filter.named(.laplacian8, 1 / 16)
        let assumed: [Int: [Filter]] = [
            1: [.named(.identity, 1)], 2: [.named(.identity, 1), laplacian],
            4: dialect.rule.perception.filters + [laplacian],
        ]
        let (count, remainder) = layers.layers[0].inputs.quotientAndRemainder(dividingBy: layers.channels)
        guard remainder == 0, let filters = assumed[count] else { return }
        dialect.rule.perception.filters = filters
        isAssumed = isAssumed || options.dialect == .family
        warnings.append(
            Notice(
                "the file does not say what its \(count) filters are; taken for "
                    + filters.map(\.description).joined(separator: "+"), remedy: .filters))
    }

    /// A control vector where the first layer reads more than filters give, or an encoder of goals stands beside it.
    mutating func settleControl() throws(FormatFault) {
        let goals = Goals(encoder)
        let isAdded = goals != nil && rest == 0
        guard rest > 0 || isAdded else {
            guard options.control == nil else {
                throw FormatFault(
                    reason: "the model takes no control vector: it is not goal-guided", remedy: .noControl)
            }
            return
        }
        let values = try control(goals)
        let expected = isAdded ? values.count : rest
        guard values.count == expected, values.count <= (isAdded ? layers.channels : .max) else {
            throw FormatFault(
                reason: "the control vector has the wrong length (got \(values.count) numbers, expected \(expected))")
        }
        dialect.rule.perception.control = Control(isAdded ? .added : .appended, values)
    }

    private mutating func control(_ goals: Goals?) throws(FormatFault) -> [Float] {
        switch options.control {
        case .vector(let values): return values
        case .goal(let goal):
            guard let goals else {
                throw FormatFault(
                    reason: "the file does not know its goals by number, and needs a control vector of \(rest) numbers",
                    remedy: .control)
            }
            guard goal < goals.count else {
                throw FormatFault(reason: "there is no goal \(goal) (the model has \(goals.count), from 0 on)")
            }
            return goals.vector(goal)
        case nil:
            guard let goals else {
                throw FormatFault(
                    reason: "the model reads \(rest) numbers more than its filters give: a control vector, which the "
                        + "file does not hold", remedy: .control)
            }
            warnings.append(Notice("the model has \(goals.count) goals; this is goal 0", remedy: .goal))
            return goals.vector(0)
        }
    }

    mutating func guess() throws(FormatFault) {
        let guess = try DialectGuess(layers, dialect, grid: options.grid, knowsFilters: knowsFilters)
        dialect = guess.dialect
        warnings += guess.warnings
        (family, isAssumed) = (nil, false)
    }
}

extension Interpretation {
    /// The model in a file, which may hold other things, too: all tensors where they are a model, else those of one of its
    /// dictionaries; and where that is none, either without what no layer is made of.
    static func find(_ all: TensorSet, _ options: ReadingOptions) throws(FormatFault) -> Interpretation {
        let model = try all.oneModel(prefix: options.tensors)
        do throws(FormatFault) {
            return try Interpretation(model, options)
        } catch {
            let parts = options.tensors == nil ? model.parts() : []
            if let found = try one(of: parts, options) { return found }
            if let less = model.withoutStrangers(), let found = try? Interpretation(less, options) { return found }
            let lesser = parts.map { level in
                level.compactMap { part in part.set.withoutStrangers().map { (part.container, $0) } }
            }
            if let found = try one(of: lesser, options) { return found }
            throw error
        }
    }

    /// The model on the first level that has one. Throws where it has several.
    private static func one(
        of levels: [[(container: String, set: TensorSet)]], _ options: ReadingOptions
    ) throws(FormatFault) -> Interpretation? {
        for level in levels {
            var found: [(container: String, model: Interpretation)] = []
            for (container, part) in level {
                let copies = part.models
                guard copies.isEmpty else { throw TensorSet.several(copies, "models of the same shape") }
                guard let model = try? Interpretation(part, options), model.couldStandAlone else { continue }
                found.append((container, model))
            }
            if found.count > 1, found.contains(where: { $0.model.family != nil }) {
                found.removeAll { $0.model.family == nil }
            }
            guard found.count <= 1 else { throw TensorSet.several(found.map(\.container), "models") }
            if let model = found.first?.model { return model }
        }
        return nil
    }

    /// Whether layers that stand beside others look like an automaton: a single layer could be anything.
    private var couldStandAlone: Bool {
        (family != nil || layers.layers.count >= 2) && (4...Rule.channelLimit).contains(layers.channels)
    }
}

extension Dialect {
    /// Takes over what a file says of its layers.
    fileprivate mutating func adopt(_ network: DescribedNetwork) throws(FormatFault) {
        let activations = try network.layers.map { layer throws(FormatFault) in try Dialect.activation(layer.activation)
        }
        let hidden = activations.dropLast()
        guard let update = activations.last, hidden.allSatisfy({ $0 == hidden.first }) else {
            throw FormatFault(
                reason: "the layers are followed by different functions (got "
                    + "\(network.layers.map(\.activation).joined(separator: ", "))), and this program has one for all but "
                    + "the last")
        }
        rule.network.activation = hidden.first ?? .relu
        rule.network.updateActivation = update
        guard let range = network.clamp else { return }
        switch network.clampedChannels {
        case nil: rule.life.clamp = Clamp(.all, range)
        case 3: rule.life.clamp = Clamp(.rgb, range)
        case 4: rule.life.clamp = Clamp(.rgba, range)
        case let count?:
            throw FormatFault(reason: "the first \(count) channels are clamped, where this program clamps 3, 4 or all")
        }
    }

    /// "clamp(0,2)" as `DescribedNetwork` spells it.
    private static func activation(_ text: String) throws(FormatFault) -> Activation {
        let spelled = text.replacing("(", with: ":").replacing(",", with: ":").replacing(")", with: "")
        guard let activation = Activation(spelled) else {
            throw FormatFault(reason: "a layer is followed by a function that is not known (got \(text))")
        }
        return activation
    }
}
