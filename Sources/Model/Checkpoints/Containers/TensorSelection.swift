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
                tensors.filter { tensor in !others.contains { tensor.name.begins(with: $0) } }, network: network,
                setAside: setAside)
        }
        let ends = prefix.unicodeScalars.last.map(Self.isSeparator) ?? false ? [prefix] : [prefix + ".", prefix + "/"]
        for prefix in ends {
            let renamed = tensors.compactMap { tensor -> NamedTensor? in
                guard let name = tensor.name.without(beginning: prefix), !name.isEmpty else { return nil }
                var tensor = tensor
                tensor.name = name
                return tensor
            }
            guard !renamed.isEmpty else { continue }
            let rest = tensors.count - renamed.count
            return try TensorSet(
                renamed,
                setAside: setAside
                    + (rest == 0 ? [] : ["\(Self.count(rest, "tensor")) outside \(JSONText.shown(prefix))"]))
        }
        var known: [String] = []
        for tensor in tensors {
            if let end = tensor.name.unicodeScalars.firstIndex(where: Self.isSeparator) {
                let first = String(tensor.name.unicodeScalars[...end])
                if !known.contains(first) { known.append(first) }
            }
        }
        let shown = known.prefix(6).map(JSONText.shown).joined(separator: ", ") + (known.count > 6 ? ", ..." : "")
        throw FormatFault(
            reason:
                "no tensor stands under \(JSONText.shown(prefix)) (\(known.isEmpty ? "names have no prefix" : "there are \(shown)"))"
        )
    }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool { scalar == "." || scalar == "/" }
    private static func count(_ count: Int, _ thing: String) -> String { "\(count) \(thing)\(count == 1 ? "" : "s")" }

    // MARK: several models

    /// Prefixes that each hold the same tensors, where together they hold all: a model and its moving average. The empty
    /// one stands for the model without a prefix. Empty where there is one model.
    var models: [String] {
        let weights = tensors.filter { !OptimiserState.holds($0) }
        guard let first = weights.first(where: { $0.shape.count >= 2 }) else { return [] }
        let scalars = first.name.unicodeScalars
        let ends = scalars.indices.filter { Self.isSeparator(scalars[$0]) }.map(scalars.index(after:))
        for start in [scalars.startIndex] + ends {
            let name = String(scalars[start...])
            // Longer prefixes first: what stands under them is not without a prefix.
            let prefixes = weights.compactMap { $0.name.without(ending: name) }
                .filter { $0.unicodeScalars.last.map(Self.isSeparator) ?? true }
            guard prefixes.count >= 2 else { continue }
            let parts = prefixes.map { prefix in
                Self.part(weights, under: prefix, others: prefixes.filter { $0.utf8.count > prefix.utf8.count })
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
        tensors.compactMap { tensor in
            guard let name = tensor.name.without(beginning: prefix),
                !others.contains(where: { $0.begins(with: prefix) && tensor.name.begins(with: $0) })
            else { return nil }
            return Part(name: name, shape: tensor.shape)
        }.sorted { $0.name < $1.name }
    }

    // MARK: counters

    /// Last words of the names of what training counts.
    private static let counters: Set<String> = [
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
            let last = tensor.name.unicodeScalars.split(whereSeparator: Self.isSeparator).last.map { String($0) } ?? ""
            let isWhole = Self.whole.contains(tensor.type)
            let kind: Int? =
                if OptimiserState.holds(tensor) {
                    nil
                } else if tensor.values.isEmpty {
                    2
                } else if tensor.values.count == 1, isWhole || Self.counters.contains(last) {
                    0
                } else {
                    isWhole || (tensor.type == ElementType.u8.rawValue && last.holds("rng")) ? 1 : nil
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
