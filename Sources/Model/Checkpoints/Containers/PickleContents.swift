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

    /// Every tensor in the root with the keys that lead to it, joined by dots; numbers and texts are passed over.
    func namedTensors() throws(FormatFault) -> [(name: String, tensor: TorchTensor)] {
        var found: [(name: String, tensor: TorchTensor)] = []
        var visits = 0
        // Later items are found first, so they are pushed first.
        var open: [(name: String, index: Int)] = [("", root)]
        while let (name, index) = open.popLast() {
            visits += 1
            guard visits <= Self.opcodeLimit, name.utf8.count <= 4096 else {
                throw FormatFault(reason: "the pickle holds too many values in each other")
            }
            let prefix = name.isEmpty ? "" : name + "."
            switch values[index] {
            case .tensor(let tensor):
                found.append((name, tensor))
                guard found.count <= TensorLimits.tensors else {
                    throw FormatFault(reason: "too many tensors (limit \(TensorLimits.tensors))")
                }
            case .dictionary(let pairs, _): open += pairs.reversed().map { (prefix + key($0.key), $0.value) }
            case .list(let items), .tuple(let items):
                open += items.enumerated().reversed().map { ("\(prefix)\($0.offset)", $0.element) }
            default: break
            }
        }
        return found
    }

    private func key(_ index: Int) -> String {
        switch values[index] {
        case .text(let text): text
        case .int(let integer): "\(integer)"
        default: ""
        }
    }
}
