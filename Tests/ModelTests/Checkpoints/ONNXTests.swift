import Testing

@testable import GNCABasics
@testable import GNCACheckpoints

@Suite struct ONNXTests {
    private static let channels = 2
    /// `[2, 6]` and `[2, 2]`
    private static let w1 = NamedTensor("w1", [2, 6], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    private static let w2 = NamedTensor("w2", [2, 2], [1, 2, 3, 4])
    private static let identity: [Float] = [0, 0, 0, 0, 1, 0, 0, 0, 0]
    private static let right: [Float] = [0, 0, 0, 0, 0, 1, 0, 0, 0]
    private static let below: [Float] = [0, 0, 0, 0, 0, 0, 0, 1, 0]
    /// One filter for each of the two channels.
    private static func filter(_ name: String, _ kernel: [Float]) -> NamedTensor {
        NamedTensor(name, [2, 1, 3, 3], kernel + kernel)
    }

    private static func conv(_ inputs: [String], _ output: String, group: Int = 1) -> [UInt8] {
        ONNXFile.node(
            "Conv", inputs, output,
            attributes: [ONNXFile.attribute("group", group), ONNXFile.attribute("pads", [1, 1, 1, 1])])
    }

    private static func node(_ operation: String, _ inputs: [String], _ output: String) -> [UInt8] {
        ONNXFile.node(operation, inputs, output)
    }

    private static func concat(_ inputs: [String], _ output: String, axis: Int = 1) -> [UInt8] {
        ONNXFile.node("Concat", inputs, output, attributes: [ONNXFile.attribute("axis", axis)])
    }

    /// Two layers as 1 x 1 convolutions of the value "p".
    private static let dense: [[UInt8]] = [
        conv(["p", "w1"], "a"), node("Relu", ["a"], "b"), conv(["b", "w2"], "y"),
    ]
    private static var matrices: [NamedTensor] {
        [w1, w2].map { NamedTensor($0.name, $0.shape + [1, 1], $0.values) }
    }

    private static func network(_ tensors: [NamedTensor], _ nodes: [[UInt8]]) throws -> DescribedNetwork {
        try #require(try ONNX.tensors(ONNXFile.model(tensors, nodes)).network)
    }

    private static func reason(_ bytes: [UInt8]) -> String? {
        do throws(FormatFault) {
            _ = try ONNX.tensors(bytes)
            return nil
        } catch {
            return error.reason
        }
    }

    // MARK: layers

    @Test func theGraphTellsTransposedTensorsWithoutNamesApart() throws {
        let small = try SmallLayers(outputBias: false)
        let bytes = ONNXFile.layers(small)
        let set = try ONNX.tensors(bytes)
        let network = try #require(set.network)
        #expect(set.tensors.map(\.name) == ["val_2", "val_1", "bias"] && network.filters == nil)
        #expect(network.layers.map(\.weight.values) == [small.layers.w1, small.layers.w2])
        #expect(network.layers.map(\.weight.shape) == [[8, 48], [16, 8]])
        #expect(network.layers.map(\.weight.name) == ["val_1", "val_2"])
        #expect(network.layers.map(\.bias?.values) == [small.layers.b1, nil])
        #expect(network.layers.map(\.activation) == ["relu", "none"] && network.clamp == nil)
        let file = try CheckpointFile(bytes: bytes, path: "x", dialect: .parts([]))
        #expect(file.format.name == "onnx" && file.checkpoint.rule.w2 == small.layers.w2)
    }

    @Test func layersAreMatricesOnBothSidesGemmsAndConvolutions() throws {
        let bias = NamedTensor("b", [1, 2], [5, 6])
        let gemm = ONNXFile.node("Gemm", ["b1", "w2", "b"], "y", attributes: [ONNXFile.attribute("transB", 1)])
        let turned = ONNXFile.node("Transpose", ["w1"], "t", attributes: [ONNXFile.attribute("perm", [1, 0])])
        let network = try Self.network(
            [Self.w1, Self.w2, bias],
            [turned, Self.node("MatMul", ["x", "t"], "a"), Self.node("Relu", ["a"], "b1"), gemm])
        #expect(network.layers.map(\.weight.values) == [Self.w1.values, Self.w2.values])
        #expect(network.layers[1].bias == NamedTensor("b", [2], [5, 6]))
        let left = try Self.network([Self.w1], [Self.node("MatMul", ["w1", "x"], "y")])
        #expect(left.layers.map(\.weight) == [Self.w1])
        let convolution = try Self.network(
            Self.matrices + [bias], [Self.conv(["x", "w1", "b"], "a"), Self.conv(["a", "w2"], "y")])
        #expect(convolution.layers.map(\.weight) == [Self.w1, Self.w2])
        #expect(convolution.layers.map(\.bias?.values) == [[5, 6], nil])
        #expect(convolution.layers.map(\.activation) == ["none", "none"])
    }

    @Test func weightsMayStandInNodesAndAsListsOfNumbers() throws {
        let constant = ONNXFile.node("Constant", [], "k", attributes: [ONNXFile.attribute("value", Self.w1)])
        #expect(
            try Self.network([], [constant, Self.node("MatMul", ["k", "x"], "y")]).layers.map(\.weight) == [Self.w1])
        let packed = ONNXFile.bytes(4, ModelFiles.floats(Self.w2.values))
        let single = Self.w2.values.flatMap { ONNXFile.varint(4 << 3 | 5) + ModelFiles.floats([$0]) }
        for list in [packed, single] {
            let tensor = ONNXFile.number(1, 2) + ONNXFile.number(1, 2) + ONNXFile.number(2, 1)
            let bytes = ONNXFile.model(
                [], [Self.node("MatMul", ["w2", "x"], "y")],
                more: ONNXFile.bytes(5, tensor + ONNXFile.text(8, "w2") + list))
            #expect(try ONNX.tensors(bytes).tensors == [Self.w2])
        }
        let half = ONNXFile.number(1, 1) + ONNXFile.number(1, 2) + ONNXFile.number(2, 10) + ONNXFile.text(8, "w2")
        let bits = ONNXFile.bytes(5, ONNXFile.varint(0x3E00) + ONNXFile.varint(0xC000))
        let bytes = ONNXFile.model(
            [], [Self.node("MatMul", ["w2", "x"], "y")], more: ONNXFile.bytes(5, half + bits))
        #expect(try ONNX.tensors(bytes).tensors.map(\.values) == [[1.5, -2]])
    }

