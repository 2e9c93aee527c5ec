/// What the user may choose otherwise so that something goes well. Libraries know no options: the program that is used
/// spells a remedy as one of its own.
public enum Remedy: Sendable, Equatable, CaseIterable {
    /// Replace files that exist.
    case overwrite
    /// A background that hides what is behind it.
    case opaqueBackground
    /// More pixels a cell.
    case largerScale
    /// Fewer pixels a cell.
    case smallerScale
    /// An even number of pixels a cell.
    case evenScale
    /// A quality that the encoder has.
    case otherQuality
    /// No quality: the encoder has one only.
    case noQuality
    /// No preset: the encoder has none.
    case noPreset
    /// A word on what a model's file means, or a guess.
    case dialect
}

/// An error that may know what mends it.
public protocol Mendable: Error {
    /// nil where nothing that the user can choose helps.
    var remedy: Remedy? { get }
}
