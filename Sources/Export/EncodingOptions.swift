/// What the user may say about encoding. nil means: the format's own default.
public struct EncodingOptions: Sendable, Equatable {
    /// One of the format's `codecs`.
    public var codec: String?
    /// The codec's own scale (crf for h264, h265, av1, vp9).
    public var quality: Int?
    /// How much time the encoder takes for smaller files, by its own name: "slow".
    public var preset: String?
    /// libav's name of a pixel format: "yuv444p".
    public var pixelFormat: String?
    /// Passed to the encoder in order: options of its own that the codec's `userOptions` name.
    public var encoderOptions: [KeyValue]
    /// Seconds from one picture at which a player can begin to the next, at most.
    public var keyframeInterval: Double
    /// Colours of a palette, at most; nil = as many as it holds.
    public var colours: Int?
    /// Bytes that the output may have; what that costs is searched for.
    public var maxSize: Int?
    /// How often an animation plays; 0 = for ever.
    public var loop: Int
    /// Encoder threads; 0 = the encoder's choice.
    public var threads: Int
    /// The same bytes on every run: one thread, no timestamps.
    public var reproducible: Bool
    /// What makes the film again: version, command line, model hash, random seed. In order.
    public var metadata: [KeyValue]

    /// Options; what is left out is the format's own default.
    public init(
        codec: String? = nil, quality: Int? = nil, preset: String? = nil, pixelFormat: String? = nil,
        encoderOptions: [KeyValue] = [], keyframeInterval: Double = 1,
        colours: Int? = nil, maxSize: Int? = nil, loop: Int = 0, threads: Int = 0,
        reproducible: Bool = false,
        metadata: [KeyValue] = []
    ) {
        self.codec = codec
        self.quality = quality
        self.preset = preset
        self.pixelFormat = pixelFormat
        self.encoderOptions = encoderOptions
        self.keyframeInterval = keyframeInterval
        self.colours = colours
        self.maxSize = maxSize
        self.loop = loop
        self.threads = threads
        self.reproducible = reproducible
        self.metadata = metadata
    }
}

/// A name and its value.
public struct KeyValue: Sendable, Equatable {
    /// As the encoder, the muxer or the player names it.
    public var key: String
    /// Its text.
    public var value: String

    /// A name and its value.
    public init(_ key: String, _ value: String) {
        self.key = key
        self.value = value
    }
}
