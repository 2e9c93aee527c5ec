import Testing

@testable import GNCACells
@testable import GNCATraining

@Suite struct RunMemoryTests {
    /// 512 channels, one hidden unit.
    private static func widest() throws -> Rule {
        let channels = Rule.channelLimit
        return try Rule(
            channels: channels, hidden: 1, w1: [Float](repeating: 0, count: 3 * channels), b1: [0],
            w2: [Float](repeating: 0, count: channels), b2: nil)
    }

    @Test func runsTakeFiveCopiesOfTheirState() throws {
        let rule = try Self.widest()
        #expect(RunMemory.bytes(of: rule, cells: 100) == 100 * 512 * 4 * 5)
        #expect(RunMemory.bytes(of: rule, cells: 100, runs: 3) == 3 * 100 * 512 * 4 * 5)
        #expect(RunMemory.bytes(of: rule, cells: .max) == .max / 4)
        // Half of the cells fire; each leaves its channels and its hidden unit.
        #expect(RunMemory.bytesOfTape(of: rule, cells: 100, steps: 10, runs: 2) == 500 * 513 * 4 * 2)
        #expect(RunMemory.bytesOfTape(of: rule, cells: 1 << 40, steps: 1 << 40, runs: 8) == .max / 4)
    }

    @Test func aDecodersPixelsTakeRoomAndSoDoesTheirGradient() throws {
        var rule = try Self.widest()
        rule.decoder = PixelDecoder(scale: 8)
        #expect(RunMemory.bytes(of: rule, cells: 100) == 100 * (512 * 5 + 2 * 4 * 64) * 4)
    }

    @Test func moreThanTheMachineHasIsRefused() throws {
        try RunMemory.check(1, of: "the run")
        try #require(RunMemory.present > 0)
        try RunMemory.check(RunMemory.present, of: "the run")
        #expect {
            try RunMemory.check(1 << 60, of: "the run")
        } throws: {
            "\($0)".hasPrefix("the run needs about 1152921504606 MB of memory, and this machine has ")
                && "\($0)".hasSuffix(" MB (choose a smaller grid)")
        }
    }

    /// States of 171 GB.
    @Test(.enabled(if: RunMemory.present < 170_000_000_000))
    func anEvaluationIsRefusedBeforeItsFirstStep() throws {
        let rule = try Self.widest()
        let target = Target(width: 4096, height: 4096, values: [])
        #expect {
            try Evaluation(rule: rule, target: target, trials: 1, randomSeed: 0, threads: 1)
        } throws: {
            "\($0)".hasPrefix("the evaluation needs about 171798 MB of memory")
        }
    }
}
