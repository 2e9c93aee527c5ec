import Testing

@testable import GNCABasics
@testable import GNCACells
@testable import GNCACheckpoints

/// What `torch.save(model, FILE)` writes: objects of classes that this program does not have.
@Suite struct WholeModuleTests {
    private static func tensor(_ key: Int, _ shape: [Int]) -> [UInt8] {
        Pickle.tensor(storage: Pickle.storage("\(key)", count: shape.reduce(1, *)), shape: shape)
    }

    private static func parameter(_ tensor: [UInt8]) -> [UInt8] {
        Pickle.global("torch._utils", "_rebuild_parameter") + Pickle.tuple(tensor, [0x88], Pickle.orderedDict)
            + Pickle.op("R")
    }

    /// A module as PyTorch pickles it.
    private static func module(
        _ name: String, parameters: [(String, [UInt8])] = [], buffers: [(String, [UInt8])] = [],
        modules: [(String, [UInt8])] = [], others: [(String, [UInt8])] = []
    ) -> [UInt8] {
        let set = Pickle.global("__builtin__", "set") + Pickle.op("]") + [0x85] + Pickle.op("R")
        let attributes: [(String, [UInt8])] =
            [("training", [0x88]), ("_modules", Pickle.dictionary(modules))] + others + [
                ("_parameters", Pickle.dictionary(parameters)), ("_buffers", Pickle.dictionary(buffers)),
                ("_non_persistent_buffers_set", set), ("_forward_hooks", Pickle.orderedDict),
            ]
        return Pickle.object("model", name) + Pickle.dictionary(attributes) + Pickle.op("b")
    }

    private static func linear(_ key: Int) -> [UInt8] {
        module(
            "Linear",
            parameters: [("weight", parameter(tensor(key, [2, 3]))), ("bias", parameter(tensor(key + 1, [2])))],
            others: [("in_features", Pickle.int(3))])
    }

    private static func names(_ pickle: [UInt8]) throws -> [String] {
        try PickleMachine(Pickle.program(pickle)[...]).namedTensors().map(\.name)
    }

    @Test func tensorsAreCalledAsTheStateDictionaryCallsThem() throws {
        let net = Self.module("Sequential", modules: [("0", Self.linear(0)), ("2", Self.linear(2))])
        #expect(try Self.names(net) == ["0.weight", "0.bias", "2.weight", "2.bias"])
        let model = Self.module(
            "CA", parameters: [("gain", Self.parameter(Self.tensor(8, [1]))), ("none", Pickle.op("N"))],
            buffers: [("kernels", Self.tensor(9, [3, 1, 3, 3]))], modules: [("net", net)])
        let expected = ["gain", "kernels", "net.0.weight", "net.0.bias", "net.2.weight", "net.2.bias"]
        #expect(try Self.names(model) == expected)
        #expect(try Self.names(Pickle.dictionary([("model", model)])) == expected.map { "model." + $0 })
    }

    @Test func theModelGrowsAsItsStateDictionaryDoes() throws {
        let tensors = try SmallLayers(outputBias: false).tensors(["fc0.weight", "fc0.bias", "fc1.weight"])
        let parts = tensors.enumerated().map { Self.parameter(Self.tensor($0, $1.shape)) }
        let model = Self.module(
            "CA",
            modules: [
                ("fc0", Self.module("Linear", parameters: [("weight", parts[0]), ("bias", parts[1])])),
                ("fc1", Self.module("Linear", parameters: [("weight", parts[2]), ("bias", Pickle.op("N"))])),
            ])
        let zip = ModelFiles.torchZip(
            pickle: Pickle.program(model), storages: tensors.map { ModelFiles.floats($0.values) })
        let file = try CheckpointFile(bytes: zip.bytes, path: "x")
        let plain = try CheckpointFile(bytes: ModelFiles.torchZip(tensors), path: "x")
        #expect(file.reading == plain.reading)
    }

