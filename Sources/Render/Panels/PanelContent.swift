import GNCARaster

/// What one picture with its words consists of, before anybody knows where it stands.
public struct PanelContent: Sendable, Equatable {
    /// Above the tiles, flush left; empty for none.
    public var title: String
    /// Titles that users wrote may need several lines.
    public var wrapsTitle = false
    /// The widest number that may stand above the tiles, flush right; nil for none.
    public var widestReading: String?
    /// Tiles a row.
    public var columns: Int
    /// Whether tiles may stand in more or fewer columns where that makes them larger.
    public var columnsAreFree = false
    /// Tiles in all, each a picture of the grid, row by row.
    public var tileCount: Int
    /// Above every tile; empty for none, else `tileCount` of them.
    public var tileLabels: [String] = []
    /// Below every tile; empty for none, else `tileCount` of them.
    public var tileNotes: [String] = []
    /// Above the first row; empty for none, else `columns` of them.
    public var columnLabels: [String] = []
    /// To the left of every row; empty for none.
    public var rowLabels: [String] = []
    /// Below the tiles.
    public var legend: Legend = .none
    /// The longest words that may stand below the tiles and change from frame to frame; empty for none.
    var foot: [String] = []

    /// `columns`: tiles a row; the rest is set afterwards.
    public init(title: String, columns: Int = 1, tileCount: Int = 1) {
        self.title = title
        self.columns = columns
        self.tileCount = tileCount
    }

    var rows: Int { (tileCount + columns - 1) / columns }
}

/// What colours mean.
public enum Legend: Sendable, Equatable {
    /// Nothing to explain.
    case none
    /// Blue to red, from -limit to limit.
    case diverging(limit: String)
    /// From nothing to limit.
    case sequential(from: String = "0", limit: String)
    /// Squares of one colour each and their names.
    case swatches([Swatch])

    /// One colour and what it means.
    public struct Swatch: Sendable, Equatable {
        /// What is seen.
        public var color: Color
        /// What it means.
        public var name: String

        /// `name` stands beside a square of `color`.
        public init(color: Color, name: String) {
            self.color = color
            self.name = name
        }
    }
}
