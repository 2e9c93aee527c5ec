import CGNCALibav
import GNCARaster

/// Fills one of libav's frames with our picture, in the encoder's pixel format.
protocol FrameConverter: AnyObject {
    /// `target` is writable and has the film's size and the encoder's pixel format. `hasLast`: it still has what the last
    /// conversion has left there.
    func convert(_ frame: Frame, into target: UnsafeMutablePointer<AVFrame>, hasLast: Bool) throws(ExportError)
}
