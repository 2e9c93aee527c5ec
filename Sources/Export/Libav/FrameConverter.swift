import CGNCALibav
import GNCARaster

/// Fills one of libav's frames with our picture, in the encoder's pixel format.
protocol FrameConverter: AnyObject {
    /// `target` is writable and has the film's size and the encoder's pixel format.
    func convert(_ frame: Frame, into target: UnsafeMutablePointer<AVFrame>) throws(ExportError)
}
