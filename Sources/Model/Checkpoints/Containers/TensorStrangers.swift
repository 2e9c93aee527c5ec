import GNCABasics

/// What stands among or beside the tensors of a model and is no part of it.
extension TensorSet {
    /// Last words of the names of what training counts.
    private static let counters: Set<String> = [
        "step", "steps", "global_step", "epoch", "iteration", "n_averaged", "num_batches_tracked",
    ]
    /// Words in the last word of a name that tell what trainings keep of themselves.
    private static let records: Set<String> = ["loss", "losses", "history", "lr", "lrs"]

    /// Without counters, whole numbers (states of random generators among them) and empty tensors, which no layer is made
    /// of. What optimisers remember stays, for it is told by itself.
    func withoutCounters() -> TensorSet {
        var kept: [NamedTensor] = []
        var asides: [(one: String, several: String, names: [String])] = [
            ("counter", "counters", []), ("tensor of whole numbers", "tensors of whole numbers", []),
            ("empty tensor", "empty tensors", []),
        ]
        for tensor in tensors {
            let last = tensor.name.unicodeScalars.split(whereSeparator: Self.isSeparator).last.map { String($0) } ?? ""
            let kind: Int? =
                if OptimiserState.holds(tensor) {
                    nil
                } else if tensor.shape.contains(0) {
                    2
                } else if tensor.isSingle, tensor.isWhole || Self.counters.contains(last) {
                    0
                } else {
                    tensor.isWhole
                        || (tensor.type == ElementType.u8.rawValue && (tensor.unread != nil || last.holds("rng")))
                        ? 1 : nil
                }
            if let kind { asides[kind].names.append(JSONText.shown(tensor.name)) } else { kept.append(tensor) }
        }
        var set = self
        set.tensors = kept
        set.setAside += asides.filter { !$0.names.isEmpty }.map { Self.shown($0.names, $0.one, $0.several) }
        return set
    }

    private static func shown(_ names: [String], _ one: String, _ several: String) -> String {
        let shown = names.prefix(4).joined(separator: ", ") + (names.count > 4 ? ", ..." : "")
        return (names.count == 1 ? one : "\(names.count) \(several)") + " " + shown
    }

    /// Without what stands among the weights and is none: single numbers, shapes that no layer has, rows and matrices whose
    /// sides no other matrix has, losses. nil where there is nothing of that kind.
    func withoutStrangers() -> TensorSet? {
        var set = self
        set.tensors = tensors.filter { tensor in
            let last = tensor.name.unicodeScalars.split(whereSeparator: Self.isSeparator).last.map { String($0) } ?? ""
            let isRecord = last.parts(at: "_").contains(where: Self.records.contains)
            return !(tensor.isOfNoLayer || isRecord)
        }
        let sides = set.sides
        let matrices = set.tensors.count { $0.shape.count >= 2 }
        set.tensors.removeAll { tensor in
            let isMatrix = tensor.shape.count == 2 && matrices > 1 && !NamedTensor.isKernel(tensor.shape)
            guard tensor.shape.count == 1 || isMatrix else { return false }
            // A matrix has sides of its own, once each.
            let own = Set(tensor.shape)
            let isShared = own.contains { (sides[$0] ?? 0) > (tensor.shape.count == 2 ? 1 : 0) }
            return !isShared
        }
        guard set.tensors.count < tensors.count else { return nil }
        let kept = Set(set.tensors.map(\.name))
        set.strangers = tensors.filter { !kept.contains($0.name) }.map { "\(JSONText.shown($0.name)) \($0.shape)" }
        return set
    }

    /// How many matrices have a side of this length.
    private var sides: [Int: Int] {
        var sides: [Int: Int] = [:]
        for tensor in tensors where tensor.shape.count >= 2 {
            for side in Set(tensor.shape.prefix(2) + tensor.shape.suffix(2)) { sides[side, default: 0] += 1 }
        }
        return sides
    }

    /// A sentence each on what is left out and looks as if it could matter.
    var notices: [Notice] {
        func shown(_ names: [String]) -> String {
            names.prefix(4).joined(separator: ", ") + (names.count > 4 ? ", ..." : "")
        }
        func are(_ names: [String]) -> String { names.count == 1 ? "is" : "are" }
        var notices: [Notice] = []
        if !strangers.isEmpty {
            notices.append(
                Notice("among the weights, \(shown(strangers)) \(are(strangers)) not used: no layer is made of that"))
        }
        if !outsiders.isEmpty {
            notices.append(
                Notice("beside the model, \(shown(outsiders)) \(are(outsiders)) not used", remedy: .tensors))
        }
        return notices
    }
}

extension NamedTensor {
    /// The bytes of 8-bit weights are whole numbers, too.
    private static let whole = Set([ElementType.i64, .i32, .i16, .i8, .bool].map(\.rawValue))
        .union(["U16", "U32", "U64", "torch.uint16", "torch.uint32", "torch.uint64"])

    /// Whether its numbers are of a kind that no weight is.
    var isWhole: Bool { Self.whole.contains(type) }
}
