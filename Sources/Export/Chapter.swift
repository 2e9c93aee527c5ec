import GNCABasics

/// Frames of a film with a name: a chapter that players offer, a line of captions.
public struct Chapter: Sendable, Equatable {
    /// One line.
    public var title: String
    /// Indexes of the first frame and of the one after the last.
    public var frames: Range<Int>

    /// `frames` of the film are called `title`.
    public init(title: String, frames: Range<Int>) {
        self.title = title
        self.frames = frames
    }
}
