import GNCACells

/// Cells told apart for pictures: `[H * W]` each, 1 = yes.
extension Snapshot {
    /// Alpha is above the rule's threshold somewhere in the 3x3 neighbourhood.
    public var alive: [UInt8] { rule.lifeMask.alive(in: grid, padding: edges) }

    /// The cell's own alpha is above the rule's threshold.
    public var mature: [UInt8] {
        let threshold = rule.lifeMask.threshold
        return (0..<(grid.width * grid.height)).map { cell in
            grid.values[cell * grid.channels + CellGrid.alphaChannel] > threshold ? 1 : 0
        }
    }

    /// The cell may change by firing: it is alive, or the rule asks for no life at all.
    public var active: [UInt8] {
        guard rule.lifeMask.before || rule.lifeMask.after else {
            return [UInt8](repeating: 1, count: grid.width * grid.height)
        }
        return alive
    }
}
