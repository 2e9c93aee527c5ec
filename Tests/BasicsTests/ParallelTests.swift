import Testing

@testable import GNCABasics

@Suite struct ParallelTests {
    private struct Stop: Error, Equatable { let index: Int }

    /// Changed by one thread at a time.
    private final class Told: @unchecked Sendable {
        var numbers: [Int] = []
    }

    @Test(arguments: [1, 3, 100])
    func resultsStandInTheirOrderAndEveryOneIsTold(threads: Int) {
        let told = Told()
        let squares = Parallel.map(50, threads: threads, each: { told.numbers.append($0) }, work: { $0 * $0 })
        #expect(squares == (0..<50).map { $0 * $0 })
        #expect(told.numbers == Array(1...50))
    }

    @Test
    func noWorkHasNoResults() {
        let none = Parallel.map(0, threads: 4, each: { _ in }, work: { $0 })
        #expect(none.isEmpty)
    }

    @Test(arguments: [1, 3])
    func anErrorEndsTheWork(threads: Int) {
        let begun = Told()
        #expect(throws: Stop(index: 4)) {
            try Parallel.map(
                100_000, threads: threads, each: { _ throws(Stop) in },
                work: { (index) throws(Stop) -> Int in
                    if index == 4 { throw Stop(index: index) }
                    return index
                })
        }
        // Whoever is told can end it, too.
        #expect(throws: Stop(index: 2)) {
            try Parallel.map(
                100_000, threads: threads,
                each: { done throws(Stop) in
                    begun.numbers.append(done)
                    if done == 2 { throw Stop(index: done) }
                },
                work: { (index) throws(Stop) -> Int in index })
        }
        #expect(begun.numbers == [1, 2])
    }
}
