/// WebM, for web pages, with transparency.
public enum WebM: ContainerFormat {
    public static let name = "webm"
    public static let summary = "Video for web pages, with transparency (VP9)"
    public static let extensions = ["webm"]
    public static let streams = true

    public static let codecChoices = [Codec.vp9, .av1]
    public static let container = Container(muxer: "webm")
}
