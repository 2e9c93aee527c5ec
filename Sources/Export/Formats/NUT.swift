/// Red, green and blue as they are, for other programs.
public enum NUT: ContainerFormat {
    public static let name = "nut"
    public static let summary = "Raw RGB, or FFV1, in libav's own container: for other programs, to a file or a pipe"
    public static let extensions = ["nut"]
    public static let streams = true

    public static let codecChoices = [Codec.raw, .ffv1]
    public static let container = Container(muxer: "nut")
}
