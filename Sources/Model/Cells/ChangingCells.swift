/// Which cells a step must compute so that the result is that of computing them all. It depends on the rule alone.
///
/// A cell is empty where all its channels are 0, and quiet where its whole 3 x 3 neighbourhood is empty. What a quiet
/// cell perceives is all zero, whatever the filters and the angle (a control vector is added to living cells alone, and
/// means of the grid are the same for all cells, but not for all steps: see below), so that its update is the same for
/// every quiet cell: the response r of the network to nothing. "Mature" means life's channel above the threshold;
/// "alive" means a mature cell in the 3 x 3 neighbourhood, or, where cells live by their own channel, mature.
enum ChangingCells: Equatable {
    /// The cells that were alive before.
    case alive
    /// The cells within this many steps of one that is not empty.
    case nearOccupied(steps: Int)
    /// Every cell.
    case all

    /// `response`: what a fired cell becomes in an empty neighbourhood, clamped, `[C]`. `forGradient`: whether cells are
    /// needed, too, whose change is exactly zero now but would not be with other weights.
    init(life: Life, perception: Perception, response: [Float], forGradient: Bool = false) {
        let emptyIsMature = 0 > life.threshold
        if life.before && !emptyIsMature {
            // A cell that was not alive before ends as zero whatever its update is; one that is quiet was not alive.
            // (Where life is tested after the update too, a cell that was dead may still keep its neighbour alive by
            // what it would have become: see `Automaton.testAfter`.)
            self = .alive
        } else if perception.global != .none {
            // What a quiet cell perceives changes with what lives elsewhere.
            self = .all
        } else if perception.control?.place == .added {
            // An empty cell beside a mature one is alive and perceived with the vector added: a quiet cell next to it
            // perceives something after all.
            self = .all
        } else if !forGradient && response.allSatisfy({ $0 == 0 }) {
            // Quiet cells stay empty, whether they fire or not.
            self = .nearOccupied(steps: 1)
        } else if life.after && !emptyIsMature && !(response[life.channel] > life.threshold)
            && response.allSatisfy({ $0.isFinite })
        {
            // A quiet cell becomes r or stays empty: not mature either way, since neither r's channel nor 0 is above the
            // threshold. So every mature cell after the update is one that was not quiet: at most 1 step from an
            // occupied cell. A quiet cell lives only next to a mature one: at most 2 steps from an occupied cell. All
            // others end as zero, which they are. (Where cells live by their own channel, quiet ones end as zero, too:
            // 1 step would do.)
            self = .nearOccupied(steps: 2)
        } else {
            self = .all
        }
    }
}
