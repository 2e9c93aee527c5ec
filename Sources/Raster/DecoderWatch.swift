import CGNCALibav
import GNCABasics

/// Watches one of libav's decoders: by itself it shows what it can of a damaged picture, and says so in its log at most.
final class DecoderWatch {
    private let watch: OpaquePointer

    /// To be made before the decoder is opened, and kept as long as it is. `ground`: what the memory of pictures is filled
    /// with before the decoder writes there.
    init(_ decoder: UnsafeMutablePointer<AVCodecContext>, ground: UInt8 = 0) throws(FileFault) {
        guard let watch = clibav_watch_create(ground) else { throw FileFault("out of memory") }
        self.watch = watch
        clibav_watch_decoder(decoder, watch)
    }

    deinit { clibav_watch_free(watch) }

    /// Throws where the decoder complained of anything, or marked the picture.
    func check(_ picture: UnsafeMutablePointer<AVFrame>) throws(FileFault) {
        let isMarked = picture.pointee.flags & AV_FRAME_FLAG_CORRUPT != 0 || picture.pointee.decode_error_flags != 0
        guard clibav_watch_complaints(watch) == 0, !isMarked else { throw FileFault("the picture is damaged") }
    }
}
