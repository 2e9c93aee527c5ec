import CGNCAKernels
import Foundation
import Testing

@testable import GNCACells

@Suite struct UpdateKernelTests {
    /// Every set of kernels that this CPU runs.
    static let sets: [String] = (0..<10).compactMap { ck_kernels_at($0) }.map { String(cString: $0.pointee.name) }

    private func run(
        _ rule: Rule, _ start: CellGrid, _ instructionSet: Int = 0, threads: Int = 1, steps: Int = 4
    ) throws -> CellGrid {
        let automaton = try Automaton(
            rule: rule, state: start, randomSeed: 5, threads: threads, instructionSet: instructionSet)
        automaton.angle = 0.4
        for _ in 0..<steps { try automaton.step() }
        return automaton.state
    }

    @Test(arguments: Array(sets.indices))
    func everyInstructionSetAddsUpInTheSameOrder(index: Int) throws {
        let fuses = try #require(ck_kernels_at(index)).pointee.fuses == 1
        for (channels, hidden) in [(16, 128), (16, 300), (16, 7), (12, 40), (4, 1), (5, 33), (20, 130), (48, 64)] {
            let rule = try Rule.random(8, channels: channels, hidden: hidden)
            let start = CellGrid.blob(8, height: 7, width: 6, channels: channels)
            var reference = ReferenceAutomaton(rule: rule, state: start)
            reference.angle = 0.4
            reference.fuses = fuses
            let source = RandomSource(seed: 5, stream: .fire)
            for step in 0..<2 as Range<UInt32> {
                let fire = (0..<42 as Range<UInt32>).map {
                    source.fraction(step: step, x: $0 % 6, y: $0 / 6) < 0.5 ? 1 : 0 as UInt8
                }
                _ = reference.step(fire: fire)
            }
            #expect(
                try run(rule, start, index, steps: 2) == reference.state,
                "\(UpdateKernelTests.sets[index]), \(channels) channels, \(hidden) hidden units")
        }
    }

    @Test(
        "instruction sets agree bit for bit wherever multiply and add are fused",
        arguments: [(16, 128), (12, 64), (5, 33), (20, 130), (48, 64)])
    func fusedAgree(channels: Int, hidden: Int) throws {
        let fused = UpdateKernelTests.sets.indices.filter { ck_kernels_at($0)!.pointee.fuses == 1 }
        let rule = try Rule.random(
            9, channels: channels, hidden: hidden, life: Life(before: false, after: false), response: .life)
        let start = CellGrid.blob(9, height: 40, width: 41, channels: channels)
        let states = try fused.map { try run(rule, start, $0) }
        #expect(states.allSatisfy { $0 == states[0] })
    }

    @Test(arguments: [16, 12])
    func theNumberOfThreadsChangesNothing(channels: Int) throws {
        let rule = try Rule.random(
            10, channels: channels, hidden: 20, life: Life(before: false, after: false), response: .life)
        let start = CellGrid.blob(10, height: 90, width: 70, channels: channels)
        let one = try run(rule, start)
        for threads in [2, 3, 8] {
            #expect(try run(rule, start, threads: threads) == one, "\(threads) threads")
        }
    }

    @Test
    func aBlowUpOnAnyThreadIsFound() throws {
        let rule = try Rule.random(10, life: Life(before: false, after: false), response: .life)
        for cell in [0, 2999, 5999] {
            var start = CellGrid(height: 60, width: 100, channels: 16)
            start.values[cell * 16 + 5] = .greatestFiniteMagnitude
            start.values[cell * 16 + 6] = .infinity
            let automaton = try Automaton(rule: rule, state: start, threads: 4)
            #expect(throws: ModelError.blowUp(step: 1)) { try automaton.step(fire: [UInt8](repeating: 1, count: 6000)) }
        }
    }
}
