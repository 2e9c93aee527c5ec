/// MPEG-4, for web pages, slides and players.
public enum MP4: ContainerFormat {
    public static let name = "mp4"
    public static let summary = "MPEG-4 video that browsers, slides and players show"
    public static let extensions = ["mp4", "m4v"]
    public static let streams = true

    public static let codecChoices = [Codec.h264, .h265, .av1]
    // The index in front, so that a page can play before all of it has come; a pipe cannot be sought, so fragments there.
    public static let container = Container(
        muxer: "mp4", options: [KeyValue("movflags", "+faststart+use_metadata_tags")],
        streamingOptions: [KeyValue("movflags", "+frag_keyframe+empty_moov+default_base_moof")],
        appendMetadata: MovieMetadata.writeMP4, metadataRoom: MovieMetadata.room)
}
