/// What every YAML file of this program has to keep to.
public enum YAMLFile {
    /// Bytes.
    static let largestSize = 1 << 20
    static let deepestNesting = 16

    /// The text of the file at `path`.
    public static func text(of path: String) throws(YAMLFileError) -> String {
        let bytes: [UInt8]
        do {
            bytes = try FileBytes.read(path, limit: largestSize)
        } catch {
            throw YAMLFileError(file: path, line: nil, reason: error.reason)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw YAMLFileError(file: path, line: nil, reason: "is not UTF-8 text")
        }
        return text
    }

}

/// A YAML file that cannot be read: the file, the line (from 1) where there is one, and a sentence.
public struct YAMLFileError: Error, Equatable, CustomStringConvertible {
    /// As the user named it.
    public let file: String
    /// From 1; nil where the whole file is meant.
    public let line: Int?
    /// The sentence.
    public let reason: String

    /// `reason`: a sentence without file and line, of which a stranger may have written parts: what a terminal would obey is
    /// spelled out, newlines too.
    public init(file: String, line: Int?, reason: String) {
        (self.file, self.line, self.reason) = (file, line, Escaping.visible(reason))
    }

    /// The sentence, with file and line before it.
    public var description: String {
        if let line { "\(file):\(line): \(reason)" } else { "\(file): \(reason)" }
    }
}
