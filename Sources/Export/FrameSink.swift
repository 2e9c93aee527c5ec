import GNCABasics
import GNCARaster

/// Takes the frames of one film, in order, and makes one output of them.
///
/// Used by one thread at a time. Nothing appears under the output's name before `publish`, so that several outputs can all
/// be complete before the first of them appears.
public protocol FrameSink: Publishable {
    /// Encodes one frame. All frames have the size that the sink was opened with. Throws `ExportError`.
    func append(_ frame: Frame) throws(ExportError)
    /// Names parts of the film, before `finish`. Outputs that have no chapters leave them out.
    func mark(_ chapters: [Chapter])
    /// Writes what is pending and flushes it to the disk; what is left is `publish`. Throws `ExportError`.
    func finish() throws(ExportError)
    /// Hands over what tells that nobody wants the output any more: a sink that works long in `finish` asks now and then,
    /// and throws.
    func watch(_ shouldStop: @escaping @Sendable () -> Bool)
    /// What the user should know of the finished output, as sentences.
    var notes: [String] { get }
}

extension FrameSink {
    /// Most sinks are done when they have their frames.
    public func watch(_ shouldStop: @escaping @Sendable () -> Bool) {}

    /// Most outputs are as they were asked for.
    public var notes: [String] { [] }
}

extension FrameSink {
    public func mark(_ chapters: [Chapter]) {}
}
