import GNCABasics

extension PickleMachine {
    /// No value may contain itself, nor stand deeper than the limit. Goes through the values one by one, each once:
    /// contents before containers, without recursion.
    func checkNesting() throws(FormatFault) {
        var heights = [Int?](repeating: nil, count: values.count)
        var entered = [Bool](repeating: false, count: values.count)
        var path = [root]
        while let index = path.last {
            guard heights[index] == nil else {
                path.removeLast()
                continue
            }
            let contents = values[index].contents
            if entered[index] {
                heights[index] = 1 + (contents.compactMap { heights[$0] }.max() ?? 0)
                path.removeLast()
            } else {
                entered[index] = true
                for content in contents where heights[content] == nil {
                    guard !entered[content] else {
                        throw FormatFault(reason: "the pickle holds a value that contains itself")
                    }
                    path.append(content)
                }
            }
        }
        guard (heights[root] ?? 0) <= Self.depthLimit else {
            throw FormatFault(
                reason: "the pickle is nested too deep (got \(heights[root] ?? 0) levels, limit \(Self.depthLimit))")
        }
    }

    /// Every tensor in the root with the keys that lead to it, joined by dots; numbers and texts are passed over. A tensor
    /// that is a part of a module is not named once more for another attribute that holds it.
    func namedTensors() throws(FormatFault) -> [(name: String, tensor: TorchTensor)] {
        var found: [(step: Step, tensor: TorchTensor)] = []
        var visits = 0
        // Later items are found first, so they are pushed first.
        var open = [Step(name: "", index: root)]
        while let step = open.popLast() {
            visits += 1
            guard visits <= Self.opcodeLimit, step.name.utf8.count <= 4096 else {
                throw FormatFault(reason: "the pickle holds too many values in each other")
            }
            if case .tensor(let tensor) = values[step.index] {
                found.append((step, tensor))
                guard found.count <= TensorLimits.tensors else {
                    throw FormatFault(reason: "too many tensors (limit \(TensorLimits.tensors))")
                }
            }
            open += steps(into: step).reversed()
        }
        var parts = Set(found.filter { !$0.step.isLoose }.map(\.step.index))
        return found.filter { !$0.step.isLoose || parts.insert($0.step.index).inserted }.map {
            ($0.step.name, $0.tensor)
        }
    }

    private func steps(into step: Step) -> [Step] {
        let prefix = step.name.isEmpty ? "" : step.name + "."
        return switch values[step.index] {
        case .dictionary(let pairs, _):
            pairs.enumerated().map {
                Step(name: prefix + key($1.key, $0), index: $1.value, isLoose: step.isLoose)
            }
        case .list(let items), .tuple(let items):
            items.enumerated().map { Step(name: "\(prefix)\($0)", index: $1, isLoose: step.isLoose) }
        case .record(let record): steps(into: record, step)
        default: []
        }
    }

    /// How many NumPy arrays the pickle makes. They are passed over: weights are tensors.
    var arrays: Int {
        values.count { if case .record(let record) = $0 { record.maker.makesArray } else { false } }
    }
}
