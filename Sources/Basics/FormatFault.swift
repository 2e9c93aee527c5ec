/// What is wrong with the content of a file: a sentence without the file's name, which its reader adds.
public struct FormatFault: Mendable, Equatable {
    /// The sentence.
    public let reason: String
    /// What the user may choose otherwise; nil where nothing helps.
    public let remedy: Remedy?

    /// `reason`: a sentence without the file's name.
    public init(reason: String, remedy: Remedy? = nil) {
        self.reason = reason
        self.remedy = remedy
    }
}
