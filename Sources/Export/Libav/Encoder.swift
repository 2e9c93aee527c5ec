import CGNCALibav
import GNCABasics
import GNCARaster
import Synchronization

/// Turns pictures into packets.
final class Encoder {
    /// SVT-AV1 keeps a list of processors for the whole process, made and freed wherever an encoder opens or closes.
    private static let opening = Mutex(())
    private let context: UnsafeMutablePointer<AVCodecContext>
    private var frame: UnsafeMutablePointer<AVFrame>
    private var packet: UnsafeMutablePointer<AVPacket>
    private let converter: any FrameConverter
    private let check: LibavCheck
    private var sent: Int64 = 0
    private var encoded = 0
    private var isDraining = false

    /// Opens the encoder. `globalHeader`: the container wants the codec's headers once, apart from the packets.
    /// Throws `ExportError.encoderMissing`, `.invalid` for an option that the encoder refuses, `.encoding`.
    init(
        _ codec: Codec, _ film: FilmDescription, _ options: EncodingOptions, globalHeader: Bool, palette: Palette?,
        check: LibavCheck
    ) throws(ExportError) {
        self.check = check
        let encoder = try Encoder.encoder(codec)
        let format = try Encoder.pixelFormat(codec, film, options, encoder: encoder)
        converter =
            if let palette {
                PaletteMapper(palette)
            } else {
                try Scaler(film, pixelFormat: format, reproducible: options.reproducible, check: check)
            }
        frame = try check.allocated(av_frame_alloc())
        packet = try check.allocated(av_packet_alloc())
        context = try Encoder.opened(codec, film, options, encoder, format, globalHeader: globalHeader, check: check)
        frame.pointee.width = context.pointee.width
        frame.pointee.height = context.pointee.height
        frame.pointee.format = format.rawValue
        frame.pointee.colorspace = context.pointee.colorspace
        frame.pointee.color_primaries = context.pointee.color_primaries
        frame.pointee.color_trc = context.pointee.color_trc
        frame.pointee.color_range = context.pointee.color_range
        frame.pointee.sample_aspect_ratio = context.pointee.sample_aspect_ratio
    }

    deinit {
        withUnsafeMutablePointer(to: &packet) { pointer in
            pointer.withMemoryRebound(to: UnsafeMutablePointer<AVPacket>?.self, capacity: 1) { av_packet_free($0) }
        }
        withUnsafeMutablePointer(to: &frame) { pointer in
            pointer.withMemoryRebound(to: UnsafeMutablePointer<AVFrame>?.self, capacity: 1) { av_frame_free($0) }
        }
        Encoder.close(context, isEmpty: sent == 0)
    }

    /// Frees the encoder. SVT-AV1 waits for ever where it is freed before its end, and for its end where there was no
    /// picture.
    private static func close(_ context: UnsafeMutablePointer<AVCodecContext>, isEmpty: Bool = true) {
        if avcodec_is_open(context) != 0, String(cString: context.pointee.codec.pointee.name) == Codec.av1.encoder {
            var packet = av_packet_alloc()
            var frame = av_frame_alloc()
            if let frame, isEmpty {
                frame.pointee.width = context.pointee.width
                frame.pointee.height = context.pointee.height
                frame.pointee.format = context.pointee.pix_fmt.rawValue
                if av_frame_get_buffer(frame, 0) == 0 { avcodec_send_frame(context, frame) }
            }
            avcodec_send_frame(context, nil)
            while avcodec_receive_packet(context, packet) == 0 { av_packet_unref(packet) }
            av_frame_free(&frame)
            av_packet_free(&packet)
        }
        var context: UnsafeMutablePointer<AVCodecContext>? = context
        opening.withLock { _ in avcodec_free_context(&context) }
    }

    /// Timestamps count in these units.
    var timeBase: AVRational { context.pointee.time_base }

    /// Frames a second.
    var frameRate: AVRational { context.pointee.framerate }

    /// Tells a stream what is in its packets.
    func describe(_ stream: UnsafeMutablePointer<AVStream>) throws(ExportError) {
        try check(avcodec_parameters_from_context(stream.pointee.codecpar, context), "describing the stream")
        stream.pointee.time_base = context.pointee.time_base
        stream.pointee.avg_frame_rate = context.pointee.framerate
        stream.pointee.sample_aspect_ratio = context.pointee.sample_aspect_ratio
    }

