import GNCACells

/// Cells told apart for pictures: `[H * W]` each, 1 = yes.
extension Snapshot {
    /// Life's channel is above the rule's threshold somewhere in the 3x3 neighbourhood, or in the cell where cells live by
    /// their own.
    public var alive: [UInt8] { rule.life.alive(in: grid, edges: edges) }

    /// The cell's own channel is above the rule's threshold.
    public var mature: [UInt8] { rule.life.mature(in: grid) }

    /// The cell may change by firing: it is alive, or the rule asks for no life at all.
    public var active: [UInt8] {
        guard rule.life.isTested else {
            return [UInt8](repeating: 1, count: grid.width * grid.height)
        }
        return alive
    }
}
