import GNCABasics

/// A tensor that a pickle holds, and where.
struct FoundTensor {
    /// The keys that lead to it, joined by dots.
    var name: String
    /// A tensor, or one of a kind that is not read.
    var value: PickleValue
    /// Lengths of the beginnings of its name that are dictionaries, lists or objects of their own, UTF-8 bytes, the
    /// outermost first: 6 for "model.".
    var containers: [Int]

    var shape: [Int] {
        switch value {
        case .tensor(let tensor): tensor.layout.shape
        case .unread(_, let shape): shape
        default: []
        }
    }
}

/// Walks from the root of a pickle to its tensors. What stands beside them, numbers, texts, classes of whatever kind, is
/// passed over. Without recursion, and every edge from one value to another is counted. Attributes of objects come last, the
/// nearest first: objects that hold each other in circles are entered once, on a short way.
struct PickleWalk {
    private static let nameLimit = 4096
    /// Trainings append the losses of all their steps to a list, each a tensor.
    private static let tensorLimit = 20_000
    private static let registries = ["_parameters", "_buffers", "_modules"]

    /// One value on the way to a tensor.
    private struct Step {
        let parent: Int
        let value: Int
        /// What it is called in its parent.
        let word: Word
        let depth: Int
        /// Whether it may be a model of its own: not what a module registers as its part.
        let isContainer: Bool
        /// Reached through an attribute that no module registers: an optimiser has its model's parameters once more.
        let isLoose: Bool
    }

    private enum Word {
        /// None of its own: what a module registers is called without a word for that.
        case none
        /// The text or integer that is this value.
        case key(Int)
        case place(Int)
    }

    /// One edge that leads on.
    private typealias Edge = (word: Word, value: Int, isRegistered: Bool, isLoose: Bool)

    private let machine: PickleMachine
    private var steps: [Step] = []
    private var found: [Int] = []
    private var edges = 0
    /// Indices of the steps to attributes, in the order in which they were met.
    private var later: [Int] = []

    /// Every tensor in the root. A tensor that is a part of a module is not named once more for another attribute that
    /// holds it.
    static func tensors(of machine: PickleMachine) throws(FormatFault) -> [FoundTensor] {
        var walk = PickleWalk(machine: machine)
        try walk.run()
        return try walk.named()
    }

    private init(machine: PickleMachine) { self.machine = machine }

    private mutating func run() throws(FormatFault) {
        var isOnPath = [Bool](repeating: false, count: machine.values.count)
        var wasEntered = isOnPath
        steps = [Step(parent: -1, value: machine.root, word: .none, depth: 0, isContainer: false, isLoose: false)]
        // Indices of steps to enter, and the complements of those to leave. Later ones are entered first.
        var open = [0]
        var laterDone = 0
        while let next = open.popLast() ?? (laterDone < later.count ? later[laterDone] : nil) {
            if laterDone < later.count, next == later[laterDone] { laterDone += 1 }
            guard next >= 0 else {
                isOnPath[steps[~next].value] = false
                continue
            }
            let step = steps[next]
            switch machine.values[step.value] {
            case .tensor, .unread:
                found.append(next)
                guard found.count <= Self.tensorLimit else {
                    throw FormatFault(reason: "too many tensors (limit \(Self.tensorLimit))")
                }
            default:
                // A value that contains itself leads to nothing new, nor does an attribute to what was seen.
                guard !isOnPath[step.value], !(step.isLoose && wasEntered[step.value]) else { continue }
                guard step.depth < PickleMachine.depthLimit else {
                    throw FormatFault(
                        reason: "the pickle is nested too deep (limit \(PickleMachine.depthLimit) levels)")
                }
                isOnPath[step.value] = true
                wasEntered[step.value] = true
                open.append(~next)
                try enter(next, &open)
            }
        }
    }

    private mutating func enter(_ index: Int, _ open: inout [Int]) throws(FormatFault) {
        let step = steps[index]
        var looseSteps: [Int] = []
        for edge in try leading(from: step.value).reversed() where machine.values[edge.value].leadsOn {
            if edge.isLoose { looseSteps.append(steps.count) } else { open.append(steps.count) }
            steps.append(
                Step(
                    parent: index, value: edge.value, word: edge.word, depth: step.depth + 1,
                    isContainer: !edge.isRegistered, isLoose: step.isLoose || edge.isLoose))
        }
        later += looseSteps.reversed()
    }

    private mutating func count(_ more: Int) throws(FormatFault) {
        edges += more
        guard edges <= PickleMachine.opcodeLimit else {
            throw FormatFault(reason: "the pickle holds too many values in each other")
        }
    }

    // MARK: edges

