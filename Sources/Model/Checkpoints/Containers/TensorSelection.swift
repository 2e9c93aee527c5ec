import GNCABasics

extension TensorSet {
    /// The tensors of one model, without what training counts beside it: those under `prefix` where the user names one,
    /// else all. Throws where there are several models to choose from.
    func oneModel(prefix: String? = nil) throws(FormatFault) -> TensorSet {
        if let prefix { return try selecting(prefix: prefix).withoutCounters() }
        let set = withoutCounters()
        let models = set.models
        guard models.isEmpty else { throw Self.several(models, "models of the same shape") }
        return set
    }

    /// A refusal that names the beginnings of the tensors of several models.
    static func several(_ models: [String], _ what: String) -> FormatFault {
        let shown = models.prefix(6).map(Self.shown).joined(separator: ", ") + (models.count > 6 ? ", ..." : "")
        return FormatFault(reason: "the file holds \(models.count) \(what) (\(shown))", remedy: .tensors)
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

    static func isSeparator(_ scalar: Unicode.Scalar) -> Bool { scalar == "." || scalar == "/" }
    private static func count(_ count: Int, _ thing: String) -> String { "\(count) \(thing)\(count == 1 ? "" : "s")" }

    // MARK: several models

    /// Prefixes that each hold the same tensors, where together they hold all: a model and its moving average. The empty
    /// one stands for the model without a prefix. Empty where there is one model.
    var models: [String] {
        let weights = tensors.filter { !OptimiserState.holds($0) }
        guard let first = weights.first(where: { $0.shape.count >= 2 }) else { return [] }
        let scalars = first.name.unicodeScalars
        let ends = scalars.indices.filter { Self.isSeparator(scalars[$0]) }.prefix(Self.wordLimit)
            .map(scalars.index(after:))
        for start in [scalars.startIndex] + ends {
            let name = String(scalars[start...])
            // Longer prefixes first: what stands under them is not without a prefix.
            let prefixes = weights.compactMap { $0.name.without(ending: name) }
                .filter { $0.unicodeScalars.last.map(Self.isSeparator) ?? true }
            guard prefixes.count >= 2 else { continue }
            func part(_ prefix: String) -> [Part] {
                Self.part(weights, under: prefix, others: prefixes.filter { $0.utf8.count > prefix.utf8.count })
            }
            let one = part(prefixes[0])
            guard one.count * prefixes.count == weights.count, one.count(where: { $0.shape.count >= 2 }) >= 2,
                prefixes.allSatisfy({ part($0) == one })
            else { continue }
            return prefixes
        }
        return []
    }

    /// Words of a name that are looked at, from the first on.
    private static let wordLimit = 32

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

    // MARK: containers

    /// How deep a model may stand in a file's dictionaries.
    static let containerLevels = 8

    /// What stands in one of the file's dictionaries or objects, with the rest set aside.
    func part(in container: String) -> TensorSet {
        let inside = tensors.filter { $0.name.utf8.starts(with: container.utf8) }
        let outside = tensors.filter { !$0.name.utf8.starts(with: container.utf8) }
        var part = self
        part.tensors = inside
        if !outside.isEmpty {
            part.setAside.append("\(Self.count(outside.count, "tensor")) outside \(JSONText.shown(container))")
        }
        // Matrices could be a part of the model after all.
        part.outsiders = outside.filter { $0.shape.count >= 2 && !$0.isOfNoLayer && !OptimiserState.holds($0) }.map {
            "\(JSONText.shown($0.name)) \($0.shape)"
        }
        return part
    }

    /// Parts of the file that could be a model by themselves, level by level: its dictionaries and objects, where they do
    /// not hold all tensors, and not the same as another one.
    func parts() -> [[(container: String, set: TensorSet)]] {
        var levels: [[(container: String, set: TensorSet)]] = []
        var seen: Set<[String]> = [tensors.map(\.name)]
        for container in containers.prefix(TensorLimits.tensors) {
            let part = part(in: container)
            guard part.tensors.count >= 2, seen.insert(part.tensors.map(\.name)).inserted else { continue }
            let outer = levels.firstIndex { level in
                !level.contains { container.utf8.starts(with: $0.container.utf8) }
            }
            if let outer { levels[outer].append((container, part)) } else { levels.append([(container, part)]) }
        }
        return levels
    }
}
