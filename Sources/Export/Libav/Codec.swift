import CGNCALibav

/// One way to encode pictures: libav's encoder and the settings that make publishable films of flat cells.
public struct Codec: Sendable {
    /// As users name it.
    public let name: String
    /// libav's encoder.
    public let encoder: String
    /// libav's pixel format for opaque pictures.
    public let pixelFormat: String
    /// For pictures with transparency, straight alpha; nil where the codec has none.
    public var alphaPixelFormat: String?
    /// The encoder's own option that a quality sets; nil where there is none.
    public var qualityOption: String?
    /// What `qualityOption` is set to where the user says nothing.
    public var defaultQuality: Int?
    /// Range of the quality.
    public var qualityRange: ClosedRange<Int>
    /// The encoder's own option that a preset sets; nil where there is none.
    public var presetOption: String?
    /// What `presetOption` is set to where the user says nothing.
    public var defaultPreset: String?
    /// The presets that there are; empty where the encoder alone knows.
    public var presets: [String]
    /// Further options, in order.
    public var options: [KeyValue]
    /// The options that users may set.
    public var userOptions: UserOptions
    /// The pixel formats that users may choose, as far as the encoder has them; empty for all that it has.
    public var pixelFormats: [String]
    /// Whether most pictures are stored as what changes, so that a player can begin at some only.
    public var hasKeyframes: Bool
    /// Four characters that name the codec in MP4 and MOV, where the muxer's choice is not the one players want.
    public var tag: String?
    /// Shortest side that the encoder takes, pixels.
    public var shortestSide: Int
    /// Threads without which the encoder waits for ever, with `frugalOptions`; 0 where it does without any.
    public var leastThreads: Int
    /// At most how many threads the encoder starts for each core, where nobody tells it to be frugal.
    public var threadsPerCore: Int
    /// What makes it do with `leastThreads`, beside one thread of libav.
    public var frugalOptions: [KeyValue]

    /// A codec; what most have not is left out.
    public init(
        name: String, encoder: String, pixelFormat: String, alphaPixelFormat: String? = nil,
        qualityOption: String? = nil, defaultQuality: Int? = nil, qualityRange: ClosedRange<Int> = 0...63,
        presetOption: String? = nil, defaultPreset: String? = nil, presets: [String] = [], options: [KeyValue] = [],
        userOptions: UserOptions = UserOptions(), pixelFormats: [String] = [], hasKeyframes: Bool = false,
        tag: String? = nil, shortestSide: Int = 1,
        leastThreads: Int = 0, threadsPerCore: Int = 2, frugalOptions: [KeyValue] = []
    ) {
        self.name = name
        self.encoder = encoder
        self.pixelFormat = pixelFormat
        self.alphaPixelFormat = alphaPixelFormat
        self.qualityOption = qualityOption
        self.defaultQuality = defaultQuality
        self.qualityRange = qualityRange
        self.presetOption = presetOption
        self.defaultPreset = defaultPreset
        self.presets = presets
        self.options = options
        self.userOptions = userOptions
        self.pixelFormats = pixelFormats
        self.hasKeyframes = hasKeyframes
        self.tag = tag
        self.shortestSide = shortestSide
        self.leastThreads = leastThreads
        self.threadsPerCore = threadsPerCore
        self.frugalOptions = frugalOptions
    }
}

extension Codec {
    /// Whether this machine's libav has the encoder.
    public var isPresent: Bool { avcodec_find_encoder_by_name(encoder) != nil }

    /// Whether a preset means something to the codec, at that quality.
    func takes(preset: String, quality: Int?) -> Bool {
        presetOption != nil && (presets.isEmpty || presets.contains(preset))
            && (name != Codec.webp.name || quality != nil || preset == "none")
    }

