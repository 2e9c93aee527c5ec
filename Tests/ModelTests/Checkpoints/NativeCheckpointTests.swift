import Testing

@testable import GNCACells
@testable import GNCACheckpoints

@Suite struct NativeCheckpointTests {
    private static let settings: [Rule] = {
        var rules: [Rule] = []
        for (index, moments) in Life.allMoments.enumerated() {
            var mask = Life(moments: moments)!
            mask.threshold = [0.1, 0.05, 1 / 3, .leastNonzeroMagnitude][index]
            rules.append(
                try! CheckpointSamples.rule(
                    hidden: index + 1, channels: index + 4, outputBias: index % 2 == 0,
                    sobelScale: [1, 0.1, -1e-30, .greatestFiniteMagnitude][index], life: mask,
                    fireRate: [0, 1, 0.3, 1 / 3][index], edges: Edges.allCases[index % 2],
                    seed: Seed(index / 2 == 0 ? .hidden : .alpha)))
        }
        return rules
    }()

    @Test(arguments: settings)
    func weightsAndSettingsSurviveBitForBit(rule: Rule) throws {
        let checkpoint = Checkpoint(
            rule: rule, gridSize: GridSize(width: 72, height: 40), dialect: ["filter-major", "a \"quoted\"\nline", ""],
            provenance: ["licence": "CC-BY-4.0", "": "nameless", "source": "Distill 2020 🦎"])
        let bytes = try NativeCheckpoint.write(checkpoint, file: "a.ckpt")
        let back = try NativeCheckpoint.read(bytes, file: "a.ckpt")
        #expect(back == checkpoint)
        #expect(CheckpointSamples.bits(back.rule) == CheckpointSamples.bits(rule))
        #expect(try NativeCheckpoint.write(back, file: "a.ckpt") == bytes)
    }

    @Test func aCheckpointWithoutGridOrProvenanceStaysSo() throws {
        let checkpoint = Checkpoint(rule: try CheckpointSamples.rule())
        let bytes = try NativeCheckpoint.write(checkpoint, file: "a.ckpt")
        #expect(try NativeCheckpoint.read(bytes, file: "a.ckpt") == checkpoint)
    }

