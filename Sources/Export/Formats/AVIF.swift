/// Animated AVIF, which browsers show as a picture.
public enum AVIF: ContainerFormat {
    public static let name = "avif"
    public static let summary = "Animated AVIF: a picture that plays, small (where libav has the muxer)"
    public static let extensions = ["avif"]
    public static let streams = true

    public static let codecChoices = [Codec.av1]
    public static let container = Container(muxer: "avif", needsSeeking: true)

    /// Versions of libav that know no such option leave it alone.
    public static func muxerOptions(_ options: EncodingOptions) -> [KeyValue] {
        [KeyValue("loop", "\(options.loop)")]
    }
}
