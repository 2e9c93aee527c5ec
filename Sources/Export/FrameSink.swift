import Raster

/// Takes the frames of one film, in order, and makes one output of them.
///
/// Used by one thread at a time. Nothing appears under the output's name before `finish` returns.
public protocol FrameSink: AnyObject {
    /// Encodes one frame. All frames have the size that the sink was opened with. Throws `ExportError`.
    func append(_ frame: Frame) throws(ExportError)
    /// Writes what is pending and puts the output in its place. Throws `ExportError`.
    func finish() throws(ExportError)
    /// Gives up: nothing is left behind. Harmless after `finish`.
    func cancel()
}
