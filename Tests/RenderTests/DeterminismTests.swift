import CGNCAKernels
import GNCARaster
import Testing

@testable import GNCABasics
@testable import GNCACells
@testable import GNCARender

/// States and frames of one small film, bit for bit the same on any number of threads, with every instruction set that
/// fuses multiply and add, in debug and release builds, and as they were when the hashes were stored.
@Suite struct DeterminismTests {
    private static let stateHash = "6320511897724287eaee5ce263eb564b69d6dd7c925e508929a0c05fe08076d4"
    private static let frameHash = "9d063a2436beeff40ffb14cc2f40610f5fee72eecafb1eb709333640d39a3cbb"
    private static let side = 96

    /// 16 channels, 40 hidden units; patterns spread, and cells die. Weights are multiples of 1/128, made without libm.
    private func rule() throws -> Rule {
        var bits: UInt32 = 7
        func numbers(_ count: Int, _ scale: Float) -> [Float] {
            (0..<count).map { _ in
                bits = bits &* 1_664_525 &+ 1_013_904_223
                return Float(Int(bits >> 24) - 128) / 128 * scale
            }
        }
        var b2 = numbers(16, 0.03125)
        b2[3] = 0.03125
        return try Rule(
            channels: 16, hidden: 40, w1: numbers(40 * 48, 0.5), b1: numbers(40, 0.125), w2: numbers(16 * 40, 0.0625),
            b2: b2)
    }

    /// Every instruction set that fuses multiply and add, as `ck_kernels_at` counts them.
    private static let sets = (0..<8).filter { ck_kernels_at($0)?.pointee.fuses == 1 }

    @Test(arguments: sets, [1, 2, 3, 8])
    func of40StepsDamageATurnAndTheirFrames(set: Int, threads: Int) throws {
        let rule = try rule()
        let start = Pictures.blob(width: Self.side, height: Self.side)
        let automaton = try Automaton(
            rule: rule, state: start, randomSeed: 11, threads: threads, instructionSet: set)
        var states: [UInt8] = []
        var frames: [UInt8] = []
        for step in 1...40 {
            if step == 20 { automaton.erase(Pictures.rightHalf(width: Self.side, height: Self.side)) }
            if step == 30 { automaton.angle = 0.5 }
            try automaton.step()
            guard step % 10 == 0 else { continue }
            for value in automaton.state.values {
                withUnsafeBytes(of: value.bitPattern.littleEndian) { states.append(contentsOf: $0) }
            }
            let snapshot = Snapshot(step: step, grid: automaton.state, rule: rule, fade: 0)
            let options = CompositionOptions(scale: 1, overlays: ["alive"], background: .checker)
            frames += try Pictures.frame(options, snapshot).bytes
        }
        #expect(Set(automaton.state.values).count > 10_000, "the pattern lives")
        let (stateHash, frameHash) = (try ContentHash.sha256(states), try ContentHash.sha256(frames))
        #expect(stateHash == Self.stateHash)
        #expect(frameHash == Self.frameHash)
    }
}