    /// H.264, which everything plays.
    public static let h264 = Codec(
        name: "h264", encoder: "libx264", pixelFormat: "yuv420p", qualityOption: "crf", defaultQuality: 18,
        qualityRange: 0...51, presetOption: "preset", defaultPreset: "medium", presets: speeds,
        options: x264Instructions, userOptions: .x264,
        pixelFormats: planar + fullRange + deep(10) + ["nv12", "nv21"], hasKeyframes: true)
    private static let planar = ["yuv420p", "yuv422p", "yuv444p"]
    private static let fullRange = ["yuvj420p", "yuvj422p", "yuvj444p"]
    private static func deep(_ bits: Int) -> [String] { planar.map { "\($0)\(bits)le" } }
    private static let speeds = [
        "ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow", "placebo",
    ]
    /// On CPUs with AVX-512, x264 164 lets memory that it never wrote decide about macroblocks: with equal input, bytes
    /// differ from run to run. Its AVX2 code does not, and is as fast.
    private static let x264Instructions =
        av_get_cpu_flags() & AV_CPU_FLAG_AVX512 != 0 ? [KeyValue("x264-params", "asm=AVX2,FMA3,BMI2,LZCNT")] : []
    /// H.265: smaller files than H.264.
    // Without weighted prediction, which in x265 3.5 reads such memory in films of few blocks. Of pictures of 48 pixels a side
    // and less, x265 writes beyond its buffers.
    public static let h265 = Codec(
        name: "h265", encoder: "libx265", pixelFormat: "yuv420p", qualityOption: "crf", defaultQuality: 20,
        qualityRange: 0...51, presetOption: "preset", defaultPreset: "medium", presets: speeds,
        options: [KeyValue("x265-params", "log-level=none:weightp=0:open-gop=0")], userOptions: .x265,
        pixelFormats: planar + fullRange + deep(10) + deep(12), hasKeyframes: true,
        tag: "hvc1", shortestSide: 64, leastThreads: 2,
        frugalOptions: [KeyValue("x265-params", "pools=none:frame-threads=1")])
    /// AV1: the smallest files.
    // SVT-AV1 1.4 starts 68 threads on two cores, and 16 where it is told to be frugal.
    public static let av1 = Codec(
        name: "av1", encoder: "libsvtav1", pixelFormat: "yuv420p", qualityOption: "crf", defaultQuality: 28,
        presetOption: "preset", defaultPreset: "8", presets: (0...13).map(String.init), userOptions: .svtAV1,
        pixelFormats: ["yuv420p", "yuv420p10le"], hasKeyframes: true, shortestSide: 64, leastThreads: 20,
        threadsPerCore: 34, frugalOptions: [KeyValue("svtav1-params", "lp=1")])
    /// VP9, with transparency.
    public static let vp9 = Codec(
        name: "vp9", encoder: "libvpx-vp9", pixelFormat: "yuv420p", alphaPixelFormat: "yuva420p", qualityOption: "crf",
        defaultQuality: 24, presetOption: "cpu-used", defaultPreset: "4", presets: (-8...8).map(String.init),
        options: [KeyValue("b", "0"), KeyValue("row-mt", "1")], userOptions: .vp9,
        pixelFormats: planar + ["yuva420p", "yuv440p"] + deep(10) + deep(12), hasKeyframes: true)
    /// ProRes 4444 for editing, with transparency.
    public static let prores = Codec(
        name: "prores", encoder: "prores_ks", pixelFormat: "yuv444p10le", alphaPixelFormat: "yuva444p10le",
        qualityOption: "qscale", qualityRange: 1...32,
        options: [KeyValue("profile", "4444"), KeyValue("vendor", "apl0")], userOptions: .proRes,
        pixelFormats: ["yuv422p10le", "yuv444p10le", "yuva444p10le"])
    /// FFV1: every pixel exactly.
    public static let ffv1 = Codec(
        name: "ffv1", encoder: "ffv1", pixelFormat: "bgr0", alphaPixelFormat: "bgra", options: [KeyValue("level", "3")],
        userOptions: .ffv1,
        pixelFormats: ["bgr0", "bgra", "gbrp10le", "gbrp12le", "gbrap10le", "gbrap12le", "rgb48le", "rgba64le"] + planar
            + ["yuva420p", "yuva422p", "yuva444p"] + deep(10) + deep(12))
    /// The pictures of an animated WebP: every pixel exactly unless a quality is named.
    public static let webp = Codec(
        name: "webp", encoder: "libwebp_anim", pixelFormat: "bgra", alphaPixelFormat: "bgra", qualityOption: "quality",
        qualityRange: 0...100, presetOption: "preset",
        presets: ["none", "default", "picture", "photo", "drawing", "icon", "text"],
        options: [KeyValue("lossless", "1")], userOptions: .webP, pixelFormats: ["bgra", "yuv420p", "yuva420p"])
    /// The pictures of a GIF: 256 colours.
    public static let gif = Codec(
        name: "gif", encoder: "gif", pixelFormat: "pal8", alphaPixelFormat: "pal8", userOptions: .gif,
        pixelFormats: ["pal8"])
    /// Red, green and blue of every pixel, as they are.
    public static let raw = Codec(
        name: "raw", encoder: "rawvideo", pixelFormat: "rgb24", alphaPixelFormat: "rgba",
        pixelFormats: ["rgb24", "bgr24", "rgba", "bgra", "gbrp"])
    /// No compression at all.
    public static let y4m = Codec(
        name: "y4m", encoder: "wrapped_avframe", pixelFormat: "yuv444p",
        pixelFormats: ["yuv444p", "yuv422p", "yuv420p"])
}
