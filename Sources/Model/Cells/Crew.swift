import CGNCAKernels
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Work in parts, any of which may be done on any thread, all of them at once.
package protocol PartedWork: AnyObject {
    /// `thread`: who does it; no two parts are done by the same one at a time.
    func perform(part: Int, thread: Int)
}

/// Threads that help each other: those that lead a piece of work share its parts with those that have none of their own.
///
/// Not queues of Dispatch: a part takes a tenth of a millisecond, of which waking a thread would be a good share. Whoever
/// waits, watches.
package final class Crew: Sendable {
    /// One a leader, who is the thread of the same number.
    package let desks: [Desk]
    /// Pieces of work that are not done.
    private let left = Atomic(0)

    package init(leaders: Int) { desks = (0..<leaders).map { Desk(leader: $0) } }

    /// Before all threads begin: there are so many pieces of work.
    package func begin(_ pieces: Int) { left.store(pieces, ordering: .releasing) }

    /// A leader is done with a piece.
    package func finishOne() { left.subtract(1, ordering: .releasing) }

    /// Does parts for the leaders until no piece is left. All pieces must have been begun: there may be no thread but this.
    package func help(as thread: Int) {
        var watch = Watch()
        while left.load(ordering: .acquiring) > 0 {
            // Not everybody begins at the same desk.
            let helped = desks.indices.contains { desks[(thread + $0) % desks.count].doOne(as: thread) }
            if helped { watch = Watch() } else { watch.look() }
        }
    }

    /// Where a leader offers parts.
    package final class Desk: Sendable {
        private let leader: Int
        /// Number of the work << 32 | the next part that nobody has << 16 | how many there are.
        private let ticket = Atomic<UInt64>(0)
        private let done = Atomic(0)
        /// Written by the leader between two works, read by those who have a part of it.
        private nonisolated(unsafe) unowned(unsafe) var work: (any PartedWork)?

        init(leader: Int) { self.leader = leader }

        /// Called by the leader: does parts 0..<`count`, together with whoever helps, and returns when all are done.
        package func share(_ count: Int, of work: any PartedWork) {
            guard count > 1 else {
                if count == 1 { work.perform(part: 0, thread: leader) }
                return
            }
            precondition(count < 1 << 16)
            self.work = work
            done.store(0, ordering: .relaxed)
            let number = (ticket.load(ordering: .relaxed) >> 32) &+ 1
            ticket.store(number << 32 | UInt64(count), ordering: .releasing)
            while doOne(as: leader) {}
            var watch = Watch()
            while done.load(ordering: .acquiring) < count { watch.look() }
        }

        /// Does a part that nobody has; false where there is none.
        func doOne(as thread: Int) -> Bool {
            var seen = ticket.load(ordering: .acquiring)
            while seen >> 16 & 0xffff < seen & 0xffff {
                // As long as a part is not done, the leader waits, and the work stays what it is.
                let (isMine, now) = ticket.weakCompareExchange(
                    expected: seen, desired: seen + 1 << 16, ordering: .acquiringAndReleasing)
                if isMine {
                    work?.perform(part: Int(seen >> 16 & 0xffff), thread: thread)
                    done.add(1, ordering: .releasing)
                    return true
                }
                seen = now
            }
            return false
        }
    }

    /// Looks again and again; at first only the core's other thread profits, later whoever waits for the core. Who has found
    /// nothing for about half a millisecond sleeps between two looks: where more threads want to run than there are cores, the one
    /// that is waited for may be waiting for this core, and giving it up once is not enough to let it run.
    private struct Watch {
        private var looks = 0

        mutating func look() {
            looks += 1
            if looks < 1000 {
                ck_pause()
            } else if looks < 2000 {
                sched_yield()
            } else {
                usleep(50)
            }
        }
    }
}