    /// Encodes one picture; `use` gets the packets that are ready.
    func encode(
        _ picture: Frame, use: (UnsafeMutablePointer<AVPacket>) throws(ExportError) -> Void
    ) throws(ExportError) {
        try makeWritable()
        try converter.convert(picture, into: frame)
        let seconds = av_inv_q(context.pointee.framerate)
        frame.pointee.pts = av_rescale_q(sent, seconds, context.pointee.time_base)
        sent += 1
        let next = av_rescale_q(sent, seconds, context.pointee.time_base)
        clibav_set_duration(frame, next - frame.pointee.pts)
        encoded += 1
        try check(avcodec_send_frame(context, frame), "encoding")
        try receive(use)
    }

    /// The next picture is the one with the given index.
    func skip(to index: Int) { sent = Int64(index) }

    /// No more pictures: `use` gets the packets that were held back.
    func drain(use: (UnsafeMutablePointer<AVPacket>) throws(ExportError) -> Void) throws(ExportError) {
        isDraining = true
        try check(avcodec_send_frame(context, nil), "encoding the last frames")
        try receive(use)
    }

    private func receive(
        _ use: (UnsafeMutablePointer<AVPacket>) throws(ExportError) -> Void
    ) throws(ExportError) {
        while true {
            let code = avcodec_receive_packet(context, packet)
            if code == clibav_error_again() || code == clibav_error_eof() { return }
            try check(code, "encoding")
            if packet.pointee.duration == 0 { setDuration() }
            if isDraining { correctDecodingTime() }
            try use(packet)
            av_packet_unref(packet)
        }
    }

    /// Until the next picture would be shown; nothing else says when the last one ends. One frame at least, rounded.
    private func setDuration() {
        let (seconds, base) = (av_inv_q(context.pointee.framerate), context.pointee.time_base)
        let index = av_rescale_q(packet.pointee.pts, base, seconds)
        packet.pointee.duration = max(
            av_rescale_q(1, seconds, base), av_rescale_q(index + 1, seconds, base) - packet.pointee.pts)
    }

    /// x265 holds back two frames at most. When those of a film that has no more are decoded, it takes from memory that it
    /// never wrote.
    private func correctDecodingTime() {
        guard encoded <= 2, String(cString: context.pointee.codec.pointee.name) == Codec.h265.encoder else { return }
        let back = av_rescale_q(2, av_inv_q(context.pointee.framerate), context.pointee.time_base)
        packet.pointee.dts = packet.pointee.pts - back
    }

    /// The frame's buffer is used again unless the encoder still reads it.
    private func makeWritable() throws(ExportError) {
        if frame.pointee.buf.0 != nil && av_frame_is_writable(frame) > 0 { return }
        withUnsafeMutablePointer(to: &frame.pointee.buf) { buffers in
            buffers.withMemoryRebound(to: UnsafeMutablePointer<AVBufferRef>?.self, capacity: 8) { list in
                for index in 0..<8 { av_buffer_unref(list + index) }
            }
        }
        try check(av_frame_get_buffer(frame, 0), "making room for a frame")
    }
}

// MARK: - Settings

extension Encoder {
    /// Throws `ExportError.invalid` where the encoder refuses what the user asks of it, told by opening it. Where nobody
    /// asks for anything, nothing is opened.
    static func check(_ codec: Codec, _ film: FilmDescription, _ options: EncodingOptions) throws(ExportError) {
        let asked =
            options.quality != nil || options.preset != nil || options.pixelFormat != nil
            || !options.encoderOptions.isEmpty
        guard asked else { return }
        let encoder = try encoder(codec)
        let format = try pixelFormat(codec, film, options, encoder: encoder)
        close(
            try opened(
                codec, film, options, encoder, format, globalHeader: false, check: LibavCheck(file: codec.name)))
    }

    private static func encoder(_ codec: Codec) throws(ExportError) -> UnsafePointer<AVCodec> {
        guard let encoder = avcodec_find_encoder_by_name(codec.encoder) else {
            throw .encoderMissing(name: codec.encoder, available: [])
        }
        // SVT-AV1 has a log of its own, on standard error: 0 = nothing but its end. Not earlier: Swift on Linux loses a
        // program's arguments where the environment grows before they are read.
        if codec.encoder == Codec.av1.encoder { try? Platform.setVariable("SVT_LOG", to: "0", replaces: false) }
        return encoder
    }

