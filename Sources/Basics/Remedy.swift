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
    /// A quality: without one the format loses nothing.
    case quality
    /// No greatest size: nothing can be given up for it.
    case noSize
    /// No preset: the encoder has none.
    case noPreset
    /// A word on what a model's file means, or a guess.
    case dialect
    /// A word on what a model's file means, where a guess has failed.
    case namedDialect
    /// Signs and order of the gradients, which nothing tells.
    case gradients
    /// The filters that cells perceive through.
    case filters
    /// A control vector, which the file does not hold.
    case control
    /// The number of another goal.
    case goal
    /// No control vector.
    case noControl
    /// One of several copies of a model.
    case tensors
    /// One of several models of a collection.
    case entry
    /// Fewer steps, or the last finite state.
    case blowUp
}

/// What a user should know, and what would make it otherwise.
public struct Notice: Sendable, Equatable {
    /// A sentence.
    public var text: String
    /// nil where nothing that the user can choose helps.
    public var remedy: Remedy?

    /// `text`: a sentence.
    public init(_ text: String, remedy: Remedy? = nil) {
        self.text = text
        self.remedy = remedy
    }
}

/// An error that may know what mends it.
public protocol Mendable: Error {
    /// nil where nothing that the user can choose helps.
    var remedy: Remedy? { get }
}
