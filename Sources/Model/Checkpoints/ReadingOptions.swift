import GNCABasics
import GNCACells

/// What the user says of a model file that it does not say itself.
public struct ReadingOptions: Sendable, Equatable {
    /// The conventions in which it was trained.
    public var dialect: DialectChoice
    /// Only the tensors whose names begin so, without that beginning: one of several copies of a model.
    public var tensors: String?
    /// Which model of a collection.
    public var entry: String?
    /// The goal of a model that follows goals.
    public var control: ControlChoice?
    /// The grid that a dialect is guessed on, cells.
    public var grid: GridSize?

    /// Without arguments, nothing is said: the file tells, or its family.
    public init(
        dialect: DialectChoice = .family, tensors: String? = nil, entry: String? = nil, control: ControlChoice? = nil,
        grid: GridSize? = nil
    ) {
        (self.dialect, self.tensors, self.entry) = (dialect, tensors, entry)
        (self.control, self.grid) = (control, grid)
    }

    /// Whether nothing is said.
    var areEmpty: Bool { self == ReadingOptions(grid: grid) }
}

/// Which goal a goal-guided model follows.
public enum ControlChoice: Sendable, Equatable {
    /// One of the goals that the file knows (index, 0...).
    case goal(Int)
    /// The control vector itself.
    case vector([Float])

    /// Reads "3" or "0.5,-1,0"; nil for anything else.
    public init?(_ text: String) {
        if let goal = Int(text), goal >= 0 {
            self = .goal(goal)
            return
        }
        let numbers = text.parts(at: ",").map { Float($0) ?? .nan }
        guard numbers.allSatisfy(\.isFinite), !numbers.isEmpty, text.holds(",") || text.holds(".") else {
            return nil
        }
        self = .vector(numbers)
    }
}