    @Test func theHeaderIsWhatTheGuideSays() throws {
        let bytes = try NativeCheckpoint.write(
            Checkpoint(
                rule: try CheckpointSamples.rule(), gridSize: GridSize(width: 72, height: 40), dialect: ["x"],
                provenance: ["by": "me"]),
            file: "a.ckpt")
        let header = String(decoding: bytes[8..<(8 + Int(bytes[0]) + 256 * Int(bytes[1]))], as: UTF8.self)
        let expected = [
            #"{"__metadata__":{"activation":"relu","alpha":"3","birth":"free","clamp":"none","colormap":"sequential","control":"none","#,
            #""decoder":"none","dialect":"[\"x\"]","filters":"identity+sobel-x/8+sobel-y/8","fire":"0.5","first":"0","gain":"1.0","global":"none","#,
            #""gnca_format":"2","grid":"72x40","life":"before+after","life-channel":"3","padding":"zero","#,
            #""picture":"premultiplied","provenance.by":"me","reach":"3x3","seed":"hidden","seed-value":"1.0","#,
            #""sha256":"HASH","start":"cell","threshold":"0.1","update":"none"},"#,
            #""b1":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"#,
            #""b2":{"dtype":"F32","shape":[4],"data_offsets":[8,24]},"#,
            #""w1":{"dtype":"F32","shape":[2,12],"data_offsets":[24,120]},"#,
            #""w2":{"dtype":"F32","shape":[4,2],"data_offsets":[120,152]}}"#,
        ].joined()
        let written = header.replacing(#/"sha256":"[0-9a-f]{64}"/#, with: #""sha256":"HASH""#)
        #expect(written.prefix(expected.count) == expected)
        #expect(written.dropFirst(expected.count).allSatisfy { $0 == " " })
    }

    private static func sample() throws -> [UInt8] {
        try NativeCheckpoint.write(
            Checkpoint(
                rule: try CheckpointSamples.rule(), gridSize: GridSize(width: 9, height: 9), dialect: ["a"],
                provenance: ["by": "me"]),
            file: "x")
    }

    @Test func aFileCutOffAnywhereIsRefused() throws {
        let whole = try Self.sample()
        for length in 0..<whole.count {
            #expect(throws: ModelError.self, "\(length) bytes") {
                try CheckpointFile(bytes: Array(whole.prefix(length)), path: "x")
            }
        }
        #expect { try CheckpointFile(bytes: Array(whole.dropLast()), path: "x") } throws: {
            "\($0)" == "x: the file is cut off (got 151 bytes of data, expected 152)"
        }
        #expect { try CheckpointFile(bytes: whole + [0], path: "x") } throws: {
            "\($0)" == "x: there is something after the last tensor (got 153 bytes of data, expected 152)"
        }
    }

    @Test(
        arguments: [
            (
                ["gnca_format": "3"],
                #"x: a later version of this format (got "3", expected "2"): read it with a later version of gnca-render"#
            ),
            (["gnca_format": "0"], #"x: no version of this format (got "0", expected "2")"#),
            (["gnca_format": "-1"], #"x: no version of this format (got "-1", expected "2")"#),
            (["gnca_format": "two"], #"x: no version of this format (got "two", expected "2")"#),
            (["seed": "from:99"], "x: channels out of range (got 4, expected at least 100)"),
            (["fire": "1.5"], #"x: the metadata entry "fire" is wrong (got "1.5", expected a number from 0 to 1)"#),
            (["fire": "nan"], #"x: the metadata entry "fire" is wrong (got "nan", expected a number from 0 to 1)"#),
            (["gain": "1e39"], #"x: the metadata entry "gain" is wrong (got "1e39", expected a number, as 2)"#),
            (["gain": "0x1p3"], #"x: the metadata entry "gain" is wrong (got "0x1p3", expected it spelled as "8.0")"#),
            (
                ["life": "sometimes"],
                #"x: the metadata entry "life" is wrong (got "sometimes", expected before+after, before, after, none)"#
            ),
            (["padding": "wrap"], #"x: the metadata entry "padding" is wrong (got "wrap", expected zero, torus)"#),
            (["seed": ""], #"x: the metadata entry "seed" is wrong (got "", expected hidden, alpha, or from:CHANNEL)"#),
            (
                ["clamp": "rgb:1:0"],
                #"x: the metadata entry "clamp" is wrong (got "rgb:1:0", expected none, or rgb, rgba or all with limits, as rgba:0:1)"#
            ),
            (["control": "added:2"], "x: tensor control is missing or has the wrong shape (got [], expected [2])"),
            (["life-channel": "4"], "x: channels out of range (got 4, expected at least 5)"),
            (
                ["grid": "0x5"],
                #"x: the metadata entry "grid" is wrong (got "0x5", expected a size such as 72x72, at most 2048 cells a side)"#
            ),
            (
                ["grid": "+5x05"],
                #"x: the metadata entry "grid" is wrong (got "+5x05", expected a size such as 72x72, at most 2048 cells a side)"#
            ),
            (
                ["grid": "99999999999999999999x1"],
                #"x: the metadata entry "grid" is wrong (got "99999999999999999999x1", expected a size such as 72x72, at most 2048 cells a side)"#
            ),
            (
                ["dialect": "[1]"],
                #"x: the metadata entry "dialect" is wrong (got "[1]", expected a JSON list of texts)"#
            ),
            (
                ["licence": "MIT"],
                #"x: the metadata has an entry "licence" that is not known (a note of your own is called provenance.NAME)"#
            ),
            (["dialect": nil], #"x: the metadata has no entry "dialect""#),
        ] as [([String: String?], String)])
    func metadataThatCannotBeUnderstoodIsRefused(change: [String: String?], message: String) throws {
        let rule = try CheckpointSamples.rule()
        var metadata = NativeSettings(Checkpoint(rule: rule)).metadata
        for (key, value) in change { metadata[key] = value }
        let bytes = SafetensorsFile.encode(metadata: metadata, tensors: Self.tensors(rule))
        #expect { try NativeCheckpoint.read(bytes, file: "x") } throws: { "\($0)" == message }
    }

    /// As files of the first version had it: one kind of rule.
    private static let firstVersion = [
        "gnca_format": "1", "sobel_scale": "0.25", "life_mask": "after", "life_threshold": "0.05", "fire_rate": "0.75",
        "padding": "torus", "seed": "alpha", "dialect": "[]",
    ]

    @Test func theFirstVersionIsRead() throws {
        let rule = try CheckpointSamples.rule(outputBias: false)
        let bytes = SafetensorsFile.encode(metadata: Self.firstVersion, tensors: Self.tensors(rule))
        let expected = try CheckpointSamples.rule(
            outputBias: false, sobelScale: 0.25, life: Life(before: false, after: true, threshold: 0.05),
            fireRate: 0.75, edges: .torus, seed: Seed(.alpha))
        #expect(try NativeCheckpoint.read(bytes, file: "x").rule == expected)
    }

    @Test(
        arguments: [
            (
                ["sobel_scale": "inf"],
                #"x: the metadata entry "sobel_scale" is wrong (got "inf", expected a finite number)"#
            ),
            (
                ["fire_rate": "2"],
                #"x: the metadata entry "fire_rate" is wrong (got "2", expected a number from 0 to 1)"#
            ),
            (["padding": nil], #"x: the metadata has no entry "padding""#),
            (
                ["clamp": "none"],
                #"x: the metadata has an entry "clamp" that is not known (a note of your own is called provenance.NAME)"#
            ),
        ] as [([String: String?], String)])
    func theFirstVersionIsReadStrictly(change: [String: String?], message: String) throws {
        var metadata = Self.firstVersion
        for (key, value) in change { metadata[key] = value }
        let rule = try CheckpointSamples.rule(outputBias: false)
        let bytes = SafetensorsFile.encode(metadata: metadata, tensors: Self.tensors(rule))
        #expect { try NativeCheckpoint.read(bytes, file: "x") } throws: { "\($0)" == message }
    }

    @Test func aSettingYoungerThanTheFileHasTheOldValue() throws {
        let checkpoint = Checkpoint(rule: try CheckpointSamples.rule())
        var metadata = NativeSettings(checkpoint).metadata
        (metadata["clamp"], metadata["picture"]) = (nil, nil)
        let tensors = checkpoint.rule.tensors.map { (name: $0.name, shape: $0.shape, values: $0.values) }
        let bytes = SafetensorsFile.encode(metadata: metadata, tensors: tensors)
        #expect(try NativeCheckpoint.read(bytes, file: "x") == checkpoint)
    }

    private static func tensors(_ rule: Rule) -> [(name: String, shape: [Int], values: [Float])] {
        [
            ("w1", [rule.hidden, rule.channels * 3], rule.w1), ("b1", [rule.hidden], rule.b1),
            ("w2", [rule.channels, rule.hidden], rule.w2),
        ]
    }

    @Test(
        arguments: [
            ("w1", nil, "x: tensor w1 is missing"),
            ("w2", nil, "x: channels out of range (got 2, expected at least 4)"),
            ("w2", [8], "x: tensor w2 has the wrong shape (got [8], expected [outputs, inputs])"),
            ("w1", [12, 2], "x: tensor b1 has the wrong shape (got [2], expected [12])"),
            ("b1", [2, 1], "x: tensor b1 has the wrong shape (got [2, 1], expected [2])"),
            ("b2", [2], "x: tensor b2 has the wrong shape (got [2], expected [4])"),
            ("w3", [2], "x: tensor w3 has the wrong shape (got [2], expected [outputs, inputs])"),
            ("w4", [2], #"x: tensor "w4" is not expected (expected w1, b1, w2, b2, ...)"#),
        ] as [(String, [Int]?, String)])
    func tensorsOfTheWrongShapeAreRefused(name: String, shape: [Int]?, message: String) throws {
        let rule = try CheckpointSamples.rule()
        var tensors = Self.tensors(rule).filter { $0.name != name }
        if let shape { tensors.append((name, shape, [Float](repeating: 1, count: shape.reduce(1, *)))) }
        let bytes = SafetensorsFile.encode(metadata: NativeSettings(Checkpoint(rule: rule)).metadata, tensors: tensors)
        #expect { try NativeCheckpoint.read(bytes, file: "x") } throws: { "\($0)" == message }
    }

    @Test func fewerThanFourChannelsAndNoHiddenUnitsAreRefused() throws {
        let metadata = NativeSettings(Checkpoint(rule: try CheckpointSamples.rule())).metadata
        let three = SafetensorsFile.encode(
            metadata: metadata,
            tensors: [("w1", [1, 9], Array(repeating: 1, count: 9)), ("b1", [1], [1]), ("w2", [3, 1], [1, 1, 1])])
        #expect { try NativeCheckpoint.read(three, file: "x") } throws: {
            "\($0)" == "x: channels out of range (got 3, expected at least 4)"
        }
        let none = SafetensorsFile.encode(
            metadata: metadata, tensors: [("w1", [0, 12], []), ("b1", [0], []), ("w2", [4, 0], [])])
        #expect { try NativeCheckpoint.read(none, file: "x") } throws: {
            "\($0)" == "x: hidden units out of range (got 0, expected at least 1)"
        }
    }

    @Test func weightsThatAreNotFiniteAreCounted() throws {
        let rule = try CheckpointSamples.rule()
        var tensors = Self.tensors(rule)
        tensors[0].values.replaceSubrange(0..<3, with: [.nan, .infinity, -.infinity])
        let bytes = SafetensorsFile.encode(metadata: NativeSettings(Checkpoint(rule: rule)).metadata, tensors: tensors)
        #expect { try NativeCheckpoint.read(bytes, file: "x") } throws: {
            "\($0)" == "x: tensor w1 has 3 non-finite values"
        }
    }

    @Test func otherTypesOfNumberAreRefused() throws {
        let rule = try CheckpointSamples.rule()
        let whole = try NativeCheckpoint.write(Checkpoint(rule: rule), file: "x")
        let text = String(decoding: whole[8...], as: UTF8.self)
        let start = 8 + text.utf8.distance(from: text.startIndex, to: text.firstRange(of: "F32")!.lowerBound)
        var bytes = whole
        bytes.replaceSubrange(start..<(start + 3), with: "I32".utf8)
        #expect { try NativeCheckpoint.read(bytes, file: "x") } throws: {
            "\($0)" == "x: tensor \"b1\" has the wrong type (got I32, expected F32)"
        }
    }

    @Test func settingsThatNoFileMayHoldAreNotWritten() throws {
        let rule = try CheckpointSamples.rule(sobelScale: .nan)
        #expect { try NativeCheckpoint.write(Checkpoint(rule: rule), file: "x") } throws: {
            "\($0)".hasPrefix(#"x: the metadata entry "filters" is wrong (got "identity+sobel-x*nan+sobel-y*nan", "#)
        }
    }

    @Test func aSettingThatIsSpelledOtherwiseIsToldItsSpelling() throws {
        var rule = try Rule.random(1)
        rule.perception.filters = Filter.Kernel.shifts.map { .named($0, 1) }
        let spelled = try #require(RuleSettings.named("filters")).text(rule)
        var metadata = NativeSettings(Checkpoint(rule: rule)).metadata
        metadata["filters"] = "full"
        var reason = ""
        do { _ = try NativeSettings(metadata) } catch { reason = error.reason }
        #expect(reason.contains("(got \"full\", expected it spelled as \"\(spelled)\")"), "\(reason)")
    }
}
