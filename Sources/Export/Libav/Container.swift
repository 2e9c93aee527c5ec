import GNCABasics

/// One container, as libav writes it.
public struct Container: Sendable {
    /// Puts metadata into the finished file, and returns whether it could.
    public typealias AppendMetadata = @Sendable (_ metadata: FilmMetadata, _ file: any SeekableOutput) -> Bool

    /// libav's muxer.
    public let muxer: String
    /// Muxer options for a file.
    public var options: [KeyValue]
    /// Muxer options where the output cannot be sought.
    public var streamingOptions: [KeyValue]
    /// For containers into which libav's muxer writes no metadata, or not all; nil where it does.
    public var appendMetadata: AppendMetadata?
    /// How long a comment libav's muxer has to write, bytes, for `appendMetadata` to take its place; nil where that needs
    /// no room.
    public var metadataRoom: (@Sendable (_ metadata: FilmMetadata) -> Int)?
    /// Whether the muxer goes over its bytes again: for standard output they wait in memory.
    public var needsSeeking: Bool

    /// A container of libav's muxer of that name.
    public init(
        muxer: String, options: [KeyValue] = [], streamingOptions: [KeyValue] = [],
        appendMetadata: AppendMetadata? = nil, metadataRoom: (@Sendable (_ metadata: FilmMetadata) -> Int)? = nil,
        needsSeeking: Bool = false
    ) {
        self.muxer = muxer
        self.options = options
        self.streamingOptions = streamingOptions
        self.appendMetadata = appendMetadata
        self.metadataRoom = metadataRoom
        self.needsSeeking = needsSeeking
    }
}
