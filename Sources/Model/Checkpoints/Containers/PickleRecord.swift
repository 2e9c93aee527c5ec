/// An object of a class that nobody knows here: what the file says of it, and no more.
struct PickleRecord {
    let maker: PickleGlobal
    /// What Python would give to the class or function that makes the object.
    let arguments: [Int]
    /// What Python would set of it afterwards: its attributes as a dictionary, or whatever its class understands.
    var states: [Int] = []
    /// What Python would append to it, add to it or set under keys.
    var items: [Int] = []
    var pairs: [(key: Int, value: Int)] = []

    var contents: [Int] { arguments + states + items + pairs.flatMap { [$0.key, $0.value] } }
}

extension PickleMachine {
    /// One value on the way to a tensor.
    struct Step {
        var name: String
        let index: Int
        /// Reached through an attribute that no module registers: an optimiser has its model's parameters once more.
        var isLoose = false
    }

    /// What leads on from an object. A module's parts are called as `state_dict()` calls them: what it registers first,
    /// without a word for that, in PyTorch's order; then every other attribute, by its name.
    func steps(into record: PickleRecord, _ step: Step) -> [Step] {
        let prefix = step.name.isEmpty ? "" : step.name + "."
        var registered: [Step] = []
        var loose: [Step] = []
        var others: [Step] = []
        for state in record.states {
            guard let attributes = attributes(state) else {
                others.append(Step(name: step.name, index: state, isLoose: step.isLoose))
                continue
            }
            let named = attributes.map { (name: text($0.key), value: $0.value) }
            for part in ["_parameters", "_buffers", "_modules"] {
                registered += named.filter { $0.name == part }.map {
                    Step(name: step.name, index: $0.value, isLoose: step.isLoose)
                }
            }
            for (name, value) in named where !["_parameters", "_buffers", "_modules"].contains(name) {
                loose.append(Step(name: prefix + name, index: value, isLoose: true))
            }
        }
        others += record.pairs.enumerated().map { place, pair in
            Step(name: prefix + key(pair.key, place), index: pair.value, isLoose: step.isLoose)
        }
        others += (record.items + record.arguments).enumerated().map {
            Step(name: "\(prefix)\($0.offset)", index: $0.element, isLoose: step.isLoose)
        }
        return registered + others + loose
    }

    /// The attributes in the state of an object: a dictionary, or one and what stands in slots. nil for other states.
    private func attributes(_ state: Int) -> [(key: Int, value: Int)]? {
        switch values[state] {
        case .dictionary(let pairs, _): return pairs
        case .tuple(let parts) where parts.count == 2:
            var attributes: [(key: Int, value: Int)] = []
            for part in parts {
                switch values[part] {
                case .dictionary(let pairs, _): attributes += pairs
                case .none: break
                default: return nil
                }
            }
            return attributes
        default: return nil
        }
    }

    private func text(_ index: Int) -> String {
        if case .text(let text) = values[index] { text } else { "" }
    }

    /// A key as names of tensors have it; what is neither text nor integer is called by its place.
    func key(_ index: Int, _ place: Int) -> String {
        switch values[index] {
        case .text(let text): text
        case .int(let integer): "\(integer)"
        default: "\(place)"
        }
    }
}
