import GNCATestSupport
import Testing

@testable import GNCABasics
@testable import GNCACells
@testable import GNCACheckpoints

@Suite struct FamilyTests {
    /// A file of the family, whatever its container: names as the row has them, with words before.
    private static func tensors(_ family: Family, _ layers: FileLayers, prefix: String) -> [NamedTensor] {
        let names = family.layers.flatMap { [$0.weight, $0.bias].compactMap { $0 } }
        // Two tensors may not have the same name: the rows' are ends of names.
        let isUnique = names.count == Set(names).count
        var tensors: [NamedTensor] = []
        for (index, layer) in layers.layers.enumerated() {
            let (weight, bias) = family.layers[index]
            let before = isUnique ? prefix : prefix + "\(index)."
            tensors.append(NamedTensor(before + weight, [layer.outputs, layer.inputs], layer.weights))
            if let bias, let values = layer.bias {
                tensors.append(NamedTensor(before + bias, [layer.outputs], values))
            }
        }
        if let filters = family.filters {
            let shared = Self.filters()
            // One set a channel where the family has it so.
            let values =
                family.dialect.order == .channel ? [Float]((0..<layers.channels).flatMap { _ in shared }) : shared
            tensors.append(NamedTensor(prefix + filters, [values.count / 9, 1, 3, 3], values))
        }
        if let encoder = family.encoder {
            tensors.append(NamedTensor(prefix + encoder + "embedding.weight", [2, 3], [1, 2, 3, 4, 5, 6]))
        }
        return tensors
    }

    /// The same as its kind of file has them.
    private static func set(_ family: Family, _ layers: FileLayers, prefix: String) throws -> TensorSet {
        var set = try TensorSet(tensors(family, layers, prefix: prefix))
        if family.isOfKind { set.family = family.name }
        return set
    }

    /// Small layers as the family has them.
    private static func layers(_ family: Family) throws -> FileLayers {
        let small = try SmallLayers(outputBias: family.layers.last?.bias != nil).layers
        guard family.layers.count == 3 else { return small }
        let units = small.hidden
        let identity = (0..<(units * units)).map { $0 % (units + 1) == 0 ? 1 : 0 as Float }
        let middle = try DenseLayer(
            inputs: units, outputs: units, weights: identity, bias: [Float](repeating: 0, count: units))
        return FileLayers([small.layers[0], middle, small.layers[1]])
    }

    private static func filters(x: Float = 1, y: Float = 1, exchange: Bool = false) -> [Float] {
        let first = [-1, 0, 1, -2, 0, 2, -1, 0, 1].map { $0 * x }
        let second = [-1, -2, -1, 0, 0, 0, 1, 2, 1].map { $0 * y }
        return [0, 0, 0, 0, 1, 0, 0, 0, 0] + (exchange ? second + first : first + second)
    }

    @Test(arguments: Family.all.map(\.name), ["", "module."])
    func aFileOfAFamilyIsReadInItsDialect(name: String, prefix: String) throws {
        let family = try #require(Family.all.first { $0.name == name })
        let layers = try Self.layers(family)
        let set = try Self.set(family, layers, prefix: prefix)
        let reading = try Reading(set, .family)
        #expect(reading.family == name && reading.checkpoint.gridSize == family.grid)
        #expect(reading.isAssumed == family.isGeneric)
        let changed = try Reading(set, DialectChoice("threshold=0.2"))
        #expect(changed.family == name && changed.checkpoint.rule.life.threshold == 0.2)
        let more = try TensorSet(set.tensors + [NamedTensor("more", [3, 3, 3], [Float](repeating: 0, count: 27))])
        #expect(throws: FormatFault.self) { try Reading(more, .family) }
        guard family.encoder == nil, layers.layers.count == 2, family.name != "hexells" else { return }
        #expect(reading.spelledDialect == family.dialect.spelled && reading.warnings.isEmpty == !family.isGeneric)
        let (worst, _) = try DialectReference.difference(reading.checkpoint.rule, layers, family.dialect)
        #expect(worst <= 1e-5)
    }

    @Test(arguments: ["", "optimizer."])
    func anOptimisersStateBesideTheModelIsLeftAside(prefix: String) throws {
        let family = try #require(Family.all.first { $0.name == "chenmingxiang110" })
        let model = try Self.tensors(family, Self.layers(family), prefix: "model.")
        let state = model.enumerated().flatMap { index, tensor in
            ["exp_avg", "exp_avg_sq"].map {
                NamedTensor("\(prefix)state.\(index).\($0)", tensor.shape, tensor.values.map { $0 / 2 })
            } + [NamedTensor("\(prefix)state.\(index).step", [], [8000])]
        }
        let reading = try Reading(TensorSet(model + state), .family)
        #expect(try reading.checkpoint == Reading(TensorSet(model), .family).checkpoint)
        #expect(reading.folded.last == "9 tensors of an optimiser's state left aside")
        // Only buffers of that kind: anything else could be a part of the model.
        let other = NamedTensor("\(prefix)state.0.weight", [8], (0..<8).map(Float.init))
        #expect(throws: FormatFault.self) { try Reading(TensorSet(model + state + [other]), .family) }
    }

    @Test
    func everyRowGetsItsOwnFilesWhateverOtherRowsWouldTakeThem() throws {
        for family in Family.all {
            let set = try Self.set(family, Self.layers(family), prefix: "")
            #expect(Family.all.first { $0.roles(in: set) != nil }?.name == family.name)
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
            (filters(x: 1, y: 2), "filters=identity+sobel-x+sobel-y*2.0"),
            (Array(filters()[9...]) + Array(filters()[..<9]), "filters=sobel-x+sobel-y+identity"),
            ([Float](repeating: 1, count: 27), "filters=mean+mean+mean"),
        ])
    func filtersDecide(filters: [Float], spelled: String) throws {
        var dialect = Dialect()
        dialect.rule.perception.filters = try FileFilters.read([NamedTensor("k", [3, 1, 3, 3], filters)], channels: 16)
        #expect(dialect.spelled.contains(spelled))
    }

    /// A trained model under names that several programs use: it grows in Distill's dialect alone.
    @Test func namesOfSeveralProgramsAreSettledByGrowing() throws {
        let sample = Repository.root.appendingPathComponent("samples/lizard.ckpt").path
        let rule = try CheckpointFile(path: sample).checkpoint.rule
        let tensors = zip(["conv1", "conv2"], rule.network.layers).flatMap { name, layer in
            [
                NamedTensor(name + ".weight", [layer.outputs, layer.inputs, 1, 1], layer.weights),
                NamedTensor(name + ".bias", [layer.outputs], layer.bias ?? []),
            ]
        }
        let reading = try Reading(TensorSet(tensors), .family)
        #expect(reading.family == "Distill" && reading.isAssumed)
        #expect(reading.checkpoint.rule.network == rule.network && reading.checkpoint.rule.life == rule.life)
    }
}
