import CGNCALibav
import GNCAExport
import GNCARaster

/// A film read back through libav's demuxers and decoders: what a player would show.
struct DecodedFilm {
    private(set) var frames: [Frame] = []
    /// Seconds from each frame to the next, as the container says; the last one's own duration at the end.
    private(set) var durations: [Double] = []
    private(set) var pixelFormat = ""
    private(set) var colorspace = AVCOL_SPC_UNSPECIFIED
    private(set) var primaries = AVCOL_PRI_UNSPECIFIED
    private(set) var transfer = AVCOL_TRC_UNSPECIFIED
    private(set) var range = AVCOL_RANGE_UNSPECIFIED
    private(set) var codecTag: UInt32 = 0
    private(set) var averageRate = AVRational(num: 0, den: 1)
    private(set) var aspect = AVRational(num: 0, den: 1)
    private(set) var metadata: [String: String] = [:]
    private(set) var streamMetadata: [String: String] = [:]
    /// Packets at which a player can begin.
    private(set) var keyframes = 0
    private(set) var isDefault = false
    /// In the first row of any frame, as the file has it.
    private(set) var brightestLuma: UInt8 = 0
    /// The file of the picture that stands for the film.
    private(set) var cover: [UInt8]?
    /// Packets that carry a second, transparent picture (VP9 with alpha).
    private(set) var packetsWithAlpha = 0

    struct Failure: Error { var what: String }

    /// `demuxer`: libav's name of the container.
    init(_ path: String, demuxer: String) throws {
        var opened: UnsafeMutablePointer<AVFormatContext>?
        try check(avformat_open_input(&opened, "file:" + path, av_find_input_format(demuxer), nil), "opening")
        defer { avformat_close_input(&opened) }
        guard let container = opened else { throw Failure(what: "no container") }
        try check(avformat_find_stream_info(container, nil), "stream info")
        // Behind the film, there may be a cover.
        guard (1...2).contains(container.pointee.nb_streams), let stream = container.pointee.streams[0] else {
            throw Failure(what: "\(container.pointee.nb_streams) streams")
        }
        metadata = Self.entries(container.pointee.metadata)
        streamMetadata = Self.entries(stream.pointee.metadata)
        averageRate = stream.pointee.avg_frame_rate
        isDefault = stream.pointee.disposition & AV_DISPOSITION_DEFAULT != 0
        try decode(container, stream)
    }

    private mutating func decode(
        _ container: UnsafeMutablePointer<AVFormatContext>, _ stream: UnsafeMutablePointer<AVStream>
    ) throws {
        let parameters = stream.pointee.codecpar
        guard let parameters, let decoder = avcodec_find_decoder(parameters.pointee.codec_id),
            let context = avcodec_alloc_context3(decoder)
        else { throw Failure(what: "no decoder") }
        var owned: UnsafeMutablePointer<AVCodecContext>? = context
        var packet = av_packet_alloc()
        var picture = av_frame_alloc()
        defer {
            avcodec_free_context(&owned)
            av_packet_free(&packet)
            av_frame_free(&picture)
        }
        codecTag = parameters.pointee.codec_tag
        try check(avcodec_parameters_to_context(context, parameters), "parameters")
        try check(avcodec_open2(context, decoder, nil), "decoder")
        guard let packet, let picture else { throw Failure(what: "out of memory") }
        let unit = Double(stream.pointee.time_base.num) / Double(stream.pointee.time_base.den)
        var times: [Double] = []
        while av_read_frame(container, packet) >= 0 {
            guard packet.pointee.stream_index == 0 else {
                cover = Array(UnsafeBufferPointer(start: packet.pointee.data, count: Int(packet.pointee.size)))
                av_packet_unref(packet)
                continue
            }
            times.append(Double(packet.pointee.pts) * unit)
            durations = [Double(packet.pointee.duration) * unit]
            countAlpha(packet)
            if packet.pointee.flags & AV_PKT_FLAG_KEY != 0 { keyframes += 1 }
            try check(avcodec_send_packet(context, packet), "sending a packet")
            av_packet_unref(packet)
            try receive(context, picture)
        }
        try check(avcodec_send_packet(context, nil), "draining")
        try receive(context, picture)
        times.sort()
        durations = zip(times.dropFirst(), times).map { $0 - $1 } + durations
    }

    private mutating func countAlpha(_ packet: UnsafeMutablePointer<AVPacket>) {
        for index in 0..<Int(packet.pointee.side_data_elems)
        where packet.pointee.side_data[index].type == AV_PKT_DATA_MATROSKA_BLOCKADDITIONAL {
            packetsWithAlpha += 1
        }
    }

