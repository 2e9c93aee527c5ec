/// Animated WebP: every pixel exactly unless a quality is named.
public enum WebP: ContainerFormat {
    public static let name = "webp"
    public static let summary = "Animated WebP: every pixel exactly unless a quality is named, with transparency"
    public static let extensions = ["webp"]
    public static let streams = true

    public static let codecChoices = [Codec.webp]
    public static let container = Container(
        muxer: "webp", appendMetadata: ContainerMetadata.appendWebPXMP, needsSeeking: true)

    public static let loops = true
    public static func muxerOptions(_ options: EncodingOptions) -> [KeyValue] {
        [KeyValue("loop", "\(options.loop)")]
    }
}
