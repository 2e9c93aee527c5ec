import GNCABasics

extension TensorSet {
    /// The tensors of one model, without what training counts beside it: those under `prefix` where the user names one,
    /// else all. Throws where there are several models to choose from.
    func oneModel(prefix: String? = nil) throws(FormatFault) -> TensorSet {
        if let prefix { return try selecting(prefix: prefix).withoutCounters() }
        let set = withoutCounters()
        let models = set.models
        guard models.isEmpty else {
            let shown = models.prefix(6).map(Self.shown).joined(separator: ", ") + (models.count > 6 ? ", ..." : "")
            throw FormatFault(
                reason:
                    "the file holds \(models.count) models of the same shape (\(shown))", remedy: .tensors)
        }
        return set
    }

    private static func shown(_ prefix: String) -> String {
        prefix.isEmpty ? "one without a prefix" : "under \(JSONText.shown(prefix))"
    }

    /// The tensors whose names begin with `prefix`, without it. A dot after it need not be named. The empty prefix means the
    /// model that has none, where another one has.
    func selecting(prefix: String) throws(FormatFault) -> TensorSet {
        if prefix.isEmpty {
            let others = models.filter { !$0.isEmpty }
            return try TensorSet(
                tensors.filter { tensor in !others.contains { tensor.name.hasPrefix($0) } }, network: network,
                setAside: setAside)
        }
        let ends = prefix.last.map(Self.isSeparator) ?? false ? [prefix] : [prefix + ".", prefix + "/"]
        for prefix in ends {
            let chosen = tensors.filter { $0.name.utf8.starts(with: prefix.utf8) && $0.name != prefix }
            guard !chosen.isEmpty else { continue }
            let renamed = chosen.map { tensor in
                var tensor = tensor
                tensor.name = String(tensor.name.dropFirst(prefix.count))
                return tensor
            }
            let rest = tensors.count - chosen.count
            return try TensorSet(
                renamed,
                setAside: setAside
                    + (rest == 0 ? [] : ["\(Self.count(rest, "tensor")) outside \(JSONText.shown(prefix))"]))
        }
        var known: [String] = []
        for tensor in tensors {
            if let end = tensor.name.firstIndex(where: Self.isSeparator) {
                let first = String(tensor.name[...end])
                if !known.contains(first) { known.append(first) }
            }
        }
        let shown = known.prefix(6).map(JSONText.shown).joined(separator: ", ") + (known.count > 6 ? ", ..." : "")
        throw FormatFault(
            reason:
                "no tensor stands under \(JSONText.shown(prefix)) (\(known.isEmpty ? "names have no prefix" : "there are \(shown)"))"
        )
    }

    private static func isSeparator(_ character: Character) -> Bool { character == "." || character == "/" }
    private static func count(_ count: Int, _ thing: String) -> String { "\(count) \(thing)\(count == 1 ? "" : "s")" }

    // MARK: several models

    /// Prefixes that each hold the same tensors, where together they hold all: a model and its moving average. The empty
    /// one stands for the model without a prefix. Empty where there is one model.
    var models: [String] {
        let weights = tensors.filter { !OptimiserState.holds($0) }
        guard let first = weights.first(where: { $0.shape.count >= 2 }) else { return [] }
        let ends = first.name.indices.filter { Self.isSeparator(first.name[$0]) }.map(first.name.index(after:))
        for start in [first.name.startIndex] + ends {
            let name = first.name[start...]
            // Longer prefixes first: what stands under them is not without a prefix.
            let prefixes = weights.filter { tensor in
                let before = tensor.name.dropLast(name.count)
                return tensor.name.hasSuffix(name) && (before.last.map(Self.isSeparator) ?? true)
            }.map { String($0.name.dropLast(name.count)) }
            guard prefixes.count >= 2 else { continue }
            let parts = prefixes.map { prefix in
                Self.part(weights, under: prefix, others: prefixes.filter { $0.count > prefix.count })
            }
            guard parts.allSatisfy({ $0 == parts[0] }), parts.reduce(0, { $0 + $1.count }) == weights.count,
                parts[0].count(where: { $0.shape.count >= 2 }) >= 2
            else { continue }
            return prefixes
        }
        return []
    }

    private struct Part: Equatable {
        var name: String
        var shape: [Int]
    }

    private static func part(_ tensors: [NamedTensor], under prefix: String, others: [String]) -> [Part] {
        tensors.filter { tensor in
            tensor.name.hasPrefix(prefix) && !others.contains { $0.hasPrefix(prefix) && tensor.name.hasPrefix($0) }
        }.map { Part(name: String($0.name.dropFirst(prefix.count)), shape: $0.shape) }.sorted { $0.name < $1.name }
    }

    // MARK: counters

    /// Last words of the names of what training counts.
    private static let counters: Set<Substring> = [
        "step", "steps", "global_step", "epoch", "iteration", "n_averaged", "num_batches_tracked",
    ]
    /// The bytes of 8-bit weights are whole numbers, too.
    private static let whole = Set([ElementType.i64, .i32, .i16, .i8, .bool].map(\.rawValue))

    /// Without counters, whole numbers (states of random generators among them) and empty tensors, which no layer is made of. What optimisers remember stays, for it
    /// is told by itself.
    func withoutCounters() -> TensorSet {
        var kept: [NamedTensor] = []
        var asides: [(one: String, several: String, names: [String])] = [
            ("counter", "counters", []), ("tensor of whole numbers", "tensors of whole numbers", []),
            ("empty tensor", "empty tensors", []),
        ]
        for tensor in tensors {
            let last = tensor.name.split(whereSeparator: Self.isSeparator).last ?? ""
            let isWhole = Self.whole.contains(tensor.type)
            let kind: Int? =
                if OptimiserState.holds(tensor) {
                    nil
                } else if tensor.values.isEmpty {
                    2
                } else if tensor.values.count == 1, isWhole || Self.counters.contains(last) {
                    0
                } else {
                    isWhole || (tensor.type == ElementType.u8.rawValue && last.contains("rng")) ? 1 : nil
                }
            if let kind { asides[kind].names.append(JSONText.shown(tensor.name)) } else { kept.append(tensor) }
        }
        var set = self
        set.tensors = kept
        set.setAside += asides.filter { !$0.names.isEmpty }.map { one, several, names in
            let shown = names.prefix(4).joined(separator: ", ") + (names.count > 4 ? ", ..." : "")
            return (names.count == 1 ? one : "\(names.count) \(several)") + " " + shown
        }
        return set
    }
}
