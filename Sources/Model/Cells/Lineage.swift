import CGNCAKernels

/// Whose child every cell is: a cell that comes to life has a mother, the neighbour by which it lives, which is the one with the
/// highest value of life's channel. Of a rule with births, that is the cell whose channels it took over.
///
/// A cell's life ends when it leaves the life mask, or is emptied; what lives there later is another one.
public struct Lineage: Sendable {
    /// One cell's life.
    public struct Member: Sendable, Equatable {
        /// Index of its place, row by row.
        public let cell: Int
        /// Number of its mother, 0...; nil of a founder: a seed, or what an edit put there.
        public fileprivate(set) var mother: Int?
        /// The first step after which it lived.
        public let born: Int
        /// The first step after which it did not; nil while it lives.
        public fileprivate(set) var died: Int?
        /// Mothers between it and its founder; 0 of a founder.
        public fileprivate(set) var generation: Int
        /// Which of the founders' children, in the order of their births, it descends from; nil of a founder.
        public fileprivate(set) var clan: Int?
        /// Whether it has ever held anything.
        fileprivate var hasLived: Bool
    }

    /// All that ever lived, in the order of their births: a member's number is its place here.
    public private(set) var members: [Member] = []
    /// `[H * W]`: the number of the member that lives there, or -1.
    public private(set) var living: [Int]
    private let rule: Rule
    private var clans = 0

    /// Nothing lives. Throws `ModelError.impossible` where the rule has no life mask of neighbourhoods.
    public init(rule: Rule, grid: GridSize) throws(ModelError) {
        guard rule.life.isTested, rule.life.reach == .neighbourhood, rule.life.threshold >= 0 else {
            throw .impossible("cells of a rule whose life does not spread from neighbour to neighbour have no mothers")
        }
        self.rule = rule
        living = [Int](repeating: -1, count: grid.width * grid.height)
    }

    /// Takes in the state after `step` steps; every state of a run, in their order. `edges`: what lies outside the grid now.
    public mutating func observe(_ state: CellGrid, edges: Edges, step: Int) {
        let alive = rule.life.alive(in: state, edges: edges)
        let grid = ck_grid(state, edges: edges)
        var born: [Int] = []
        for cell in alive.indices {
            let isEmpty = Self.isEmpty(cell, in: state)
            let number = living[cell]
            if number >= 0 {
                if alive[cell] != 0 && !(isEmpty && members[number].hasLived) {
                    if !isEmpty { members[number].hasLived = true }
                    // Until it holds anything, it may yet become another one's child.
                    if isEmpty { born.append(cell) }
                    continue
                }
                members[number].died = step
                living[cell] = -1
            }
            if alive[cell] != 0 { born.append(cell) }
        }
        bear(born, in: state, on: grid, step: step)
    }

    private static func isEmpty(_ cell: Int, in state: CellGrid) -> Bool {
        !(0..<state.channels).contains { state.values[cell * state.channels + $0] != 0 }
    }

    /// Founders first: who has no mother that lived before, and is mature.
    private mutating func bear(_ born: [Int], in state: CellGrid, on grid: ck_grid, step: Int) {
        let before = living
        let mothers = state.values.withUnsafeBufferPointer { values in
            born.map { rule.mother(of: $0, in: values, on: grid) }
        }
        for (cell, mother) in zip(born, mothers) where before[cell] < 0 {
            let isMature = state.values[cell * state.channels + rule.life.channel] > rule.life.threshold
            if isMature && mother.map({ before[$0] < 0 }) ?? true { add(cell, of: nil, in: state, step: step) }
        }
        for (cell, mother) in zip(born, mothers) {
            if living[cell] < 0 {
                add(cell, of: mother.map { living[$0] }, in: state, step: step)
            } else if before[cell] >= 0, let mother, living[mother] >= 0 {
                give(living[cell], the: living[mother])
            }
        }
    }

    private mutating func add(_ cell: Int, of mother: Int?, in state: CellGrid, step: Int) {
        let isEmpty = Self.isEmpty(cell, in: state)
        members.append(Member(cell: cell, mother: nil, born: step, generation: 0, hasLived: !isEmpty))
        living[cell] = members.count - 1
        if let mother, mother >= 0 { give(members.count - 1, the: mother) }
    }

    /// Makes a member a child of another one.
    private mutating func give(_ member: Int, the mother: Int) {
        guard members[member].mother != mother, mother != member else { return }
        members[member].mother = mother
        members[member].generation = members[mother].generation + 1
        if let clan = members[mother].clan {
            members[member].clan = clan
        } else if members[member].clan == nil {
            members[member].clan = clans
            clans += 1
        }
    }
}
