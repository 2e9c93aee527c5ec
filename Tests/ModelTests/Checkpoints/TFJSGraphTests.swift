import Testing

@testable import GNCACheckpoints

@Suite struct TFJSGraphTests {
    private static func reason(_ text: String) -> String? {
        do {
            _ = try CheckpointFile(bytes: Array(text.utf8), path: "x")
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: ["", "sequential/", "model_3/a/"])
    func theVariablesAreFoundWhateverStandsBeforeTheirNames(prefix: String) throws {
        let small = try SmallLayers()
        let file = try CheckpointFile(bytes: ModelFiles.tfjsGraph(small, prefix: prefix), path: "x")
        #expect(file.format.name == "tfjs" && file.reading.family == "Distill notebook")
        #expect(file.reading.tensors.map(\.shape) == [[1, 1, 48, 8], [8], [1, 1, 8, 16], [16]])
        #expect(file.checkpoint.rule.b1 == small.layers.b1 && file.checkpoint.rule.w2 == small.layers.w2)
    }

    @Test func whatIsNoGraphOfWeightsIsRefused() throws {
        let good = String(decoding: ModelFiles.tfjsGraph(try SmallLayers()), as: UTF8.self)
        let bias = #"tensor "sequential/conv2d/BiasAdd/ReadVariableOp/resource""#
        #expect(Self.reason(good) == nil)
        #expect(
            Self.reason(#"{"modelTopology":{}}"#) == "x: the graph has no list of nodes (expected modelTopology.node)")
        #expect(
            Self.reason(#"{"modelTopology":{"node":[{"name":"a","op":"Const"}]}}"#)
                == "x: the graph holds no weights (they stand in the .bin files beside it; the Distill notebook writes them "
                + "into the .json)")
        #expect(
            Self.reason(good.replacing(#"[{"size":"8"}]"#, with: #"[{"size":"9"}]"#))
                == "x: \(bias) has shape [9], which does not fit its content (got 32 bytes, expected 36)")
        #expect(
            Self.reason(good.replacing(#"[{"size":"8"}]"#, with: #"[{"size":"99999999999"}]"#))
                == "x: \(bias) is too large (got shape [99999999999], limit 4194304 elements)")
        #expect(
            Self.reason(good.replacing(#"[{"size":"8"}]"#, with: #"[{"size":"-8"}]"#))
                == "x: \(bias) has a shape that is not understood")
        #expect(
            Self.reason(good.replacing(#""dtype":"DT_FLOAT""#, with: #""dtype":"DT_HALF""#))?
                .hasSuffix("is no list of 32-bit floats (expected dtype DT_FLOAT)") == true)
        #expect(
            Self.reason(good.replacing("tensorContent", with: "floatVal"))?
                .hasSuffix("has no content (expected tensorContent, base64)") == true)
        #expect(
            Self.reason(good + "x") == "x: there is something after the end of the JSON text (byte \(good.utf8.count))")
    }
}