    private mutating func receive(
        _ context: UnsafeMutablePointer<AVCodecContext>, _ picture: UnsafeMutablePointer<AVFrame>
    ) throws {
        while true {
            let code = avcodec_receive_frame(context, picture)
            if code == clibav_error_again() || code == clibav_error_eof() { return }
            try check(code, "decoding")
            pixelFormat = String(cString: av_get_pix_fmt_name(AVPixelFormat(picture.pointee.format)))
            colorspace = picture.pointee.colorspace
            primaries = picture.pointee.color_primaries
            transfer = picture.pointee.color_trc
            range = picture.pointee.color_range
            for index in 0..<Int(picture.pointee.width) {
                brightestLuma = max(brightestLuma, picture.pointee.data.0?[index] ?? 0)
            }
            aspect = picture.pointee.sample_aspect_ratio
            frames.append(try Self.converted(picture))
            av_frame_unref(picture)
        }
    }

    /// Straight BGRA, with the matrix and range that the file's tags name.
    private static func converted(_ picture: UnsafeMutablePointer<AVFrame>) throws -> Frame {
        let (width, height) = (picture.pointee.width, picture.pointee.height)
        guard
            let scaler = clibav_scaler_create(
                width, height, AVPixelFormat(picture.pointee.format), AV_PIX_FMT_BGRA, Int32(CLIBAV_LINEAR))
        else { throw Failure(what: "no scaler") }
        defer { clibav_scaler_free(scaler) }
        let isUntagged = picture.pointee.colorspace == AVCOL_SPC_UNSPECIFIED  // Y4M has no tags
        let isBT709 = isUntagged || picture.pointee.colorspace == AVCOL_SPC_BT709
        clibav_scaler_set_colour(
            scaler, isBT709 ? SWS_CS_ITU709 : SWS_CS_DEFAULT, picture.pointee.color_range == AVCOL_RANGE_JPEG, true)
        var frame = Frame(width: Int(width), height: Int(height))
        frame.bytes.withUnsafeMutableBufferPointer { bytes in
            let planes = [bytes.baseAddress, nil, nil, nil]
            let strides = [width * 4, 0, 0, 0]
            withUnsafePointer(to: &picture.pointee.data) { data in
                withUnsafePointer(to: &picture.pointee.linesize) { lines in
                    data.withMemoryRebound(to: UnsafePointer<UInt8>?.self, capacity: 8) { data in
                        lines.withMemoryRebound(to: Int32.self, capacity: 8) { lines in
                            _ = clibav_scaler_convert(scaler, data, lines, height, planes, strides)
                        }
                    }
                }
            }
        }
        return frame
    }

    private static func entries(_ dictionary: OpaquePointer?) -> [String: String] {
        var entries: [String: String] = [:]
        var entry: UnsafeMutablePointer<AVDictionaryEntry>?
        while true {
            entry = av_dict_get(dictionary, "", entry, AV_DICT_IGNORE_SUFFIX)
            guard let entry else { return entries }
            entries[String(cString: entry.pointee.key)] = String(cString: entry.pointee.value)
        }
    }

    /// Largest difference, 0...255, between a cell's centre as decoded and as it was drawn.
    func worstColourError(_ film: TestFilm) -> Int {
        var worst = 0
        for (index, frame) in frames.enumerated() {
            for row in 0..<film.rows {
                for column in 0..<film.columns {
                    let wanted = film.colour(frame: index, column: column, row: row)
                    let seen = frame[column * film.scale + film.scale / 2, row * film.scale + film.scale / 2]
                    worst = max(worst, Self.difference(seen, wanted, hasAlpha: film.hasAlpha))
                }
            }
        }
        return worst
    }

    private static func difference(_ seen: Pixel, _ wanted: Pixel, hasAlpha: Bool) -> Int {
        func distance(_ a: UInt8, _ b: UInt8) -> Int { abs(Int(a) - Int(b)) }
        let alpha = hasAlpha ? distance(seen.alpha, wanted.alpha) : 0
        if hasAlpha && wanted.alpha == 0 { return alpha }
        return max(
            alpha, distance(seen.red, wanted.red), distance(seen.green, wanted.green), distance(seen.blue, wanted.blue))
    }
}

private func check(_ code: Int32, _ doing: String) throws {
    guard code < 0 else { return }
    throw DecodedFilm.Failure(what: "\(doing): \(code)")
}
