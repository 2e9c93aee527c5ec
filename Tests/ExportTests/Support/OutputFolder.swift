import Foundation
import Testing

/// A folder of outputs for one test.
struct OutputFolder {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("gnca-\(UUID().uuidString)").path

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    func remove() { try? FileManager.default.removeItem(atPath: path) }

    /// Names of everything in it, hidden files too, sorted.
    var names: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() } }

    func bytes(_ name: String) throws -> [UInt8] {
        Array(try #require(FileManager.default.contents(atPath: "\(path)/\(name)")))
    }

    func put(_ text: String, name: String) throws { try put(Array(text.utf8), name: name) }

    func put(_ bytes: [UInt8], name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }
}