    private static func opened(
        _ codec: Codec, _ film: FilmDescription, _ options: EncodingOptions, _ encoder: UnsafePointer<AVCodec>,
        _ format: AVPixelFormat, globalHeader: Bool, check: LibavCheck
    ) throws(ExportError) -> UnsafeMutablePointer<AVCodecContext> {
        // An encoder that misses one of its threads waits for it for ever, and no signal reaches it.
        let needed = leastThreads(codec, options)
        guard WorkThread.available(needed) == needed else {
            throw .encoding(
                file: codec.name,
                reason: "the system has fewer than \(needed) threads left, and \(codec.encoder) needs them")
        }
        let context = try check.allocated(avcodec_alloc_context3(encoder))
        do throws(ExportError) {
            try set(context, codec, film, options, format, globalHeader: globalHeader)
            try open(context, encoder, codec, options, check)
            return context
        } catch {
            close(context)
            throw error
        }
    }

    /// Whether the system lacks threads that the encoder would start by itself, or that simulations and outputs get beside
    /// it: those that start theirs with the first picture fail then.
    private static func isShortOfThreads(_ codec: Codec, _ options: EncodingOptions) -> Bool {
        let wanted = usualThreads(codec, options)
        return WorkThread.available(wanted) < wanted
    }

    private static func usualThreads(_ codec: Codec, _ options: EncodingOptions) -> Int {
        min(512, codec.threadsPerCore * max(options.threads, Int(av_cpu_count())) + 8)
    }

    /// x265 makes other bytes where it is frugal.
    private static func leastThreads(_ codec: Codec, _ options: EncodingOptions) -> Int {
        codec.leastThreads > 0 && options.reproducible ? usualThreads(codec, options) : codec.leastThreads
    }

    private static func set(
        _ context: UnsafeMutablePointer<AVCodecContext>, _ codec: Codec, _ film: FilmDescription,
        _ options: EncodingOptions, _ format: AVPixelFormat, globalHeader: Bool
    ) throws(ExportError) {
        context.pointee.width = Int32(film.width)
        context.pointee.height = Int32(film.height)
        context.pointee.pix_fmt = format
        context.pointee.time_base = Encoder.timeBase(codec, film)
        context.pointee.framerate = AVRational(
            num: Int32(film.frameRate.frames), den: Int32(film.frameRate.seconds))
        context.pointee.sample_aspect_ratio = AVRational(num: 1, den: 1)
        if codec.hasKeyframes {
            let interval = (options.keyframeInterval * film.frameRate.perSecond).rounded()
            context.pointee.gop_size = Int32(min(max(interval, 1), 1_000_000))
        }
        Encoder.tagColour(context, format)
        if globalHeader { context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER }
        if options.reproducible { context.pointee.flags |= AV_CODEC_FLAG_BITEXACT }
        let isShort = isShortOfThreads(codec, options)
        context.pointee.thread_count = Int32(options.reproducible || isShort ? 1 : options.threads)
        if let tag = codec.tag { context.pointee.codec_tag = Encoder.fourCharacters(tag) }
        try Encoder.apply(
            EncoderSettings.resolve(codec, options, isFrugal: isShort), to: context, encoder: codec.encoder)
    }

    /// What libav's wrappers say of an option that a library refuses; most go on without it.
    private static let refusals = [
        "Error parsing option", "Error setting", "Unknown option", "Invalid value for", "bad option", "bad value for",
    ]

    private static func open(
        _ context: UnsafeMutablePointer<AVCodecContext>, _ encoder: UnsafePointer<AVCodec>, _ codec: Codec,
        _ options: EncodingOptions, _ check: LibavCheck
    ) throws(ExportError) {
        var code: Int32 = 0
        let lines = LibavLog.lines {
            code = opening.withLock { _ in Platform.keepingPriority { avcodec_open2(context, encoder, nil) } }
        }
        let refusal = lines.first { line in refusals.contains { line.contains($0) } }
        let isAsked = options.preset != nil || !options.encoderOptions.isEmpty || options.pixelFormat != nil
        if isAsked, let reason = refusal ?? (isWrongOption(code) ? lines.last ?? LibavCheck.sentence(code) : nil) {
            let asked = [options.preset.map { "preset \($0)" }, options.pixelFormat].compactMap { $0 }
            let all = asked + options.encoderOptions.map { "\($0.key)=\($0.value)" }
            throw .invalid("\(codec.encoder) refuses \(all.joined(separator: ", ")): \(reason)")
        }
        try check(code, "opening \(codec.encoder)")
    }

