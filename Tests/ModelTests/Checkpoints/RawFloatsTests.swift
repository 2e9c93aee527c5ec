import GNCACells
import Testing

@testable import GNCACheckpoints

@Suite struct RawFloatsTests {
    @Test(arguments: [true, false])
    func weightsAreReadInTheDialectThatIsNamed(outputBias: Bool) throws {
        let small = try SmallLayers(outputBias: outputBias)
        let choice = try DialectChoice("scale=1,negate=y,life=after,seed=alpha,padding=torus")
        let file = try CheckpointFile(bytes: ModelFiles.raw(small), path: "x", dialect: choice)
        #expect(file.format.name == "raw" && file.reading.family == nil)
        #expect(try DialectFolding(small.layers, choice.applied(to: Dialect())).rule == file.checkpoint.rule)
        #expect(
            file.reading.spelledDialect
                == "order=filter,scale=1.0,negate=y,exchange=no,alpha=3,life=after,threshold=0.1,padding=torus,seed=alpha,"
                + "fire=0.5,gain=1.0")
    }

    @Test func withoutADialectTheyAreRefusedWithAdvice() throws {
        #expect {
            try CheckpointFile(bytes: ModelFiles.raw(try SmallLayers()), path: "x")
        } throws: {
            "\($0)"
                == "x: this could be part of a TensorFlow checkpoint (use the .json that the notebook wrote beside it), or "
                + "raw 32-bit floats of 16 channels and 8 hidden units, whose dialect nothing tells"
                && ($0 as? ModelError)?.remedy == .dialect
        }
    }

    @Test func bytesOfOtherMeaningAreNotTakenForWeights() throws {
        let whole = ModelFiles.raw(try SmallLayers())
        #expect(RawFloats.recognises(whole))
        #expect(!RawFloats.recognises(Array(whole.dropLast(4))) && !RawFloats.recognises(Array(whole.dropLast())))
        #expect(!RawFloats.recognises([UInt8](repeating: 0, count: 65 * 4)))
        #expect(!RawFloats.recognises([UInt8](repeating: UInt8(ascii: "e"), count: 65 * 4)))
        #expect(!RawFloats.recognises([UInt8](repeating: 0xFF, count: 65 * 4)) && !RawFloats.recognises([]))
    }
}
