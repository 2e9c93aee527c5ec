/// What the last step did, cell by cell.
public struct StepTrace: Sendable, Equatable {
    /// `[H * W]`, 1 = the cell fired (whether or not it could change).
    public var fired: [UInt8]
    /// `[H * W]`, Euclidean length over the channels of the change that the step made to the cell.
    public var update: [Float]
}
