import Foundation
import Testing

@testable import GNCABasics
@testable import GNCACells
@testable import GNCACheckpoints

@Suite struct DialectGuessTests {
    /// A trained model, its columns put where other programs have them.
    private static func layers(_ dialect: Dialect) throws -> FileLayers {
        let samples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../samples/lizard.ckpt").standardizedFileURL
        let rule = try CheckpointFile(path: samples.path).checkpoint.rule
        let channels = rule.channels
        var w1 = rule.w1
        for unit in 0..<rule.hidden {
            for channel in 0..<channels {
                for filter in 0..<3 {
                    let column = dialect.order == .filter ? filter * channels + channel : channel * 3 + filter
                    let weight: Float = rule.w1[unit * 3 * channels + filter * channels + channel]
                    let factor: Float = filter == 0 ? 1 : dialect.scale / rule.sobelScale
                    w1[unit * 3 * channels + column] = weight / factor
                }
            }
        }
        var layers = rule.network.layers
        layers[0].weights = w1
        return FileLayers(layers)
    }

    @Test(
        "order and scale of a trained model are found", arguments: ["order=filter,scale=1/8", "order=channel,scale=1"])
    func trained(spelled: String) throws {
        let truth = try DialectChoice(spelled).applied(to: Dialect())
        let guess = try DialectGuess(Self.layers(truth))
        #expect(
            guess.dialect.order == truth.order && guess.dialect.scale == truth.scale && guess.dialect.alpha == .third)
        #expect(guess.dialect.rule.appearance.seed.channels == .hidden)
        #expect(guess.warnings.first?.text.hasPrefix("the dialect was guessed by growing 64: unrest 0.0") == true)
        #expect(
            guess.warnings.dropFirst().first?.text
                == "growing does not tell signs and exchange of the gradients, nor the padding: the picture may be "
                + "mirrored or turned")
    }

    @Test
    func weightsThatGrowNothingAreRefused() throws {
        #expect {
            try DialectGuess(SmallLayers().layers)
        } throws: {
            ($0 as? FormatFault)?.reason
                == "no dialect grows a stable pattern from these weights (tried 544)"
        }
    }

    /// 16 channels, so many hidden units, all zero.
    private static func wide(_ hidden: Int) throws -> FileLayers {
        FileLayers([
            try DenseLayer(
                inputs: 48, outputs: hidden, weights: [Float](repeating: 0, count: 48 * hidden), bias: nil),
            try DenseLayer(
                inputs: hidden, outputs: 16, weights: [Float](repeating: 0, count: 16 * hidden), bias: nil),
        ])
    }

    @Test func aModelThatIsTooLargeToTryIsRefusedUntried() throws {
        #expect {
            try DialectGuess(Self.wide(60_000))
        } throws: {
            let fault = $0 as? FormatFault
            return fault?.remedy == .namedDialect
                && fault?.reason
                    == "the model is too large to guess its dialect by growing it on 64x64 cells (one of 64 trials takes "
                    + "440 thousand million multiplications, limit 25)"
        }
        // So is a small one on a large grid.
        #expect(throws: FormatFault.self) {
            try DialectGuess(
                SmallLayers().layers, Dialect(), grid: GridSize(width: 4096, height: 4096), knowsFilters: false)
        }
    }

    /// The names of several programs: a large model is taken for the first one's, and the note says that this is assumed.
    @Test func aLargeModelOfAGenericFamilyIsNotGrown() throws {
        let layers = try Self.wide(2000)
        let tensors = [
            NamedTensor("layer1.weight", [2000, 48], layers.layers[0].weights),
            NamedTensor("layer1.bias", [2000], [Float](repeating: 0, count: 2000)),
            NamedTensor("layer2.weight", [16, 2000], layers.layers[1].weights),
            NamedTensor("layer2.bias", [16], [Float](repeating: 0, count: 16)),
        ]
        let reading = try Reading(TensorSet(tensors), ReadingOptions())
        #expect(reading.family == "Distill" && reading.isAssumed)
        #expect(DialectGuess.better(than: Dialect(), among: [Dialect()], layers) == 0)
    }
}
