import GNCABasics
import GNCACells

/// The damaged runs of an atlas. What comes of a trial depends on the state and on the cells that its cut empties alone:
/// cuts that empty nothing are the unharmed run, and places whose circles meet the same cells share one run.
struct AtlasTrials {
    let plan: AtlasPlan
    let runs: AtlasRuns
    let twins: AtlasTwins
    let threads: Int
    let watch: FigureWatch

    /// PSNRs that are nearer than this are the same, dB.
    static let closeness = 0.5
    /// Runs that one thread makes before it takes more.
    private static let chunk = 32

    /// The trials of one number, with one radius, at one moment: they begin with the same state.
    private struct Group {
        let moment: Int
        let radius: Int
        let trial: Int
    }

    private struct Run {
        let group: Int
        let place: Int
    }

    /// In how many trials each place recovers, a list a map: moment by moment, and there radius by radius.
    func recovered() throws -> [[Int]] {
        let groups = plan.moments.indices.flatMap { moment in
            plan.radii.indices.flatMap { radius in
                (0..<plan.trials).map { Group(moment: moment, radius: radius, trial: $0) }
            }
        }
        let owners = try Parallel.map(
            groups.count, threads: threads, each: { _ throws(any Error) in try watch.check() },
            work: { (group) throws(any Error) in findOwners(groups[group]) })
        let verdicts = try judge(groups, owners)
        var counts = [[Int]](repeating: [Int](repeating: 0, count: plan.places.count), count: plan.maps)
        for (index, group) in groups.enumerated() {
            let unharmed = twins.twins[group.trial].end(group.moment) >= twins.needed(group.moment)
            for (place, owner) in owners[index].enumerated() {
                let recovers = owner.map { verdicts[index][$0] } ?? unharmed
                if recovers { counts[group.moment * plan.radii.count + group.radius][place] += 1 }
            }
        }
        return counts
    }

    /// For every place, the first one whose cut empties the same cells; nil where it empties none.
    private func findOwners(_ group: Group) -> [Int?] {
        guard let start = twins.twins[group.trial].starts[group.moment] else { return plan.places.map { _ in nil } }
        let isOccupied = start.occupied
        var first: [[UInt32]: Int] = [:]
        return plan.places.indices.map { place in
            let emptied = plan.cells(radius: group.radius, place: place).filter { isOccupied[Int($0)] }
            guard !emptied.isEmpty else { return nil }
            if let owner = first[emptied] { return owner }
            first[emptied] = place
            return place
        }
    }

    /// For every group, whether each place that owns a run recovers; false for all others.
    private func judge(_ groups: [Group], _ owners: [[Int?]]) throws -> [[Bool]] {
        var queue: [Run] = []
        for (group, owners) in owners.enumerated() {
            for (place, owner) in owners.enumerated() where owner == place {
                queue.append(Run(group: group, place: place))
            }
        }
        let all = queue
        let chunks = (all.count + Self.chunk - 1) / Self.chunk
        watch.progressed(0, all.count)
        let results = try Parallel.map(
            chunks, threads: threads,
            each: { done throws(any Error) in
                watch.progressed(min(done * Self.chunk, all.count), all.count)
                try watch.check()
            },
            work: { (chunk) throws(any Error) in
                try recover(all[chunk * Self.chunk..<min((chunk + 1) * Self.chunk, all.count)], groups)
            })
        var verdicts = groups.map { _ in [Bool](repeating: false, count: plan.places.count) }
        for (run, recovers) in zip(all, results.joined()) { verdicts[run.group][run.place] = recovers }
        return verdicts
    }

    /// Whether each of these runs recovers.
    private func recover(_ queue: ArraySlice<Run>, _ groups: [Group]) throws(ModelError) -> [Bool] {
        let automaton = try runs.automaton(randomSeed: 0)
        var results: [Bool] = []
        for run in queue { results.append(recovers(groups[run.group], run.place, automaton)) }
        return results
    }

    private func recovers(_ group: Group, _ place: Int, _ automaton: Automaton) -> Bool {
        let twin = twins.twins[group.trial]
        guard let start = twin.starts[group.moment] else { return false }
        let cut = plan.moments[group.moment]
        automaton.restart(randomSeed: twin.randomSeed, at: cut) { $0 = start }
        automaton.erase(plan.mask(radius: group.radius, place: place))
        let needed = twins.needed(group.moment)
        for (look, after) in plan.looks.enumerated() {
            guard automaton.advance(to: cut + after) else { return false }
            let decibels = runs.psnr.decibels(of: automaton.state, rule: runs.rule)
            if after == plan.steps || automaton.isExtinct { return decibels >= needed }
            guard !plan.isFull else { continue }
            let hasCaughtUp = abs(decibels - twin.decibels[group.moment][look]) <= Self.closeness
            let end = twin.end(group.moment)
            if hasCaughtUp, abs(end - needed) > Self.closeness { return end >= needed }
        }
        return false
    }
}

extension AtlasPlan {
    /// `[H * W]`, 1 = emptied.
    fileprivate func mask(radius: Int, place: Int) -> [UInt8] {
        var mask = [UInt8](repeating: 0, count: grid.width * grid.height)
        for cell in cells(radius: radius, place: place) { mask[Int(cell)] = 1 }
        return mask
    }
}

extension CellGrid {
    /// `[H * W]`: which cells are not all zero.
    fileprivate var occupied: [Bool] {
        values.withUnsafeBufferPointer { values in
            (0..<(width * height)).map { cell in
                (cell * channels..<(cell + 1) * channels).contains { values[$0] != 0 }
            }
        }
    }
}
