import Testing

@testable import GNCABasics
@testable import GNCACells
@testable import GNCACheckpoints

@Suite struct HexellsTests {
    private static func reason(_ text: String, entry: String? = "dots") -> String? {
        do throws(FormatFault) {
            _ = try Hexells.tensors(Array(text.utf8), entry: entry)
            return nil
        } catch {
            return error.reason
        }
    }

    @Test func theNamesAreListed() throws {
        #expect(try Hexells.entries(Array(HexellsFile.text().utf8)) == HexellsFile.names)
    }

    @Test(arguments: [0, 1, 2])
    func eachTextureHasItsOwnTile(place: Int) throws {
        let set = try Hexells.tensors(Array(HexellsFile.text().utf8), entry: HexellsFile.names[place])
        #expect(set.tensors.map(\.name) == ["layer1.weight", "layer1.bias", "layer2.weight", "layer2.bias"])
        #expect(set.tensors.map(\.shape) == [[4, 16], [4], [4, 4], [4]])
        let (first, second) = (HexellsFile.bytes(place, 17, 4), HexellsFile.bytes(place, 5, 4))
        /// Rows are inputs in the file, and the last one is the bias.
        func weights(_ bytes: [UInt8], inputs: Int, scale: Double) -> [Float] {
            var values: [Float] = []
            for output in 0..<4 {
                for input in 0..<inputs { values.append(Self.value(bytes[input * 4 + output], scale)) }
            }
            return values
        }
        #expect(set.tensors[0].values == weights(first, inputs: 16, scale: 2))
        #expect(set.tensors[1].values == first[64...].map { Self.value($0, 2) })
        #expect(set.tensors[2].values == weights(second, inputs: 4, scale: 1))
        #expect(set.tensors[3].values == second[16...].map { Self.value($0, 1) })
    }

    private static func value(_ byte: UInt8, _ scale: Double) -> Float { Float((Double(byte) - 127) / 255 * scale) }

    @Test func theNetworkIsDescribed() throws {
        let set = try Hexells.tensors(Array(HexellsFile.text().utf8), entry: "waves")
        let network = try #require(set.network)
        #expect(network.layers.map(\.activation) == ["clamp(0,2)", "none"] && network.clamp == -2...2)
        #expect(network.layers.map(\.bias) == [set.tensors[1], set.tensors[3]])
        let filters = try #require(network.filters)
        #expect(filters.shape == [16, 1, 3, 3])
        let kernels: [[Float]] = [
            [0, 0, 0, 0, 1, 0, 0, 0, 0], [-0.125, 0, 0.125, -0.25, 0, 0.25, -0.125, 0, 0.125],
            [-0.125, -0.25, -0.125, 0, 0, 0, 0.125, 0.25, 0.125],
            [0.125, 0.25, 0.125, 0.25, -1.5, 0.25, 0.125, 0.25, 0.125],
        ]
        let each = kernels.flatMap { $0 }
        #expect(filters.values == each + each + each + each)
        // Filter f of channel c stands at 4 f + c in the file.
        let row = Array(set.tensors[0].values.prefix(16))
        var expected: [Float] = []
        for channel in 0..<4 { for filter in 0..<4 { expected.append(row[filter * 4 + channel]) } }
        #expect(Array(network.layers[0].weight.values.prefix(16)) == expected)
    }

    @Test func oneOfSeveralMustBeNamed() throws {
        let text = try HexellsFile.text()
        #expect(
            Self.reason(text, entry: nil)
                == #"the file holds 3 textures (there are "dots", "waves", "stones")"#)
        #expect(
            Self.reason(text, entry: "dot")
                == #"the file holds no texture "dot" (there are 3: "dots", "waves", "stones")"#)
        #expect(Self.reason(try HexellsFile.text(names: ["one"]), entry: nil) == nil)
        #expect(throws: ModelError.self) { try CheckpointFile(bytes: Array(text.utf8), path: "x") }
    }

    @Test func whatDoesNotFitIsRefused() throws {
        let text = try HexellsFile.text()
        func changed(_ old: String, _ new: String) -> String? { Self.reason(text.replacing(old, with: new)) }
        #expect(
            changed(#""layout":[2,2]"#, #""layout":[1,3]"#)
                == "the picture of layer 1 does not have the size of its layout (got 2x34 pixels, expected 1x51)")
        #expect(
            changed(#""layout":[2,2]"#, #""layout":[2,1]"#)
                == "layer 1 has a wrong layout (expected places for 3 textures)")
        #expect(
            changed(#""layout":[2,2]"#, #""layout":[2,99999999999]"#)
                == "layer 1 has a wrong layout (expected two whole numbers from 1 to 4096)")
        #expect(
            changed("[17,4]", "[17,6]")
                == "layer 1 has a wrong shape (expected [inputs + 1, outputs], four outputs in a pixel)")
        #expect(changed(#""scale":2"#, #""scale":"2""#) == "layer 1 has a wrong scale (expected a number)")
        #expect(
            changed("[4.0,0.5]", "[0,0.5]")
                == "layer 2 has a wrong quant_scale_zero (expected a scale and a zero from 0 to 1)")
        #expect(
            changed("image/PNG", "image/GIF")
                == "layer 1 has a wrong data (expected a PNG picture in base64, as data:image/PNG;base64,...)")
        #expect(changed("base64,iVBOR", "base64,jVBOR")?.contains("the picture of layer 1") == true)
        #expect(changed(#""waves""#, "7") == "a name in model_names is a number")
        #expect(
            Self.reason(#"{"model_names":["dots"],"layers":[]}"#)
                == "the collection has not two layers (expected a list of two objects)")
        #expect(Self.reason(#"{"model_names":[]}"#) == "the collection has no list of names (expected model_names)")
    }
}
