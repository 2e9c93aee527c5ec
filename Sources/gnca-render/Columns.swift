import GNCABasics

/// Rows of words under each other.
enum Columns {
    /// Every column is as wide as its widest word; numbers, in the columns from `numbersFrom` (index) on, end under each
    /// other. No line ends in spaces.
    static func text(_ rows: [[String]], numbersFrom: Int = .max) -> String {
        let rows = rows.map { $0.map { Escaping.visible($0) } }
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let words = row.prefix((row.lastIndex { !$0.isEmpty } ?? -1) + 1)
            return words.enumerated().map { column, text in
                let space = String(repeating: " ", count: widths[column] - text.count)
                if column >= numbersFrom { return space + text }
                return column == words.count - 1 ? text : text + space
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
