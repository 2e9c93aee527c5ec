import Testing

@testable import GNCABasics
@testable import GNCACheckpoints

@Suite struct FamilyTests {
    /// A file of the family, whatever its container: names as the row has them, with words before.
    private static func tensors(_ family: Family, _ small: SmallLayers, prefix: String) -> [NamedTensor] {
        let names = [family.w1, family.b1, family.w2, family.b2].compactMap { $0 }
        // Two tensors may not have the same name: the rows' are ends of names.
        var tensors = small.tensors(names.enumerated().map { prefix + "\($0.offset)." + $0.element })
        if names.count == Set(names).count { tensors = small.tensors(names.map { prefix + $0 }) }
        if let filters = family.filters { tensors.append(NamedTensor(prefix + filters, [3, 1, 3, 3], Self.filters())) }
        return tensors
    }

    private static let shiftedFilters = filters().map { $0 + 0.1 }

    private static func filters(x: Float = 1, y: Float = 1, exchange: Bool = false) -> [Float] {
        let first = [-1, 0, 1, -2, 0, 2, -1, 0, 1].map { $0 * x }
        let second = [-1, -2, -1, 0, 0, 0, 1, 2, 1].map { $0 * y }
        return [0, 0, 0, 0, 1, 0, 0, 0, 0] + (exchange ? second + first : first + second)
    }

    @Test("a file of a family is read in its dialect", arguments: Family.all.map(\.name), ["", "module."])
    func family(name: String, prefix: String) throws {
        let family = try #require(Family.all.first { $0.name == name })
        let small = try SmallLayers(outputBias: family.b2 != nil)
        let set = try TensorSet(Self.tensors(family, small, prefix: prefix))
        let reading = try Reading(set, .family)
        #expect(reading.family == name && reading.checkpoint.gridSize == family.grid)
        #expect(reading.spelledDialect == family.dialect.spelled && reading.warnings.isEmpty)
        let (worst, _) = try DialectReference.difference(reading.checkpoint.rule, small.layers, family.dialect)
        #expect(worst <= 1e-5)

        let changed = try Reading(set, DialectChoice("threshold=0.2"))
        #expect(changed.family == name && changed.checkpoint.rule.lifeMask.threshold == 0.2)
        let more = try TensorSet(set.tensors + [NamedTensor("more", [3, 3, 3], [Float](repeating: 0, count: 27))])
        #expect(throws: FormatFault.self) { try Reading(more, .family) }
    }

    @Test("an optimiser's state beside the model is left aside", arguments: ["", "optimizer."])
    func optimiser(prefix: String) throws {
        let family = try #require(Family.all.first { $0.name == "chenmingxiang110" })
        let model = try Self.tensors(family, SmallLayers(outputBias: false), prefix: "model.")
        let state = model.enumerated().flatMap { index, tensor in
            ["exp_avg", "exp_avg_sq"].map {
                NamedTensor("\(prefix)state.\(index).\($0)", tensor.shape, tensor.values.map { $0 / 2 })
            } + [NamedTensor("\(prefix)state.\(index).step", [], [8000])]
        }
        let reading = try Reading(TensorSet(model + state), .family)
        #expect(try reading.checkpoint == Reading(TensorSet(model), .family).checkpoint)
        #expect(reading.folded.last == "9 tensors of an optimiser's state left aside")
        // Only buffers of that kind: anything else could be a part of the model.
        let other = NamedTensor("\(prefix)state.0.weight", [4], [1, 2, 3, 4])
        #expect(throws: FormatFault.self) { try Reading(TensorSet(model + state + [other]), .family) }
    }

    @Test("no two rows claim the same file")
    func rowsAreDistinct() throws {
        for family in Family.all {
            let set = try TensorSet(Self.tensors(family, SmallLayers(outputBias: family.b2 != nil), prefix: ""))
            #expect(Family.all.filter { $0.roles(in: set) != nil }.map(\.name) == [family.name])
        }
    }

    @Test(
        "filters in the file decide",
        arguments: [
            (filters(), "scale=1.0,negate=none,exchange=no"),
            (filters(x: 0.125, y: 0.125), "scale=1/8,negate=none,exchange=no"),
            (filters(y: -1), "scale=1.0,negate=y,exchange=no"), (filters(x: -1), "scale=1.0,negate=x,exchange=no"),
            (filters(x: -2, y: -2, exchange: true), "scale=2.0,negate=xy,exchange=yes"),
            (filters(y: -1, exchange: true), "scale=1.0,negate=y,exchange=yes"),
        ])
    func filtersDecide(filters: [Float], spelled: String) throws {
        var dialect = Dialect()
        try dialect.adopt(filters: NamedTensor("k", [3, 1, 3, 3], filters))
        #expect(dialect.spelled.contains(spelled))
    }

    @Test(
        "filters that cannot be folded are refused",
        arguments: [
            filters(x: 1, y: 2), filters(x: 0, y: 0), [Float](repeating: 1, count: 27), shiftedFilters,
            filters() + [0], Array(filters()[9...]) + Array(filters()[..<9]),
        ])
    func otherFilters(filters: [Float]) {
        var dialect = Dialect()
        let reason =
            "the filters in \"k\" are not the identity and Sobel's of one scale, which is all that this program perceives"
        let shape = filters.count == 27 ? [3, 1, 3, 3] : [filters.count]
        #expect(throws: FormatFault(reason: reason)) { try dialect.adopt(filters: NamedTensor("k", shape, filters)) }
    }
}
