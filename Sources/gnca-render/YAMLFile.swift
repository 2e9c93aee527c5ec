import GNCABasics

/// What every YAML file of this program has to keep to.
enum YAMLFile {
    /// Bytes.
    static let largestSize = 1 << 20
    static let deepestNesting = 16

    /// The text of the file at `path`.
    static func text(of path: String) throws(YAMLFileError) -> String {
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
struct YAMLFileError: Error, Equatable, CustomStringConvertible {
    let file: String
    let line: Int?
    let reason: String

    var description: String {
        if let line { "\(file):\(line): \(reason)" } else { "\(file): \(reason)" }
    }
}