    private mutating func leading(from index: Int) throws(FormatFault) -> [Edge] {
        switch machine.values[index] {
        case .dictionary(let pairs, _):
            try count(pairs.count)
            return pairs.enumerated().map { (word($1.key, $0), $1.value, false, false) }
        case .list(let items), .tuple(let items):
            try count(items.count)
            return items.enumerated().map { (.place($0), $1, false, false) }
        case .record(let record): return try leading(from: record)
        default: return []
        }
    }

    /// What leads on from an object. A module's parts are called as `state_dict()` calls them: what it registers first,
    /// without a word for that, in PyTorch's order; then every other attribute, by its name.
    private mutating func leading(from record: PickleRecord) throws(FormatFault) -> [Edge] {
        var registered: [Edge] = []
        var loose: [Edge] = []
        var others: [Edge] = []
        try count(record.states.count + record.pairs.count + record.items.count + record.arguments.count)
        for state in record.states {
            guard let attributes = attributes(state) else {
                others.append((.none, state, true, false))
                continue
            }
            try count(attributes.count)
            for registry in Self.registries {
                for attribute in attributes where text(attribute.key) == registry {
                    registered += try self.registered(attribute.value)
                }
            }
            for attribute in attributes where !Self.registries.contains(text(attribute.key)) {
                loose.append((.key(attribute.key), attribute.value, false, true))
            }
        }
        others += record.pairs.enumerated().map { (word($1.key, $0), $1.value, false, false) }
        others += (record.items + record.arguments).enumerated().map { (.place($0), $1, false, false) }
        return registered + others + loose
    }

    /// The parts in one of a module's three dictionaries.
    private mutating func registered(_ registry: Int) throws(FormatFault) -> [Edge] {
        guard case .dictionary(let pairs, _) = machine.values[registry] else {
            return [(.none, registry, true, false)]
        }
        try count(pairs.count)
        return pairs.enumerated().map { (word($1.key, $0), $1.value, true, false) }
    }

    /// The attributes in the state of an object: a dictionary, or one and what stands in slots. nil for other states.
    private func attributes(_ state: Int) -> [(key: Int, value: Int)]? {
        switch machine.values[state] {
        case .dictionary(let pairs, _): return pairs
        case .tuple(let parts) where parts.count == 2:
            var attributes: [(key: Int, value: Int)] = []
            for part in parts {
                switch machine.values[part] {
                case .dictionary(let pairs, _): attributes += pairs
                case .none: break
                default: return nil
                }
            }
            return attributes
        default: return nil
        }
    }

    // MARK: names

    private func text(_ index: Int) -> String {
        if case .text(let text) = machine.values[index] { text } else { "" }
    }

    /// A key as names of tensors have it; what is neither text nor integer is called by its place.
    private func word(_ key: Int, _ place: Int) -> Word {
        switch machine.values[key] {
        case .text, .int: .key(key)
        default: .place(place)
        }
    }

    private func shown(_ word: Word) -> String? {
        switch word {
        case .none: nil
        case .place(let place): "\(place)"
        case .key(let index):
            switch machine.values[index] {
            case .text(let text): text
            case .int(let integer): "\(integer)"
            default: ""
            }
        }
    }

    private func named() throws(FormatFault) -> [FoundTensor] {
        var parts = Set(found.filter { !steps[$0].isLoose }.map { steps[$0].value })
        var tensors: [FoundTensor] = []
        for index in found {
            let step = steps[index]
            guard !step.isLoose || parts.insert(step.value).inserted else { continue }
            tensors.append(try tensor(index))
        }
        return tensors
    }

    private func tensor(_ index: Int) throws(FormatFault) -> FoundTensor {
        var path: [Step] = []
        var place = index
        while place >= 0 {
            path.append(steps[place])
            place = steps[place].parent
        }
        var name = ""
        var containers: [Int] = []
        for step in path.reversed() {
            if let word = shown(step.word) {
                name += name.isEmpty ? word : "." + word
                guard name.utf8.count <= Self.nameLimit else {
                    throw FormatFault(reason: "a tensor of the pickle has too long a name")
                }
            }
            if step.isContainer, step.value != steps[index].value, !name.isEmpty {
                containers.append(name.utf8.count + 1)
            }
        }
        return FoundTensor(name: name, value: machine.values[steps[index].value], containers: containers)
    }
}

extension PickleMachine {
    /// Every tensor in the root, with the keys that lead to it.
    func namedTensors() throws(FormatFault) -> [FoundTensor] { try PickleWalk.tensors(of: self) }

    /// How many NumPy arrays the pickle makes. They are passed over: weights are tensors.
    var arrays: Int {
        values.count { if case .record(let record) = $0 { record.maker.makesArray } else { false } }
    }
}
