import Dispatch
import GNCACells
import Synchronization
import Testing

@Suite struct CrewTests {
    /// Counts who does what.
    final class Work: PartedWork, @unchecked Sendable {
        /// `[parts]`, each written by who has the part alone.
        var times: [Int]
        let isBusy: [Flag]

        final class Flag: Sendable { let value = Atomic(false) }

        init(parts: Int, threads: Int) {
            times = [Int](repeating: 0, count: parts)
            isBusy = (0..<threads).map { _ in Flag() }
        }

        func perform(part: Int, thread: Int) {
            let wasBusy = isBusy[thread].value.exchange(true, ordering: .acquiring)
            #expect(!wasBusy, "a thread does one part at a time")
            times.withUnsafeMutableBufferPointer { $0.baseAddress.map { $0[part] += 1 } }
            isBusy[thread].value.store(false, ordering: .releasing)
        }
    }

    @Test(arguments: [(1, 1), (2, 2), (2, 5), (3, 3), (1, 6)], [1, 2, 3, 17])
    func everyPartIsDoneOnceAndBeforeItsLeaderGoesOn(crew size: (leaders: Int, threads: Int), parts: Int) {
        let crew = Crew(leaders: size.leaders)
        let rounds = 200
        let works = (0..<size.leaders).map { _ in Work(parts: parts, threads: size.threads) }
        crew.begin(works.count)
        let taken = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: size.threads) { thread in
            while thread < size.leaders {
                // There may be fewer threads than asked for: whoever is there takes what is left.
                let next = taken.add(1, ordering: .relaxed).oldValue
                guard next < works.count else { break }
                for round in 1...rounds {
                    crew.desks[thread].share(parts, of: works[next])
                    #expect(works[next].times == [Int](repeating: round, count: parts))
                }
                crew.finishOne()
            }
            crew.help(as: thread)
        }
        for work in works { #expect(work.times == [Int](repeating: rounds, count: parts)) }
    }

    @Test
    func noPartsAreNoWork() {
        let work = Work(parts: 1, threads: 1)
        Crew(leaders: 1).desks[0].share(0, of: work)
        #expect(work.times == [0])
    }
}
