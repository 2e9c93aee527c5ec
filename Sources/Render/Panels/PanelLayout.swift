/// Where panels stand beside the picture.
public enum PanelLayout: String, Sendable, CaseIterable {
    /// In a row to its right.
    case side
    /// In a column under it.
    case below
    /// No panels: what can be shown on the cells is shown there.
    case over
    /// Picture and panels as a grid near 16:9.
    case grid

    /// The number of columns that brings `count` boxes of the given size closest to an aspect (width / height, 16:9 where
    /// none is asked for), full rows preferred.
    public static func columns(for count: Int, width: Int, height: Int, aspect wanted: Double = 16.0 / 9.0) -> Int {
        var best = (columns: 1, cost: Double.infinity)
        for columns in 1...max(1, count) {
            let rows = (count + columns - 1) / columns
            let aspect = Double(columns * width) / Double(rows * height) / wanted
            let places = Double(columns * rows)
            // An empty place is seven times as bad as the same part of a wrong aspect: nine stand 3 x 3.
            let cost = max(aspect, 1 / aspect) * (1 + 7 * (places - Double(count)) / places)
            if cost < best.cost { best = (columns, cost) }
        }
        return best.columns
    }
}
