/// Matroska, which holds everything.
public enum MKV: ContainerFormat {
    public static let name = "mkv"
    public static let summary = "Matroska; ffv1 keeps every pixel exactly"
    public static let extensions = ["mkv"]
    public static let streams = true

    public static let codecChoices = [Codec.h264, .h265, .av1, .vp9, .ffv1]
    public static let container = Container(muxer: "matroska")
}