    /// Whether an encoder that does not open may dislike what it was told, rather than miss memory or threads.
    private static func isWrongOption(_ code: Int32) -> Bool {
        code < 0 && ![ENOMEM, EAGAIN, EMFILE, ENFILE].contains { clibav_error($0) == code }
    }

    /// GIF counts in hundredths of a second; everything else in frames.
    private static func timeBase(_ codec: Codec, _ film: FilmDescription) -> AVRational {
        codec.name == Codec.gif.name
            ? AVRational(num: 1, den: 100)
            : AVRational(num: Int32(film.frameRate.seconds), den: Int32(film.frameRate.frames))
    }

    private static func pixelFormat(
        _ codec: Codec, _ film: FilmDescription, _ options: EncodingOptions, encoder: UnsafePointer<AVCodec>
    ) throws(ExportError) -> AVPixelFormat {
        let name = options.pixelFormat ?? (film.hasAlpha ? codec.alphaPixelFormat : nil) ?? codec.pixelFormat
        // An encoder of pictures as they are does not say what it takes.
        let there = pixelFormats(of: encoder)
        let allowed = codec.pixelFormats.isEmpty ? there : codec.pixelFormats
        let known = there.isEmpty ? allowed : allowed.filter(there.contains)
        guard known.contains(name) else {
            throw .invalid(
                "\(codec.encoder) has no pixel format \"\(name)\" (there are: \(known.joined(separator: ", ")))")
        }
        let format = av_get_pix_fmt(name)
        let hasAlpha =
            (av_pix_fmt_desc_get(format)?.pointee.flags ?? 0) & UInt64(AV_PIX_FMT_FLAG_ALPHA | AV_PIX_FMT_FLAG_PAL) != 0
        guard hasAlpha || !film.hasAlpha else {
            throw .invalid("the pixel format \(name) cannot hold transparency", .opaqueBackground)
        }
        guard sws_isSupportedOutput(format) > 0 || format == AV_PIX_FMT_PAL8 else {
            throw .invalid("pictures cannot be converted to the pixel format \(name) here")
        }
        return format
    }

    private static func pixelFormats(of encoder: UnsafePointer<AVCodec>) -> [String] {
        guard var entry = clibav_pixel_formats(encoder) else { return [] }
        var names: [String] = []
        while entry.pointee != AV_PIX_FMT_NONE {
            if let name = av_get_pix_fmt_name(entry.pointee) { names.append(String(cString: name)) }
            entry += 1
        }
        return names
    }

    /// BT.709 with the sRGB transfer curve, for YUV in limited range unless the format says otherwise; RGB says so itself.
    private static func tagColour(_ context: UnsafeMutablePointer<AVCodecContext>, _ format: AVPixelFormat) {
        let isRGB =
            (av_pix_fmt_desc_get(format)?.pointee.flags ?? 0) & UInt64(AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL) != 0
        context.pointee.color_primaries = AVCOL_PRI_BT709
        context.pointee.color_trc = AVCOL_TRC_IEC61966_2_1
        context.pointee.colorspace = isRGB ? AVCOL_SPC_RGB : AVCOL_SPC_BT709
        let isFullRange = isRGB || Scaler.isFullRange(format)
        context.pointee.color_range = isFullRange ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG
    }

    private static func apply(
        _ settings: [KeyValue], to context: UnsafeMutablePointer<AVCodecContext>, encoder: String
    ) throws(ExportError) {
        for setting in settings {
            if setting.key == "qscale" {
                guard let quality = Int32(setting.value), (1...32).contains(quality) else {
                    throw .invalid("the encoder option qscale is out of range (got \(setting.value), expected 1...32)")
                }
                context.pointee.flags |= AV_CODEC_FLAG_QSCALE
                context.pointee.global_quality = quality * FF_QP2LAMBDA
                continue
            }
            let code = av_opt_set(context, setting.key, setting.value, AV_OPT_SEARCH_CHILDREN)
            guard code >= 0 else {
                throw .invalid(
                    "\(encoder) refuses the option \(setting.key)=\(setting.value): \(LibavCheck.sentence(code))")
            }
        }
    }

    private static func fourCharacters(_ tag: String) -> UInt32 {
        tag.utf8.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}
