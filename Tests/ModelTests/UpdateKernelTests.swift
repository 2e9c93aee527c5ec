import CKernels
import COpenBLAS
import Foundation
import Testing

@testable import Model

@Suite struct UpdateKernelTests {
    /// Every set of kernels that this CPU runs.
    static let sets: [String] = (0..<10).compactMap { ck_kernels_at($0) }.map { String(cString: $0.pointee.name) }

    private func run(
        _ rule: Rule, _ start: CellGrid, _ arithmetic: UpdateKernel.Arithmetic, threads: Int = 1, steps: Int = 4
    ) throws -> CellGrid {
        let automaton = try Automaton(
            rule: rule, state: start, randomSeed: 5, threads: threads, arithmetic: arithmetic)
        automaton.angle = 0.4
        for _ in 0..<steps { try automaton.step() }
        return automaton.state
    }

    @Test("every instruction set adds up in the same order", arguments: Array(sets.indices))
    func instructionSets(index: Int) throws {
        let fuses = try #require(ck_kernels_at(index)).pointee.fuses == 1
        for (channels, hidden) in [(16, 128), (16, 300), (16, 7), (12, 40)] {
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
                try run(rule, start, .own(index), steps: 2) == reference.state,
                "\(UpdateKernelTests.sets[index]), \(channels) channels, \(hidden) hidden units")
        }
    }

    @Test("the fused kernels for 16 channels agree bit for bit wherever multiply and add are fused")
    func fusedAgree() throws {
        let fused = UpdateKernelTests.sets.indices.filter { ck_kernels_at($0)!.pointee.fuses == 1 }
        let rule = try Rule.random(9, hidden: 128, lifeMask: LifeMask(before: false, after: false), response: .life)
        let start = CellGrid.blob(9, height: 40, width: 41, channels: 16)
        let states = try fused.map { try run(rule, start, .own($0)) }
        #expect(states.allSatisfy { $0 == states[0] })
    }

    @Test("the number of threads changes nothing", arguments: [16, 12])
    func threads(channels: Int) throws {
        let rule = try Rule.random(
            10, channels: channels, hidden: 20, lifeMask: LifeMask(before: false, after: false), response: .life)
        let start = CellGrid.blob(10, height: 90, width: 70, channels: channels)
        let arithmetic = UpdateKernel.Arithmetic.best(channels: channels)
        let one = try run(rule, start, arithmetic)
        for threads in [2, 3, 8] {
            #expect(try run(rule, start, arithmetic, threads: threads) == one, "\(threads) threads")
        }
    }

    @Test("a blow-up on any thread is found")
    func blowUpOnAnyThread() throws {
        let rule = try Rule.random(10, lifeMask: LifeMask(before: false, after: false), response: .life)
        for cell in [0, 2999, 5999] {
            var start = CellGrid(height: 60, width: 100, channels: 16)
            start.values[cell * 16 + 5] = .greatestFiniteMagnitude
            start.values[cell * 16 + 6] = .infinity
            let automaton = try Automaton(rule: rule, state: start, threads: 4)
            #expect(throws: ModelError.blowUp(step: 1)) { try automaton.step(fire: [UInt8](repeating: 1, count: 6000)) }
        }
    }

    @Test("OpenBLAS gives what our kernels give, but for rounding", .enabled(if: copenblas_load() == nil))
    func openBLAS() throws {
        for (channels, hidden) in [(4, 1), (5, 8), (12, 40), (20, 130), (16, 128)] {
            let rule = try Rule.random(
                13, channels: channels, hidden: hidden, lifeMask: LifeMask(before: false, after: false),
                response: .life)
            let start = CellGrid.blob(13, height: 11, width: 12, channels: channels)
            let ours = try run(rule, start, .own(0)).values
            let theirs = try run(rule, start, .blas).values
            #expect(zip(ours, theirs).allSatisfy { abs($0 - $1) < 1e-5 }, "\(channels) channels")
        }
    }

    @Test(
        "OpenBLAS takes a core type with this CPU's vectors",
        .enabled(if: copenblas_load() == nil && getenv("OPENBLAS_CORETYPE") == nil))
    func coreType() throws {
        let core = String(cString: copenblas_core())
        if UpdateKernelTests.sets.contains("x86-64-v3") {
            #expect(core != "Prescott" && core != "Core2" && core != "Nehalem")
        }
        #expect(getenv("OPENBLAS_CORETYPE") == nil, "our choice must not reach the programs we start")
    }

    @Test("16 channels use our kernels, other numbers OpenBLAS where there is one")
    func best() {
        #expect(UpdateKernel.Arithmetic.best(channels: 16) == .own(0))
        #expect(UpdateKernel.Arithmetic.best(channels: 12) == (copenblas_load() == nil ? .blas : .own(0)))
    }
}
