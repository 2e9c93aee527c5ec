/// Animated PNG: every pixel exactly, with full transparency.
public enum APNG: ContainerFormat {
    public static let name = "apng"
    public static let summary = "Animated PNG: every pixel exactly, with transparency"
    public static let extensions = ["apng"]

    public static let codecChoices = [Codec.apng]
    public static let container = Container(muxer: "apng", appendMetadata: ContainerMetadata.appendPNGText)

    public static let loops = true
    public static func muxerOptions(_ options: EncodingOptions) -> [KeyValue] {
        [KeyValue("plays", "\(options.loop)")]
    }
}