    @Test(
        arguments: [
            ("Relu", "relu"), ("LeakyRelu", "leaky-relu"), ("Tanh", "tanh"), ("Sigmoid", "sigmoid"), ("Elu", "elu"),
            ("Gelu", "gelu"), ("Abs", "abs"), ("Identity", "none"),
        ])
    func anActivationIsTold(operation: String, name: String) throws {
        let nodes = [Self.conv(["x", "w1"], "a"), Self.node(operation, ["a"], "b"), Self.conv(["b", "w2"], "c")]
        let between = try Self.network(Self.matrices, nodes)
        #expect(between.layers.map(\.activation) == [name, "none"])
        let last = try Self.network(
            Self.matrices,
            [Self.conv(["x", "w1"], "a"), Self.conv(["a", "w2"], "c"), Self.node(operation, ["c"], "d")])
        #expect(last.layers.map(\.activation) == ["none", name])
    }

    /// Exporters take apart what their version of the format has no operation for.
    @Test func anActivationIsToldByWhatItComputes() throws {
        func scalar(_ name: String, _ value: Float) -> NamedTensor { NamedTensor(name, [], [value]) }
        let constants = [
            scalar("root", Float(2).squareRoot()), scalar("one", 1), scalar("half", 0.5), scalar("two", 2),
            scalar("zero", 0), scalar("fifth", 0.2),
        ]
        func activation(_ nodes: [[UInt8]]) throws -> String {
            let all = [Self.conv(["x", "w1"], "a")] + nodes + [Self.conv(["b", "w2"], "y")]
            return try Self.network(Self.matrices + constants, all).layers[0].activation
        }
        let gelu = [
            Self.node("Div", ["a", "root"], "1"), Self.node("Erf", ["1"], "2"), Self.node("Add", ["2", "one"], "3"),
            Self.node("Mul", ["a", "3"], "4"), Self.node("Mul", ["4", "half"], "b"),
        ]
        #expect(try activation(gelu) == "gelu")
        #expect(try activation([Self.node("Clip", ["a", "zero", "two"], "b")]) == "clamp(0,2)")
        #expect(
            try activation([Self.node("Max", ["a", "zero"], "1"), Self.node("Min", ["1", "two"], "b")]) == "clamp(0,2)")
        #expect(try activation([Self.node("Max", ["a", "zero"], "b")]) == "relu")
        #expect(
            try activation([Self.node("Mul", ["a", "fifth"], "1"), Self.node("Max", ["a", "1"], "b")])
                == "leaky-relu(0.2)")
        let old = ONNXFile.node(
            "Clip", ["a"], "b",
            attributes: [ONNXFile.attribute("min", Float(0)), ONNXFile.attribute("max", Float(6))])
        #expect(try activation([old]) == "clamp(0,6)")
        let silu = [Self.node("Sigmoid", ["a"], "1"), Self.node("Mul", ["a", "1"], "b")]
        #expect(throws: FormatFault(reason: "a layer of the graph is followed by an activation that is not read")) {
            try activation(silu)
        }
    }

    @Test func aFactorOnTheUpdateBecomesAPartOfTheLastLayer() throws {
        let half = NamedTensor("half", [], [0.5])
        let network = try Self.network(
            Self.matrices + [half, NamedTensor("b2", [2], [2, 4])],
            [
                Self.conv(["x", "w1"], "a"), Self.conv(["a", "w2", "b2"], "b"), Self.node("Mul", ["b", "half"], "c"),
                Self.node("Mul", ["c", "x"], "y"),
            ])
        #expect(network.layers[1].weight.values == [0.5, 1, 1.5, 2] && network.layers[1].bias?.values == [1, 2])
        #expect(network.layers[1].activation == "none")
    }

    /// A graph of several steps repeats its layers.
    @Test func theSecondStepOfAGraphIsTheFirstOnceMore() throws {
        let again = [
            Self.node("Add", ["x", "y"], "s"), Self.conv(["s", "w1"], "a2"), Self.node("Relu", ["a2"], "b2"),
            Self.conv(["b2", "w2"], "y2"),
        ]
        let first = [Self.node("Identity", ["x"], "p")] + Self.dense
        #expect(try Self.network(Self.matrices, first + again).layers == Self.network(Self.matrices, first).layers)
    }

    // MARK: perception

    @Test func filtersOneAfterTheOtherBecomeThoseOfEachChannel() throws {
        let network = try Self.network(
            Self.matrices + [Self.filter("r", Self.right), Self.filter("u", Self.below)],
            [
                Self.conv(["x", "r"], "gx", group: 2), Self.conv(["x", "u"], "gy", group: 2),
                Self.concat(["x", "gx", "gy"], "p"),
            ] + Self.dense)
        let kernels = Self.identity + Self.right + Self.below
        #expect(network.filters == NamedTensor("perception", [6, 1, 3, 3], kernels + kernels))
        #expect(network.layers[0].weight.values == [1, 3, 5, 2, 4, 6, 7, 9, 11, 8, 10, 12])
    }

    @Test func groupedStackedAndSharedFiltersKeepTheirOrder() throws {
        let kernels = Self.identity + Self.right + Self.below
        let grouped = try Self.network(
            Self.matrices + [NamedTensor("k", [6, 1, 3, 3], kernels + kernels)],
            [Self.conv(["x", "k"], "p", group: 2)] + Self.dense)
        #expect(grouped.filters?.values == kernels + kernels && grouped.layers[0].weight == Self.w1)
        let axes = ONNXFile.attribute("axes", [2])
        func unsqueezed(_ value: String) -> [UInt8] {
            ONNXFile.node("Unsqueeze", [value], value + "'", attributes: [axes])
        }
        let stacked = try Self.network(
            Self.matrices + [Self.filter("r", Self.right), Self.filter("u", Self.below)],
            [
                Self.conv(["x", "r"], "gx", group: 2), Self.conv(["x", "u"], "gy", group: 2), unsqueezed("x"),
                unsqueezed("gx"), unsqueezed("gy"), Self.concat(["x'", "gx'", "gy'"], "s", axis: 2),
                Self.node("Reshape", ["s"], "p"),
            ] + Self.dense)
        #expect(stacked.filters == grouped.filters.map { NamedTensor("perception", $0.shape, $0.values) })
        #expect(stacked.layers[0].weight == Self.w1)
        let shared = try Self.network(
            Self.matrices + [NamedTensor("k", [3, 1, 3, 3], kernels)],
            [
                Self.node("Reshape", ["x"], "c"), Self.conv(["c", "k"], "f"), Self.node("Reshape", ["f"], "p"),
            ] + Self.dense)
        #expect(shared.filters?.values == kernels + kernels && shared.layers[0].weight == Self.w1)
    }

    /// `[1, H, W, C]` that becomes `[1, C, W, H]`: the filter to the right looks down.
    @Test func filtersAreTurnedWhereTheGraphTurnsThePicture() throws {
        func turned(_ perm: [Int]) throws -> [Float]? {
            let transpose = ONNXFile.node("Transpose", ["x"], "t", attributes: [ONNXFile.attribute("perm", perm)])
            return try Self.network(
                Self.matrices + [
                    NamedTensor("k", [6, 1, 3, 3], Array(repeating: Self.right, count: 6).flatMap { $0 })
                ],
                [transpose, Self.conv(["t", "k"], "p", group: 2)] + Self.dense
            ).filters.map { Array($0.values.prefix(9)) }
        }
        #expect(try turned([0, 3, 2, 1]) == Self.below)
        #expect(try turned([0, 3, 1, 2]) == Self.right)
    }

    @Test func aFullConvolutionIsALayerThatSeesTheNeighbours() throws {
        let weight = NamedTensor("w", [2, 2, 3, 3], (0..<36).map { Float($0) })
        let network = try Self.network(
            [weight, Self.matrices[1]], [Self.conv(["x", "w"], "a"), Self.conv(["a", "w2"], "y")])
        #expect(network.layers.map(\.weight) == [weight, Self.w2] && network.filters == nil)
        #expect(
            Self.reason(
                ONNXFile.model(
                    [weight, Self.matrices[1]], [Self.conv(["x", "w2"], "a"), Self.conv(["a", "w"], "y")]))
                == "a layer of the graph behind the first sees the neighbours of a cell")
    }

    @Test func paddingAroundATorusIsPassed() throws {
        let kernels = Array(repeating: Self.right, count: 6).flatMap { $0 }
        let pad = [
            Self.node("Slice", ["x"], "s"), Self.concat(["s", "x", "s"], "wide", axis: 2),
            Self.node("Slice", ["wide"], "s2"), Self.concat(["s2", "wide"], "all", axis: 3),
        ]
        let network = try Self.network(
            Self.matrices + [NamedTensor("k", [6, 1, 3, 3], kernels)],
            pad + [Self.conv(["all", "k"], "p", group: 2)] + Self.dense)
        #expect(network.filters?.values == kernels)
    }

    // MARK: clamp

    @Test func aClampOfTheNewStateIsFound() throws {
        func clamp(_ nodes: [[UInt8]]) throws -> DescribedNetwork {
            let bounds = [NamedTensor("low", [], [-1]), NamedTensor("high", [], [1]), NamedTensor("two", [], [2])]
            let first = [Self.node("Identity", ["x"], "p")] + Self.dense
            return try Self.network(Self.matrices + bounds, first + nodes)
        }
        let add = [Self.node("Mul", ["y", "x"], "u"), Self.node("Add", ["x", "u"], "s")]
        let clip = Self.node("Clip", ["s", "low", "high"], "end")
        let all = try clamp(add + [clip])
        #expect(all.clamp == -1...1 && all.clampedChannels == nil && all.layers[1].activation == "none")
        let masked = try clamp(
            add + [Self.node("Mul", ["s", "x"], "m"), Self.node("Clip", ["m", "low", "high"], "end")])
        #expect(masked.clamp == -1...1)
        func slice(_ start: Int) -> [UInt8] {
            ONNXFile.node(
                "Slice", ["s"], "some",
                attributes: [
                    ONNXFile.attribute("starts", [start]), ONNXFile.attribute("ends", [4]),
                    ONNXFile.attribute("axes", [1]),
                ])
        }
        let some = Self.node("Clip", ["some", "low", "high"], "end")
        let four = try clamp(add + [slice(0), some])
        #expect(four.clamp == -1...1 && four.clampedChannels == 4)
        #expect(throws: FormatFault(reason: "the graph clamps some channels in a way that is not read")) {
            try clamp(add + [slice(1), some])
        }
        #expect(try clamp(add).clamp == nil)
    }

    // MARK: refusals

    @Test func whatIsNoAutomatonIsRefusedInASentence() throws {
        let two = Self.matrices
        #expect(
            Self.reason(ONNXFile.model([], [Self.node("Relu", ["x"], "y")]))
                == "the graph has no dense layer (expected MatMul, Gemm or Conv with weights in the file)")
        #expect(Self.reason(ONNXFile.number(1, 8)) == "the model has no graph")
        #expect(
            Self.reason(ONNXFile.model(two, [Self.node("Relu", ["z"], "p")] + Self.dense))
                == #"the graph uses "z" before it is made"#)
        #expect(
            Self.reason(
                ONNXFile.model(two, [Self.node("Relu", ["x"], "p"), Self.node("Relu", ["x"], "p")] + Self.dense))
                == #"the graph makes "p" twice"#)
        #expect(Self.reason(ONNXFile.model(two + two, Self.dense)) == #"there are two tensors "w1""#)
        #expect(
            Self.reason(ONNXFile.model(two, [Self.node("Einsum", ["x"], "p")] + Self.dense))
                == #"something stands before perception in the graph (got "Einsum")"#)
        let softmax = [
            Self.conv(["x", "w1"], "a"), Self.node("Softmax", ["a"], "b"), Self.conv(["b", "w2"], "y"),
        ]
        #expect(
            Self.reason(ONNXFile.model(two, softmax))
                == #"the layers of the graph do not follow each other (got "Softmax" before layer 2)"#)
        let strange = [
            Self.conv(["x", "w1"], "a"), ONNXFile.node("Relu", ["a"], "b", domain: "com.example"),
            Self.conv(["b", "w2"], "y"),
        ]
        #expect(
            Self.reason(ONNXFile.model(two, strange))
                == #"the layers of the graph do not follow each other (got "com.example.Relu" before layer 2)"#)
        #expect(
            Self.reason(
                ONNXFile.model(
                    two + [Self.filter("r", Self.right)],
                    [Self.conv(["x", "r"], "p", group: 2)] + Self.dense))
                == "what the graph perceives does not fit its first layer (got 6 inputs)")
    }

    @Test func aSmallGraphCannotAskForMuchWork() throws {
        // Eight times everything before, eight times over.
        var nodes: [[UInt8]] = [Self.node("Identity", ["x"], "v0")]
        for step in 1...7 {
            nodes.append(Self.concat(Array(repeating: "v\(step - 1)", count: 8), "v\(step)"))
        }
        nodes.append(Self.node("Identity", ["v7"], "p"))
        #expect(
            Self.reason(ONNXFile.model(Self.matrices, nodes + Self.dense))
                == "what the graph perceives is put together of too many things")
        let empty = NamedTensor("w1", [2, 0, 1, 1], [])
        #expect(
            Self.reason(ONNXFile.model([empty], [Self.conv(["x", "w1"], "y")])) == "a layer of the graph is empty")
    }

    @Test func tensorsThatAreNotWholeAreRefused() throws {
        func reason(_ tensor: [UInt8]) -> String? {
            Self.reason(ONNXFile.model([], [], more: ONNXFile.bytes(5, tensor)))
        }
        let head = ONNXFile.number(1, 2) + ONNXFile.number(2, 1) + ONNXFile.text(8, "w")
        #expect(
            reason(head + ONNXFile.number(14, 1))
                == #"tensor "w" stands in another file beside the model (save it as one file: "#
                + "onnx.save(onnx.load(FILE), OUT))")
        #expect(
            reason(head + ONNXFile.bytes(9, [0, 0, 0, 0]))
                == #"tensor "w" has shape [2], which does not fit its content (got 4 bytes, expected 8)"#)
        #expect(reason(head)?.hasSuffix("(got 0 numbers, expected 2)") == true)
        #expect(
            reason(ONNXFile.number(1, 1 << 40) + ONNXFile.number(2, 1) + ONNXFile.text(8, "w"))
                == #"tensor "w" is too large (got shape [1099511627776], limit 4194304 elements)"#)
        #expect(reason(ONNXFile.number(1, -1) + ONNXFile.number(2, 1))?.contains("negative dimension") == true)
        #expect(reason([0xFF]) == "the protocol buffer is cut off or damaged")
        #expect(
            reason(ONNXFile.varint(8 << 3 | 2) + ONNXFile.varint(-1)) == "the protocol buffer is cut off or damaged")
    }

    @Test func everyCutOffAndEveryFlippedByteIsRefusedOrHarmless() throws {
        let whole = ONNXFile.model(
            Self.matrices + [Self.filter("r", Self.right), Self.filter("u", Self.below)],
            [
                Self.conv(["x", "r"], "gx", group: 2), Self.conv(["x", "u"], "gy", group: 2),
                Self.concat(["x", "gx", "gy"], "p"),
            ] + Self.dense)
        _ = try ONNX.tensors(whole)
        for length in 0..<whole.count { _ = try? ONNX.tensors(Array(whole[..<length])) }
        for index in whole.indices {
            for flip in [0xFF, 1, 0x80] as [UInt8] {
                var bytes = whole
                bytes[index] ^= flip
                if let network = try? ONNX.tensors(bytes).network {
                    #expect(network.layers.allSatisfy { $0.weight.values.count == $0.weight.shape.reduce(1, *) })
                }
            }
        }
    }

    /// Names without end, each of two bytes.
    @Test func namesOfNodesAreLimited() {
        let inputs = (0..<200_001).flatMap { _ in ONNXFile.text(1, "") }
        let model = ONNXFile.bytes(7, ONNXFile.bytes(1, inputs))
        #expect(
            throws: FormatFault(
                reason: "the nodes of the graph have too many inputs and attributes (limit 200000)")
        ) { try ONNXGraph(model) }
    }

    /// What stands behind a layer is told by trying numbers, and each try meets every constant on the way.
    @Test func aConstantIsLookedThroughOnce() throws {
        let graph = try ONNXGraph(
            ONNXFile.model(
                [NamedTensor("two", [3], [2, 2, 2]), NamedTensor("mixed", [3], [1, 2, 3])],
                [Self.node("Relu", ["two"], "y")]))
        #expect(graph.singles == ["two": 2])
    }
}