    /// A list of layers beside the modules holds the same parameters; a tensor that is only an attribute is found.
    @Test func attributesThatHoldPartsOfTheModuleDoNotRepeatThem() throws {
        let weight = Self.parameter(Self.tensor(0, [2])) + Pickle.op("q") + [9]
        let model = Self.module(
            "CA", modules: [("net", Self.module("Layer", parameters: [("weight", weight)]))],
            others: [
                ("layers", Pickle.op("]h") + [9] + Pickle.op("a")), ("sobel", Self.tensor(1, [3, 3])),
                ("again", Pickle.op("h") + [9]),
            ])
        #expect(try Self.names(model) == ["net.weight", "sobel"])
        let groups = Pickle.dictionary([("params", Pickle.op("]h") + [9] + Pickle.op("a"))])
        let optimiser = Pickle.object("torch.optim", "Adam") + groups + Pickle.op("b")
        #expect(
            try Self.names(Pickle.dictionary([("model", model), ("opt", optimiser)])) == [
                "model.net.weight", "model.sobel",
            ])
    }

    @Test func objectsOfAllKindsAreWalked() throws {
        let one = Self.tensor(0, [2])
        let slots =
            Pickle.object("model", "Slots")
            + Pickle.tuple(Pickle.op("N"), Pickle.dictionary([("w", one)])) + Pickle.op("b")
        #expect(try Self.names(slots) == ["w"])
        let mapping = Pickle.object("model", "Config") + Pickle.text("w") + one + Pickle.op("s")
        #expect(try Self.names(mapping) == ["w"])
        let list = Pickle.object("model", "Tensors") + one + Pickle.op("a")
        #expect(try Self.names(list) == ["0"])
        let named = Pickle.global("model", "Pair") + Pickle.tuple(one, one) + [0x81]
        #expect(try Self.names(named) == ["0", "1"])
        let keywords = Pickle.global("model", "Pair") + Pickle.op(")") + Pickle.dictionary([("w", one)]) + [0x92]
        #expect(try Self.names(keywords) == ["0.w"])
        let state = Pickle.object("model", "Own") + Pickle.tuple(one) + Pickle.op("b")
        #expect(try Self.names(state) == ["0"])
        let subclass =
            Pickle.global("torch._tensor", "_rebuild_from_type_v2")
            + Pickle.tuple(
                Pickle.global("torch._utils", "_rebuild_parameter"), Pickle.global("model", "Weight"),
                Pickle.tuple(one, [0x88], Pickle.orderedDict), Pickle.op("}")) + Pickle.op("R")
        #expect(try Self.names(Pickle.dictionary([("w", subclass)])) == ["w"])
    }

    /// Before PyTorch 1.6 the class of a module stood beside its program, which is data like any other.
    @Test func theProgramInAnOldFileIsPassedOver() throws {
        let type =
            Pickle.tuple(
                Pickle.text("module"), Pickle.global("model", "Linear"), Pickle.text("model.py"),
                Pickle.text("import os; os.system('ls')")) + Pickle.op("Q")
        let state = Pickle.dictionary([("_parameters", Pickle.dictionary([("weight", Self.tensor(0, [2]))]))])
        #expect(try Self.names(type + Pickle.op(")") + [0x81] + state + Pickle.op("b")) == ["weight"])
    }

    @Test(
        arguments: [
            ("collections", "Counter"), ("collections", "defaultdict"), ("argparse", "Namespace"), ("torch", "Size"),
            ("torch", "device"), ("torch", "Tensor"), ("numpy", "dtype"), ("numpy.core.multiarray", "scalar"),
            ("numpy._core.multiarray", "scalar"), ("numpy._core.multiarray", "_reconstruct"), ("_codecs", "encode"),
            ("builtins", "set"), ("__builtin__", "frozenset"), ("pathlib", "PosixPath"), ("model", "NeuralCA"),
            ("model", "CA.Settings"), ("code.model", "Net"), ("functools", "partial"), ("datetime", "datetime"),
            ("torch.optim.adam", "Adam"), ("types", "SimpleNamespace"), ("easydict", "EasyDict"),
            ("numpy.random._pickle", "__generator_ctor"), ("numpy.random.bit_generator", "__pyx_unpickle_SeedSequence"),
        ])
    func whatMakesDataIsPassedOver(module: String, name: String) throws {
        let value = Pickle.global(module, name) + Pickle.tuple(Pickle.text("a")) + Pickle.op("R")
        let pickle = Pickle.dictionary([("w", Self.tensor(0, [2])), ("other", value)])
        #expect(try Self.names(pickle) == ["w"])
    }

    /// A module keeps its activation as the name of a function.
    @Test(arguments: [("torch.nn.functional", "relu"), ("torch", "float32"), ("model", "build")])
    func aFunctionThatIsNamedButNotCalledIsPassedOver(module: String, name: String) throws {
        let pickle = Pickle.dictionary([("w", Self.tensor(0, [2])), ("act", Pickle.global(module, name))])
        #expect(try Self.names(pickle) == ["w"])
    }

    /// What Python makes of `self.act = torch.tanh` and of members of enumerations.
    @Test func anAttributeOfAClassIsPassedOver() throws {
        let attribute =
            Pickle.global("__builtin__", "getattr")
            + Pickle.tuple(Pickle.global("torch._C", "_VariableFunctionsClass"), Pickle.text("tanh")) + Pickle.op("R")
        #expect(try Self.names(Pickle.dictionary([("w", Self.tensor(0, [2])), ("act", attribute)])) == ["w"])
    }

    @Test func tensorsOfTheOldestFilesAreRead() throws {
        let storage = Pickle.storage("0", count: 2)
        let old =
            Pickle.global("torch._utils", "_rebuild_tensor")
            + Pickle.tuple(storage, Pickle.int(0), Pickle.ints([2]), Pickle.ints([1])) + Pickle.op("R")
        #expect(try Self.names(Pickle.dictionary([("w", old)])) == ["w"])
    }

    @Test func keysOfAllKindsThatPythonHasLeadToTensors() throws {
        let one = Self.tensor(0, [2])
        let pickle =
            Pickle.op("}(") + Pickle.op("N") + one + Pickle.op(")") + one + Pickle.int(7) + one + Pickle.op("u")
        #expect(try Self.names(pickle) == ["0", "1", "7"])
    }

    @Test func numpyArraysAreCounted() throws {
        let array = Pickle.global("numpy._core.multiarray", "_reconstruct") + Pickle.op(")R")
        let pickle = Pickle.program(Pickle.dictionary([("w", Self.tensor(0, [1])), ("losses", array)]))
        let zip = ModelFiles.torchZip(pickle: pickle, storages: [[0, 0, 0, 0]])
        #expect(try PyTorchZip.tensors(zip.bytes).setAside == ["1 NumPy array"])
    }

    @Test func aFileWithoutTensorsSaysSo() throws {
        let zip = ModelFiles.torchZip(pickle: Pickle.program(Self.module("Empty")))
        #expect(throws: ModelError.badCheckpoint(file: "x", reason: "there is no tensor in this file")) {
            try CheckpointFile(bytes: zip.bytes, path: "x")
        }
    }

    @Test func everyCutOffIsRefused() throws {
        let whole = Pickle.program(Self.module("Sequential", modules: [("0", Self.linear(0))]))
        for length in 0..<whole.count {
            #expect(throws: FormatFault.self) { try PickleMachine(whole[..<length]) }
        }
    }
}
