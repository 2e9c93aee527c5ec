/// QuickTime, for editing.
public enum MOV: ContainerFormat {
    public static let name = "mov"
    public static let summary = "QuickTime for editing: ProRes 4444, with transparency"
    public static let extensions = ["mov"]

    public static let codecChoices = [Codec.prores, .h264, .h265]
    public static let container = Container(
        muxer: "mov", options: [KeyValue("movflags", "+faststart+use_metadata_tags")],
        appendMetadata: MovieMetadata.writeMOV, metadataRoom: MovieMetadata.room)
}
