import Testing

@testable import GNCACells

@Suite struct DecoderTests {
    /// A rule of 12 channels whose decoder has random numbers.
    static func rule(_ text: String, _ seed: Int, channels: Int = 12, edges: Edges = .zero) throws -> Rule {
        var random = TestRandom(seed + 100)
        var rule = try Rule.random(seed, channels: channels, edges: edges)
        var decoder = try #require(PixelDecoder(text))
        let widths = decoder.widths(channels: channels)
        for (inputs, outputs) in zip(widths, widths.dropFirst()) {
            decoder.layers.append(
                try DenseLayer(
                    inputs: inputs, outputs: outputs, weights: random.numbers(inputs * outputs, -0.4...0.4),
                    bias: random.numbers(outputs, -0.2...0.2)))
        }
        rule.decoder = decoder
        try rule.check()
        return rule
    }

    /// Living cells at the edge, in the middle and alone.
    static func state(_ seed: Int, channels: Int = 12) -> CellGrid {
        var grid = CellGrid.blob(seed, height: 7, width: 6, channels: channels, top: 2)
        var random = TestRandom(seed + 7)
        grid.fill(x: 5, y: 6, random.numbers(channels, -0.5...0.5))
        return grid
    }

    /// Norm of the difference over the norm.
    private func distance(_ a: [Float], _ b: [Double]) -> Double {
        let difference = zip(a, b).reduce(0.0) { $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1) }
        return difference.squareRoot() / b.reduce(0.0) { $0 + $1 * $1 }.squareRoot()
    }

    private static let forms = ["2:32:32", "3:5", "4:32:32", "4:48:33", "5:7:9:11", "8:16:64"]

    @Test("pixels are those of the plain reference", arguments: forms, Edges.allCases)
    func picture(form: String, edges: Edges) throws {
        let rule = try Self.rule(form, 3, edges: edges)
        let state = Self.state(4)
        let picture = rule.picture(of: state)
        #expect(picture.width == 6 * rule.pictureScale && picture.height == 7 * rule.pictureScale)
        #expect(distance(picture.values, ReferenceDecoder(rule: rule).picture(of: state)) < 1e-5)
    }

    @Test("gradients are those of the plain reference, twice from the same memory", arguments: forms, Edges.allCases)
    func gradient(form: String, edges: Edges) throws {
        let rule = try Self.rule(form, 5, edges: edges)
        let decoding = try #require(Decoding(rule, height: 7, width: 6, goesBack: true))
        let kernel = UpdateKernel(rule: rule, instructionSet: 0, threads: 1)
        var random = TestRandom(9)
        for seed in [6, 8] {
            let state = Self.state(seed)
            decoding.decode(state, edges: edges)
            decoding.pictureGradient = random.numbers(decoding.picture.values.count, -1...1)
            let sums = kernel.zeroSums
            var gradient = [Float](repeating: 0, count: state.values.count)
            decoding.backward(state, edges: edges, into: &gradient, sums)
            let expected = ReferenceDecoder(rule: rule).back(decoding.pictureGradient.map(Double.init), of: state)
            // A dead cell has no gradient: its state is zero whatever the weights are.
            let living = state.values.indices.map { index in
                let start = index / 12 * 12
                return state.values[start..<(start + 12)].contains { $0 != 0 }
            }
            #expect(
                distance(gradient, expected.state.indices.map { living[$0] ? expected.state[$0] : 0 }) < 1e-5)
            for tensor in sums.gradient(of: rule).tensors where tensor.name.hasPrefix("decoder_") {
                let reference = try #require(expected.tensors[tensor.name])
                #expect(distance(tensor.values, reference) < 1e-5, "\(tensor.name)")
            }
        }
    }

    @Test func theReferenceIsTheSlopeOfFiniteDifferences() throws {
        let rule = try Self.rule("4:6:5", 2)
        let state = Self.state(3)
        var random = TestRandom(1)
        let count = 7 * 6 * 16 * 4
        let direction = random.numbers(count, -1...1).map(Double.init)
        let expected = ReferenceDecoder(rule: rule).back(direction, of: state)
        func value(_ rule: Rule, _ state: CellGrid) -> Double {
            zip(ReferenceDecoder(rule: rule).picture(of: state), direction).reduce(0) { $0 + $1.0 * $1.1 }
        }
        for tensor in rule.tensors where tensor.name.hasPrefix("decoder_") {
            for index in stride(from: 0, to: tensor.values.count, by: 7) {
                var (more, less) = (tensor, tensor)
                more.values[index] += 0x1p-12
                less.values[index] -= 0x1p-12
                let slope = (value(rule.replacing([more]), state) - value(rule.replacing([less]), state)) * 0x1p11
                let error = abs(slope - expected.tensors[tensor.name]![index])
                #expect(error < 2e-2 * max(1, abs(slope)), "\(tensor.name) \(index)")
            }
        }
        let start = state.offset(x: 1, y: 3)
        for index in start..<(start + 12) {
            var (more, less) = (state, state)
            more.values[index] += 0x1p-12
            less.values[index] -= 0x1p-12
            let slope = (value(rule, more) - value(rule, less)) * 0x1p11
            #expect(abs(slope - expected.state[index]) < 2e-2 * max(1, abs(slope)))
        }
    }

    @Test func emptyCellsDrawNothing() throws {
        let rule = try Self.rule("4:32:32", 2)
        let picture = rule.picture(of: Self.state(1))
        #expect(picture.values[picture.offset(x: 20, y: 0)..<picture.offset(x: 24, y: 0)].allSatisfy { $0 == 0 })
        #expect(rule.picture(of: CellGrid(height: 7, width: 6, channels: 12)).values.allSatisfy { $0 == 0 })
    }

    @Test func aDecoderOfZerosEnlargesThePicture() throws {
        var rule = try Self.rule("2:8", 2)
        rule = rule.replacing(
            rule.tensors.map { tensor in
                guard tensor.name.hasPrefix("decoder_") else { return tensor }
                return RuleTensor(name: tensor.name, shape: tensor.shape, values: tensor.values.map { _ in 0 })
            })
        var state = CellGrid(height: 4, width: 4, channels: 12)
        for place in 0..<16 { state.fill(x: place % 4, y: place / 4, [Float](repeating: 0.5, count: 12)) }
        let picture = rule.picture(of: state)
        // Inside, all is one colour; at the edge of the grid it fades.
        #expect(picture.values[picture.offset(x: 3, y: 3)] == 0.5)
        #expect(picture.values[picture.offset(x: 0, y: 3)] == 0.375)
    }

    @Test func withoutADecoderTheStateIsThePicture() throws {
        let rule = try Rule.random(3)
        let state = CellGrid.blob(4, height: 5, width: 5, channels: 16)
        #expect(rule.pictureScale == 1 && rule.picture(of: state) == state)
    }

    private static let spellings: [(String, String?)] = [
        ("4", "4:32:32"), ("8:64", "8:64"), ("2:1:128:5", "2:1:128:5"), ("1", nil), ("9", nil), ("4:0", nil),
        ("4:129", nil), ("4:", nil), (":", nil), ("", nil), ("4:8:8:8:8", nil), ("four", nil),
    ]

    @Test(arguments: spellings)
    func spelling(text: String, spelled: String?) {
        #expect(PixelDecoder(text)?.description == spelled)
    }

    @Test func onlyPremultipliedPicturesAreDecoded() throws {
        var rule = try Self.rule("4:8", 2)
        rule.appearance.picture = .straight
        #expect(throws: ModelError.self) { try rule.check() }
        rule.appearance.picture = .premultiplied
        rule.decoder?.layers[0].bias = nil
        #expect(throws: ModelError.self) { try rule.check() }
        rule.decoder = PixelDecoder(scale: 4)
        #expect(throws: ModelError.self) { try rule.check() }
    }
}
