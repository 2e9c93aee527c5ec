import Testing

@testable import GNCABasics
@testable import GNCACheckpoints

@Suite struct TensorSelectionTests {
    private static let names = ["layer1.weight", "layer1.bias", "layer2.weight", "layer2.bias"]

    private static func model(_ prefix: String, _ seed: Int = 11) throws -> [NamedTensor] {
        try SmallLayers(seed: seed).tensors(names.map { prefix + $0 })
    }

    @Test func theTensorsUnderAPrefixLoseIt() throws {
        let set = try TensorSet(Self.model("model.") + Self.model("ema.", 12))
        for prefix in ["ema", "ema."] {
            let chosen = try set.selecting(prefix: prefix)
            #expect(try chosen.tensors == Self.model("", 12))
            #expect(chosen.setAside == [#"4 tensors outside "ema.""#])
        }
        let deep = try TensorSet(Self.model("state/net/"), setAside: ["a"]).selecting(prefix: "state/net")
        #expect(try deep.tensors == Self.model("") && deep.setAside == ["a"])
    }

    @Test func aPrefixThatIsNotThereIsRefusedWithThoseThatAre() throws {
        let set = try TensorSet(Self.model("model.") + Self.model("ema."))
        // Not "model" in other words.
        #expect(throws: FormatFault(reason: #"no tensor stands under "mode" (there are "model.", "ema.")"#)) {
            try set.selecting(prefix: "mode")
        }
        let plain = try TensorSet([NamedTensor("w1", [1], [1])])
        #expect(throws: FormatFault(reason: #"no tensor stands under "w1" (names have no prefix)"#)) {
            try plain.selecting(prefix: "w1")
        }
    }

    @Test func severalModelsAreNamedAndNoneIsChosen() throws {
        let set = try TensorSet(Self.model("model.") + Self.model("ema.module.", 12))
        #expect(set.models == ["model.", "ema.module."])
        #expect(
            throws: FormatFault(
                reason: #"the file holds 2 models of the same shape (under "model.", under "ema.module.")"#, remedy: .tensors)
        ) { try set.oneModel() }
        #expect(try set.oneModel(prefix: "ema.module").tensors == Self.model("", 12))
    }

    @Test func aModelWithoutAPrefixIsOneOfThem() throws {
        let set = try TensorSet(Self.model("") + Self.model("ema.", 12))
        #expect(set.models == ["", "ema."])
        #expect(
            throws: FormatFault(
                reason: #"the file holds 2 models of the same shape (one without a prefix, under "ema.")"#, remedy: .tensors)
        ) { try set.oneModel() }
        #expect(try set.oneModel(prefix: "").tensors == Self.model(""))
        #expect(try set.oneModel(prefix: "ema").tensors == Self.model("", 12))
    }

    @Test func aModelOfRepeatedPartsIsOneModel() throws {
        let one = try TensorSet(Self.model("model."))
        #expect(try one.models.isEmpty && one.oneModel() == one)
        // Two layers of one shape, each under its own name.
        let square = ["net.0", "net.1"].flatMap {
            [NamedTensor("\($0).weight", [2, 2], [1, 2, 3, 4]), NamedTensor("\($0).bias", [2], [1, 2])]
        }
        #expect(try TensorSet(square).models.isEmpty)
        // Two like parts that are not all there is.
        let parts = try Self.model("a.") + Self.model("b.") + [NamedTensor("last", [2, 2], [1, 2, 3, 4])]
        #expect(try TensorSet(parts).models.isEmpty)
        #expect(try TensorSet([]).models.isEmpty)
    }

    @Test func anOptimisersStateBesideTwoModelsDoesNotHideThem() throws {
        let state = NamedTensor("optimizer.state.0.exp_avg", [2, 2], [1, 2, 3, 4])
        #expect(try TensorSet(Self.model("a.") + Self.model("b.") + [state]).models == ["a.", "b."])
    }

    @Test func whatTrainingCountsIsSetAside() throws {
        let model = try Self.model("module.")
        let extras = [
            NamedTensor("n_averaged", [], [5], type: "I64"), NamedTensor("bn.num_batches_tracked", [1], [7]),
            NamedTensor("seeds", [3], [1, 2, 3], type: "I32"), NamedTensor("buffer", [0], []),
            NamedTensor("step", [], [3]),
            NamedTensor("rng_state", [2], [1, 2], type: "U8"),
        ]
        let set = try TensorSet(extras + model, setAside: ["1 NumPy array"]).oneModel()
        #expect(set.tensors == model)
        #expect(
            set.setAside == [
                "1 NumPy array", #"3 counters "n_averaged", "bn.num_batches_tracked", "step""#,
                #"2 tensors of whole numbers "seeds", "rng_state""#, #"empty tensor "buffer""#,
            ])
    }

    /// A setting of one number and the bytes of 8-bit weights are none, nor what an optimiser remembers.
    @Test func whatCouldBeAPartOfTheModelStays() throws {
        let tensors = [
            NamedTensor("gnca_version", [], [1]), NamedTensor("layer.bias", [1], [0.5]),
            NamedTensor("layer2.weight", [1, 1], [0.5], type: "U8"), NamedTensor("step", [2], [1, 2]),
            NamedTensor("state.0.step", [], [8000]),
        ]
        #expect(try TensorSet(tensors).oneModel().tensors == tensors)
    }

    @Test func aTextInAnNpzIsSetAside() throws {
        let tensors = try Self.model("")
        let text = ModelFiles.npy("{'descr': '<U6', 'fortran_order': False, 'shape': (), }", [])
        let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }"
        let set = try Npz.tensors(
            TestZip([("name.npy", text), ("a.npy", ModelFiles.npy(header, [0, 0, 0, 0]))]).bytes)
        #expect(set.tensors.map(\.name) == ["a"] && set.setAside == [#"text "name""#])
        #expect(try Npz.tensors(ModelFiles.npz(tensors)).setAside.isEmpty)
    }
}
