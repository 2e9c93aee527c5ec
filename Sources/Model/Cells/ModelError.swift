/// What can go wrong with cells and checkpoints. Descriptions are sentences for users, without the program's name.
public enum ModelError: Error, Equatable, CustomStringConvertible {
    /// A tensor with the wrong number of elements.
    case wrongShape(tensor: String, got: Int, expected: Int)
    /// NaN or infinity among the weights.
    case nonFiniteWeights(tensor: String, count: Int)
    /// A setting outside what is allowed.
    case outOfRange(what: String, value: String, expected: String)
    /// A picture to train on of which every cell is transparent.
    case invisibleTarget
    /// The state became NaN or infinite in the given step (ordinal, 1...).
    case blowUp(step: Int)
    /// A checkpoint file that cannot be read: the file's name and a sentence.
    case badCheckpoint(file: String, reason: String)
    /// A checkpoint file that does not tell its dialect, and no word of the user's: the file's name and a sentence.
    case unsettled(file: String, reason: String, missing: Missing)
    /// A dialect that the user spelled wrongly: a sentence.
    case badDialect(String)
    /// What a rule of this kind cannot do: a sentence.
    case impossible(String)
    /// A file that cannot be written: the file's name and what the system said.
    case cannotWrite(file: String, reason: String)

    /// What the user has to say of a file that does not say it itself.
    public enum Missing: Sendable, Equatable {
        /// The conventions in which it was trained.
        case dialect
        /// The same, where a guess has failed.
        case namedDialect
        /// What the filters of perception are.
        case filters
        /// The numbers of a control vector.
        case control
        /// Which of the goals that the file knows.
        case goal
        /// That there is no control vector: the model takes none.
        case noControl
        /// Which of several copies of a model, by the beginning of their tensors' names.
        case tensors
        /// Which model of a collection.
        case entry
    }

    public var description: String {
        switch self {
        case .wrongShape(let tensor, let got, let expected):
            "tensor \(tensor) has the wrong shape (got \(got) elements, expected \(expected))"
        case .nonFiniteWeights(let tensor, let count):
            "tensor \(tensor) has \(count) non-finite value\(count == 1 ? "" : "s")"
        case .outOfRange(let what, let value, let expected): "\(what) out of range (got \(value), expected \(expected))"
        case .invisibleTarget: "nothing of the picture is visible (every pixel is transparent)"
        case .blowUp(let step):
            "the state became infinite or NaN in step \(step)"
        case .badCheckpoint(let file, let reason), .unsettled(let file, let reason, _): "\(file): \(reason)"
        case .badDialect(let reason), .impossible(let reason): reason
        case .cannotWrite(let file, let reason): "\(file): \(reason)"
        }
    }
}
