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

extension [UInt8] {
    /// Whether the bytes of `text` stand among the first `limit`.
    package func contain(_ text: String, within limit: Int = .max) -> Bool {
        let wanted = Array(text.utf8)
        guard let first = wanted.first else { return true }
        let end = Swift.min(count, limit) - wanted.count
        var index = 0
        while index <= end {
            if self[index] == first, self[index..<(index + wanted.count)].elementsEqual(wanted) { return true }
            index += 1
        }
        return false
    }
}
