/// What shape a film is composed into.
public enum FrameShape: Sendable, Hashable {
    /// Pixels. The pictures are as large as whole pixels a cell allow, and the page is filled up evenly on both sides.
    case size(width: Int, height: Int)
    /// Width to height. The page is filled up to it.
    case aspect(width: Int, height: Int)

    /// Width / height.
    var ratio: Double {
        switch self {
        case .size(let width, let height), .aspect(let width, let height): Double(width) / Double(height)
        }
    }

    /// Whether it is higher than wide.
    public var isUpright: Bool { ratio < 1 }
}
