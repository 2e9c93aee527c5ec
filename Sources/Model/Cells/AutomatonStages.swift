import CGNCAKernels

/// The stages of a step, in their order.
extension Automaton {
    func run(_ finished: (Stage) -> Void) throws(ModelError) {
        for stage in Automaton.stages {
            switch stage {
            case .lifeBefore: findChanging()
            case .birth: giveBirth()
            case .fire: drawFire()
            case .update: try update()
            case .lifeAfter: testAfter()
            case .apply: apply()
            }
            finished(stage)
        }
        stepsDone += 1
        if deathRate > 0 { die() }
    }

    /// Learns `mature` and `occupied` from the whole state.
    func scan() {
        grid = grid.whole
        withUnsafePointer(to: grid) {
            ck_mask_scan(
                $0, state.values, Int32(rule.life.channel(among: rule.channels)), rule.life.threshold, &mature.words,
                &occupied.words)
        }
    }

    private func findChanging() {
        if changing != .all { ck_grid_focus(&grid, occupied.words) }
        if rule.life.before || addsControl || seesGrid { spread(mature, to: &alive) }
        switch changing {
        case .alive: firing.copy(alive, on: grid)
        case .nearOccupied(let steps):
            firing.dilate(occupied, on: grid)
            for _ in 1..<steps {
                spare.copy(firing, on: grid)
                firing.dilate(spare, on: grid)
            }
        case .all: firing.copy(everything, on: grid)
        }
    }

    /// The cells that live by these mature ones.
    private func spread(_ mature: CellMask, to alive: inout CellMask) {
        switch rule.life.reach {
        case .neighbourhood: alive.dilate(mature, on: grid)
        case .cell: alive.copy(mature, on: grid)
        }
    }

    private var seesGrid: Bool { rule.perception.global != .none }

    /// The cells whose means all perceive.
    private var seen: CellMask { rule.life.isTested ? alive : everything }

    private var addsControl: Bool { rule.perception.control?.place == .added }

    private func drawFire() {
        newTrace = nil
        if recordsTrace {
            let grid = grid.whole
            spare.copy(everything, on: grid)
            keepFiring(&spare, on: grid)
            newTrace = StepTrace(fired: spare.bytes(on: grid), update: [Float](repeating: 0, count: cells.count))
        }
        keepFiring(&firing, on: grid)
        computed = firing.list(into: &cells, at: 0, on: grid)
    }

    /// Keeps the members that fire in this step.
    private func keepFiring(_ mask: inout CellMask, on grid: ck_grid) {
        let key = random.key(step: UInt32(truncatingIfNeeded: stepsDone))
        let limit = RandomSource.limit(rate: fireRate)
        withUnsafePointer(to: grid) { grid in
            mask.words.withUnsafeMutableBufferPointer { mask in
                guard let words = mask.baseAddress else { return }
                if let givenFire {
                    ck_mask_from_bytes(grid, givenFire, words, words)
                } else {
                    UpdateKernel.bestKernels.pointee.fire(grid, key.0, key.1, limit, words, words)
                }
            }
        }
    }

    private func update() throws(ModelError) {
        if addsControl { state.addControl(of: rule, where: alive, on: grid, into: &perceived) }
        if seesGrid {
            means.take(state.values, where: seen, on: grid)
            kernel.perceive(means.values)
        }
        let isFinite =
            if let tape {
                tape.withRoom(for: computed) { compute(0..<computed, kept: $0) }
            } else {
                compute(0..<computed)
            }
        guard isFinite else { throw .blowUp(step: stepsDone + 1) }
    }

    /// The new values of these of `cells`; false where one is not finite.
    private func compute(_ range: Range<Int>, kept: UnsafeMutablePointer<Float>? = nil) -> Bool {
        range.isEmpty
            || kernel.update(
                grid: grid, angle: angle, state: state.values, perceived: perceived, cells: cells, range: range,
                next: &next, kept: kept)
    }

    private func testAfter() {
        maturing.copy(mature, on: grid)
        markMature(0..<computed)
        guard rule.life.after else {
            keeping.copy(rule.life.before ? alive : everything, on: grid)
            return
        }
        spread(maturing, to: &keeping)
        // Of a rule with births, cells without life do nothing.
        if changing == .alive && rule.life.reach == .neighbourhood && rule.life.birth == .free { askDeadNeighbours() }
        if rule.life.before { keeping.formIntersection(alive, on: grid) }
    }

    /// In `maturing`, what these of `cells` become.
    private func markMature(_ range: Range<Int>) {
        next.withUnsafeBufferPointer { next in
            cells.withUnsafeBufferPointer { cells in
                guard let next = next.baseAddress, let cells = cells.baseAddress else { return }
                withUnsafePointer(to: grid) {
                    ck_mark_mature(
                        $0, cells + range.lowerBound, range.count, next + range.lowerBound * rule.channels,
                        Int32(rule.life.channel(among: rule.channels)), rule.life.threshold, &maturing.words)
                }
            }
        }
    }

    /// A cell that was dead before ends as zero, and so it was not computed. But the test after the update sees what
    /// it would have become: that may be the only mature cell around one that was alive. Where a living cell seems to
    /// die, its dead neighbours that fire are computed after all. (They are few: the cells that die in a step.)
    private func askDeadNeighbours() {
        guard spare.subtract(keeping, from: alive, on: grid) else { return }
        firing.dilate(spare, on: grid)
        spare.copy(firing, on: grid)
        guard firing.subtract(alive, from: spare, on: grid) else { return }
        keepFiring(&firing, on: grid)
        let asked = computed..<(computed + firing.list(into: &cells, at: computed, on: grid))
        // Their values are dropped, so that it is no blow-up where one is not finite.
        _ = compute(asked)
        markMature(asked)
        keeping.dilate(maturing, on: grid)
    }

    private func apply() {
        tape?.record(
            grid: grid, angle: angle, cells: cells, count: computed, keep: keeping, state: state.values,
            occupied: occupied, seen: seesGrid ? (seen, means.values) : nil)
        if newTrace == nil {
            apply(lengths: nil)
        } else {
            newTrace?.update.withUnsafeMutableBufferPointer { apply(lengths: $0.baseAddress) }
            trace = newTrace
            newTrace = nil
        }
        if 0 > rule.life.threshold {
            // An odd rule: cells become mature by being emptied.
            scan()
        } else {
            mature.copy(maturing, on: grid)
            mature.formIntersection(keeping, on: grid)
        }
    }

    private func apply(lengths: UnsafeMutablePointer<Float>?) {
        withUnsafePointer(to: grid) {
            ck_apply($0, cells, computed, next, keeping.words, &state.values, &occupied.words, lengths)
        }
    }
}
