import GNCABasics

/// The shape of a film, known before its first frame.
public struct FilmDescription: Sendable, Equatable {
    /// Pixels.
    public var width: Int
    /// Pixels.
    public var height: Int
    /// Frames a second.
    public var frameRate: FrameRate
    /// How many frames will come.
    public var frameCount: Int
    /// Whether frames have transparent pixels.
    public var hasAlpha: Bool
    /// Pixels a cell: a picture sampled at this pitch has all its cells' colours (palettes).
    public var cellSize: Int
    /// Index of the frame that stands for the film where a format has room for a cover; nil for none.
    public var coverFrame: Int?

    /// Whether it is encoded to see how long the output gets.
    var isAttempt = false

    /// A film of that shape.
    public init(
        width: Int, height: Int, frameRate: FrameRate, frameCount: Int, hasAlpha: Bool = false, cellSize: Int = 1,
        coverFrame: Int? = nil
    ) {
        self.width = width
        self.height = height
        self.frameRate = frameRate
        self.frameCount = frameCount
        self.hasAlpha = hasAlpha
        self.cellSize = cellSize
        self.coverFrame = coverFrame
    }

    /// Longest side that every encoder takes, pixels.
    static let longestSide = 16_384

    /// Throws `ExportError.invalid` where there is nothing to encode, or too much.
    public func check() throws(ExportError) {
        guard frameCount > 0 else { throw .invalid("the film has no frames") }
        guard (1...Self.longestSide).contains(width), (1...Self.longestSide).contains(height) else {
            throw .invalid(
                "the picture is too large (got \(width)x\(height) pixels, limit \(Self.longestSide) a side)",
                .smallerScale)
        }
    }
}
