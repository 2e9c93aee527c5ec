import GNCABasics

/// One container, as libav writes it.
public struct Container: Sendable {
    /// Puts metadata into the finished file, and returns whether it could.
    public typealias AppendMetadata = @Sendable (_ metadata: [KeyValue], _ file: AtomicFile) -> Bool

    /// libav's muxer.
    public let muxer: String
    /// Muxer options for a file.
    public var options: [KeyValue]
    /// Muxer options where the output cannot be sought.
    public var streamingOptions: [KeyValue]
    /// For containers into which libav's muxer writes no metadata; nil where it does.
    public var appendMetadata: AppendMetadata?

    /// A container of libav's muxer of that name.
    public init(
        muxer: String, options: [KeyValue] = [], streamingOptions: [KeyValue] = [],
        appendMetadata: AppendMetadata? = nil
    ) {
        self.muxer = muxer
        self.options = options
        self.streamingOptions = streamingOptions
        self.appendMetadata = appendMetadata
    }
}
