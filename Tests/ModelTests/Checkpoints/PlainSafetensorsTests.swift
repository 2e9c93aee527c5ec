import Testing

@testable import GNCACells
@testable import GNCACheckpoints

@Suite struct PlainSafetensorsTests {
    private static func reason(_ tensors: [NamedTensor], dialect: DialectChoice = .family) -> String? {
        do {
            _ = try CheckpointFile(bytes: ModelFiles.safetensors(tensors), path: "x", dialect: dialect)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test func aStateDictionaryIsReadWithItsFamily() throws {
        let tensors = try SmallLayers().tensors(
            ["layers.0.weight", "layers.0.bias", "layers.2.weight", "layers.2.bias"], shapeEnd: [1, 1])
        let file = try CheckpointFile(bytes: ModelFiles.safetensors(tensors), path: "x")
        #expect(file.format.name == "safetensors" && file.reading.family == "LetteraUnica")
    }

    @Test func layersOfNoKnownFamilyAreTakenForDistillsWithAWarning() throws {
        let small = try SmallLayers()
        let names = ["up.kernel", "up.bias", "down.kernel", "down.bias"]
        let assumed = try CheckpointFile(bytes: ModelFiles.safetensors(small.tensors(names)), path: "x").reading
        #expect(assumed.family == nil && assumed.isAssumed && assumed.warnings.map(\.remedy) == [.dialect])
        #expect(try assumed.checkpoint.rule == DialectFolding(small.layers, Dialect()).rule)
        let choice = try DialectChoice("order=channel,alpha=last,gain=2")
        let file = try CheckpointFile(bytes: ModelFiles.safetensors(small.tensors(names)), path: "x", dialect: choice)
        #expect(file.reading.family == nil && file.reading.checkpoint.gridSize == nil)
        var dialect = Dialect()
        (dialect.order, dialect.alpha, dialect.rule.network.gain) = (.channel, .last, 2)
        #expect(try DialectFolding(small.layers, dialect).rule == file.checkpoint.rule)
    }

    @Test func tensorsThatAreNoLayersAreRefused() throws {
        let small = try SmallLayers()
        var tensors = small.tensors(["a", "b", "c", "d"])
        tensors.append(NamedTensor("e", [8], [0, 0, 0, 0, 0, 0, 0, 0]))
        #expect(
            Self.reason(tensors)
                == "x: these tensors are not dense layers (got \"a\" [8, 48], \"b\" [8], \"c\" [16, 8], \"d\" [16], "
                + "\"e\" [8]; expected matrices and their biases)")
        #expect(
            Self.reason([
                NamedTensor("a", [2, 9], [Float](repeating: 0, count: 18)),
                NamedTensor("b", [4, 3], [Float](repeating: 0, count: 12)),
            ])
                == "x: the layers do not fit each other (got [2, 9] and [4, 3], expected [N, inputs], ..., [C, N], or all "
                + "transposed)")
        #expect(
            Self.reason([
                NamedTensor("a", [2, 9], [Float](repeating: 0, count: 18)),
                NamedTensor("b", [4, 2], [Float](repeating: 0, count: 8)),
            ]) == "x: the first layer has fewer inputs than 3 filters of 4 channels (got 9)")
        #expect(Self.reason([NamedTensor("a", [2], [1, .nan])]) == #"x: tensor "a" has 1 non-finite value"#)
    }

    /// N = C: only the first layer tells which side is which.
    @Test func transposedLayersAreTurned() throws {
        let small = try SmallLayers()
        let layers = small.layers
        func transposed(_ values: [Float], _ rows: Int, _ columns: Int) -> [Float] {
            StridedLayout(shape: [columns, rows], strides: [1, columns]).gather(values)
        }
        let (channels, hidden) = (layers.channels, layers.hidden)
        let turned = try FileLayers(
            (
                NamedTensor("a", [3 * channels, hidden], transposed(layers.w1, hidden, 3 * channels)),
                NamedTensor("b", [hidden], layers.b1)
            ),
            (
                NamedTensor("c", [hidden, channels], transposed(layers.w2, channels, hidden)),
                NamedTensor("d", [channels], layers.b2 ?? [])
            ))
        #expect(turned == layers)
        let square = try FileLayers(
            (NamedTensor("a", [12, 4], (0..<48).map { Float($0) }), nil),
            (NamedTensor("c", [4, 4], (0..<16).map { Float($0) }), nil))
        #expect(square.w2 == [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15])
    }

    @Test func settingsOfPlainTensorsAreChecked() throws {
        let good = PlainTensors.tensors(
            Checkpoint(rule: try CheckpointSamples.rule(), gridSize: GridSize(width: 3, height: 4)))
        func changed(_ name: String, _ value: Float?) -> String? {
            var tensors = good.filter { $0.name != name || value != nil }
            if let value {
                tensors.removeAll { $0.name == name }
                tensors.append(NamedTensor(name, [], [value]))
            }
            return Self.reason(tensors)
        }
        #expect(Self.reason(good) == nil)
        #expect(
            changed("setting_padding", 2)
                == "x: tensor setting_padding is wrong (got [2.0], expected the place of one of zero, torus, from 0)")
        #expect(
            changed("setting_fire", 1.5)
                == "x: tensor setting_fire is wrong (got [1.5], expected a number from 0 to 1)")
        #expect(changed("setting_clamp", nil) == nil)
        #expect(changed("w1", nil) == "x: tensor w1 is missing")
        #expect(changed("more", 1) == #"x: tensor "more" is not expected (expected w1, b1, w2, b2, ...)"#)
        #expect(
            changed("grid_width", 1.5)
                == "x: tensors grid_width and grid_height are wrong (expected whole numbers from 1 to 2048)")
        #expect(
            changed("grid_width", nil)
                == "x: tensors grid_width and grid_height are wrong (expected whole numbers from 1 to 2048)")
        for none: Float in [0, -1, 1.5] {
            #expect(
                changed("gnca_version", none) == "x: no version of this format (got \(none), expected 2.0)")
        }
        #expect(
            changed("gnca_version", 3)
                == "x: a later version of this format (got 3.0, expected 2.0): read it with a later version of gnca-render"
        )
    }

    @Test func theFirstVersionOfPlainTensorsIsRead() throws {
        let rule = try CheckpointSamples.rule(sobelScale: 0.25, fireRate: 0.75, edges: .torus, seed: Seed(.alpha))
        let settings: [(String, Float)] = [
            ("gnca_version", 1), ("sobel_scale", 0.25), ("life_before", 1), ("life_after", 1), ("life_threshold", 0.1),
            ("fire_rate", 0.75), ("torus", 1), ("seed_hidden", 0),
        ]
        let tensors = rule.tensors.map { NamedTensor($0.name, $0.shape, $0.values) }
        func read(_ settings: [(String, Float)]) throws -> Rule {
            let all = tensors + settings.map { NamedTensor($0, [], [$1]) }
            return try CheckpointFile(bytes: ModelFiles.safetensors(all), path: "x").checkpoint.rule
        }
        #expect(try read(settings) == rule)
        #expect { try read(settings.dropLast() + [("seed_hidden", 2)]) } throws: {
            "\($0)" == "x: tensor seed_hidden is wrong (got 2.0, expected 0 or 1)"
        }
    }
}
