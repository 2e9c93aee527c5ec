import CGNCAKernels

extension CellGrid {
    /// What cells perceive where `rule`'s control vector is added to the last channels of the living ones: `perceived`
    /// `[H * W][C]` becomes this state with it.
    package func addControl(of rule: Rule, where alive: CellMask, on grid: ck_grid, into perceived: inout [Float]) {
        guard let control = rule.perception.control else { return }
        if perceived.count != values.count {
            perceived = values
        } else {
            let row = width * channels
            // Beyond the window's rows nothing is perceived: nobody there is computed.
            let window = (Int(grid.first_row) * row)..<(Int(grid.end_row) * row)
            for index in window { perceived[index] = values[index] }
        }
        let first = channels - control.values.count
        alive.forEach(on: grid) { cell in
            for (index, value) in control.values.enumerated() { perceived[cell * channels + first + index] += value }
        }
    }
}
