import Testing

@testable import GNCABasics
@testable import GNCACells
@testable import GNCACheckpoints

@Suite struct DistillJSONTests {
    /// A file as the page loads it: C = 4, N = 2, bytes counted up from 0.
    private static func file(_ changes: (inout [String: String]) -> Void = { _ in }) -> String {
        var first = [
            "data_b64": "\"" + Base64.encode((0..<26).map { UInt8($0) }) + "\"", "in_ch": "12", "out_ch": "2",
            "weight_scale": "2.5", "bias_scale": "0.5", "type": "\"uint8\"",
        ]
        let second = [
            "data_b64": "\"" + Base64.encode((0..<12).map { UInt8(255 - $0) }) + "\"", "in_ch": "2", "out_ch": "4",
            "weight_scale": "1.5", "bias_scale": "1", "type": "\"uint8\"",
        ]
        changes(&first)
        return JSONText.list(
            [first, second].map { layer in JSONText.object(layer.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
            })
    }

    @Test func bytesBecomeTheWeightsThatTheFormatDefines() throws {
        let rule = try CheckpointFile(bytes: Array(Self.file().utf8), path: "x").checkpoint.rule
        #expect(rule.channels == 4 && rule.hidden == 2)
        // The file is [input, output], the rule [output, input].
        for output in 0..<2 {
            for input in 0..<12 {
                let expected = Float((Double(input * 2 + output) / 255 - 0.5) * 2.5)
                #expect(rule.w1[output * 12 + input] == expected)
            }
            #expect(rule.b1[output] == Float((Double(24 + output) / 255 - 0.5) * 0.5))
        }
        for output in 0..<4 {
            for input in 0..<2 {
                let expected = Float((Double(255 - (input * 4 + output)) / 255 - 0.5) * 1.5)
                #expect(rule.w2[output * 2 + input] == expected)
            }
            #expect(rule.b2?[output] == Float((Double(255 - (8 + output)) / 255 - 0.5) * 1))
        }
        #expect(rule.sobelScale == 0.125 && rule.life == Life() && rule.fireRate == 0.5)
        #expect(rule.edges == .zero && rule.appearance == Appearance())
    }

    @Test(
        arguments: [
            (["type": "\"float32\""], #"x: layer 1 has a wrong type (got "float32", expected "uint8")"#),
            (["type": nil], #"x: layer 1 has no field "type""#),
            (["in_ch": "12.0"], "x: layer 1 has a wrong in_ch (got 12.0, expected a whole number from 1 to 65536)"),
            (["in_ch": "0"], "x: layer 1 has a wrong in_ch (got 0, expected a whole number from 1 to 65536)"),
            (["in_ch": "65537"], "x: layer 1 has a wrong in_ch (got 65537, expected a whole number from 1 to 65536)"),
            (["out_ch": "-2"], "x: layer 1 has a wrong out_ch (got -2, expected a whole number from 1 to 65536)"),
            (["out_ch": "\"2\""], #"x: layer 1 has a wrong out_ch (got "2", expected a whole number from 1 to 65536)"#),
            (["in_ch": "65536", "out_ch": "65536"], "x: layer 1 is too large (got 4295032832 weights, limit 4194304)"),
            (["weight_scale": "-1"], "x: layer 1 has a wrong weight_scale (got -1, expected a number, 0 or more)"),
            (["weight_scale": "1e39"], "x: layer 1 has a wrong weight_scale (got 1e39, expected a number, 0 or more)"),
            (["bias_scale": "null"], "x: layer 1 has a wrong bias_scale (got null, expected a number, 0 or more)"),
            (["data_b64": "\"AAA\""], #"x: layer 1 has a wrong data_b64 (got "AAA", expected base64)"#),
            (
                ["data_b64": "\"AAAA\""],
                "x: layer 1 has the wrong number of weights (got 3 bytes, expected (12 + 1) x 2 = 26)"
            ),
            (["data_b64": "[1]"], "x: layer 1 has a wrong data_b64 (got a list, expected base64)"),
            (["zero": "1"], #"x: layer 1 has a field "zero" that is not known"#),
        ] as [([String: String?], String)])
    func fieldsThatDoNotFitAreRefused(change: [String: String?], message: String) {
        let text = Self.file { layer in for (key, value) in change { layer[key] = value } }
        #expect { try CheckpointFile(bytes: Array(text.utf8), path: "x") } throws: { "\($0)" == message }
    }

    @Test(arguments: [
        (#"["data_b64"]"#, "x: not two layers (expected a list of two objects)"),
        (#"[1, "data_b64"]"#, "x: layer 1 is a number (expected an object)"),
        (#"[{"data_b64":"","data_b64":""}]"#, #"x: the name "data_b64" stands twice (byte 16)"#),
        (
            #"[{"data_b64":"AAAA","in_ch":2,"out_ch":1,"weight_scale":1,"bias_scale":1,"type":"uint8"},"#
                + #"{"data_b64":"AAAA","in_ch":2,"out_ch":1,"weight_scale":1,"bias_scale":1,"type":"uint8"}]"#,
            "x: layer 2 does not fit layer 1 (got in_ch 2, expected 1)"
        ),
        (
            #"[{"data_b64":"AAAA","in_ch":2,"out_ch":1,"weight_scale":1,"bias_scale":1,"type":"uint8"},"#
                + #"{"data_b64":"AAA=","in_ch":1,"out_ch":1,"weight_scale":1,"bias_scale":1,"type":"uint8"}]"#,
            "x: layer 1 has the wrong number of inputs (got 2, expected 3 x 1 channels)"
        ),
        (
            #"[{"data_b64":"AAAAAA==","in_ch":3,"out_ch":1,"weight_scale":1,"bias_scale":1,"type":"uint8"},"#
                + #"{"data_b64":"AAA=","in_ch":1,"out_ch":1,"weight_scale":1,"bias_scale":1,"type":"uint8"}]"#,
            "x: channels out of range (got 1, expected at least 4)"
        ),
    ])
    func layersThatDoNotFitAreRefused(text: String, message: String) {
        #expect { try CheckpointFile(bytes: Array(text.utf8), path: "x") } throws: { "\($0)" == message }
    }

    @Test func aFileCutOffAnywhereIsRefused() {
        let whole = Array(Self.file().utf8)
        for length in 0..<whole.count {
            #expect(throws: ModelError.self) { try CheckpointFile(bytes: Array(whole.prefix(length)), path: "x") }
        }
    }

    @Test func aFlippedByteNeverCrashes() {
        let whole = Array(Self.file().utf8)
        for index in whole.indices {
            for mask: UInt8 in [0x01, 0x02, 0x10, 0x80] {
                var bytes = whole
                bytes[index] ^= mask
                if let file = try? CheckpointFile(bytes: bytes, path: "x") {
                    #expect(file.checkpoint.rule.w1.count == 24)
                }
            }
        }
    }

    @Test(arguments: [Float(0.125), 1, 0.01])
    func writtenWeightsLieWithinHalfAByteAndTheSobelScaleIsFoldedIn(sobelScale: Float) throws {
        let rule = try CheckpointSamples.rule(hidden: 3, channels: 5, sobelScale: sobelScale)
        let bytes = try DistillJSON.write(Checkpoint(rule: rule), file: "x")
        let back = try DistillJSON.read(bytes, file: "x").rule
        #expect(back.sobelScale == 0.125)
        let folded = rule.w1.enumerated().map { $0 % 15 < 5 ? $1 : $1 * sobelScale * 8 }
        for (written, exact) in [(back.w1, folded), (back.b1, rule.b1), (back.w2, rule.w2), (back.b2!, rule.b2!)] {
            let scale = 2 * exact.map(abs).max()!
            for (a, b) in zip(written, exact) { #expect(abs(a - b) <= scale / 510 * 1.0001) }
            // The largest magnitude is reached, to the last bit but one.
            #expect(abs(written.map(abs).max()! - scale / 2) <= scale * 1e-7)
        }
    }

    @Test func whatWasReadIsWrittenAgainByteForByte() throws {
        let first = try DistillJSON.write(Checkpoint(rule: try CheckpointSamples.rule(hidden: 7)), file: "x")
        let second = try DistillJSON.write(try DistillJSON.read(first, file: "x"), file: "x")
        #expect(first == second)
    }

    @Test func aRuleWithoutOutputBiasIsWrittenWithExactZeros() throws {
        let rule = try CheckpointSamples.rule(outputBias: false)
        let back = try DistillJSON.read(try DistillJSON.write(Checkpoint(rule: rule), file: "x"), file: "x").rule
        #expect(back.b2 == [0, 0, 0, 0])
    }

    @Test func weightsThatTheFormatCannotHoldAreRefused() throws {
        let rule = try CheckpointSamples.rule(sobelScale: .greatestFiniteMagnitude)
        #expect {
            try DistillJSON.write(Checkpoint(rule: rule), file: "x")
        } throws: {
            "\($0)" == "x: Distill JSON cannot hold weights this large"
        }
        #expect(DistillJSON.losses(writing: Checkpoint(rule: rule)).isEmpty)
    }

    @Test func settingsThatAreNotStoredComeBackWithTheDialectThatIsTold() throws {
        let rule = try CheckpointSamples.rule(
            life: Life(before: false, after: true, threshold: 0.05), fireRate: 0.75, edges: .torus,
            seed: Seed(.alpha))
        let checkpoint = Checkpoint(rule: rule)
        let spelled = "life=after,threshold=0.05,seed=alpha,fire=0.75,padding=torus"
        #expect(
            DistillJSON.losses(writing: checkpoint).contains(
                "settings are not stored: the dialect \(spelled) reads the file with them (the page has its own)"))
        let bytes = try DistillJSON.write(checkpoint, file: "x")
        let back = try CheckpointFile(bytes: bytes, path: "x", dialect: DialectChoice(spelled)).checkpoint.rule
        #expect(back.life == rule.life && back.fireRate == rule.fireRate)
        #expect(back.edges == rule.edges && back.appearance == rule.appearance)
        #expect(try DistillJSON.read(bytes, file: "x").rule.life == Life())
    }

    @Test func whatIsLostIsTold() throws {
        var w1 = [Float](repeating: 0, count: 12)
        w1[0] = 1
        let rule = try Rule(
            channels: 4, hidden: 1, w1: w1, b1: [0.25], w2: [1, -1, 1, -1], b2: nil, edges: .torus)
        let checkpoint = Checkpoint(rule: rule, gridSize: GridSize(width: 9, height: 9), provenance: ["by": "me"])
        #expect(
            DistillJSON.losses(writing: checkpoint) == [
                // Zero lies half a byte beside the nearest value: 1/255 of the largest weight.
                "layer 1 is rounded to 8 bits: largest error 0.003921569 of weights within 1.0, 0.0 of biases within 0.25",
                "layer 2 is rounded to 8 bits: largest error 0.0 of weights within 1.0, 0.0 of biases within 0.0",
                "settings are not stored: the dialect padding=torus reads the file with them (the page has its own)",
                "the grid size is not stored", "provenance is not stored",
                "the Distill page itself expects 16 channels",
            ])
    }
}
