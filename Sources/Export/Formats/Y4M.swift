/// Raw video for other programs.
public enum Y4M: ContainerFormat {
    public static let name = "y4m"
    public static let summary = "Raw video (YUV 4:4:4) for other programs, to a file or a pipe"
    public static let extensions = ["y4m"]
    public static let streams = true

    public static let codecChoices = [Codec.y4m]
    public static let container = Container(muxer: "yuv4mpegpipe")
}
