import GNCABasics

/// Rows of words under each other.
enum Columns {
    /// Every column is as wide as its widest word; numbers, in the columns from `numbersFrom` (index) on, end under each
    /// other.
    static func text(_ rows: [[String]], numbersFrom: Int = .max) -> String {
        let rows = rows.map { $0.map { Escaping.visible($0) } }
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { column, text in
                let space = String(repeating: " ", count: widths[column] - text.count)
                if column >= numbersFrom { return space + text }
                return column == row.count - 1 ? text : text + space
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
