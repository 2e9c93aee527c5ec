import Foundation

/// A folder of its own for one test, which removes it: `defer { folder.remove() }`.
public struct TemporaryFolder {
    /// Without a slash at its end.
    public let path = FileManager.default.temporaryDirectory.appendingPathComponent("gnca-\(UUID().uuidString)").path

    public init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    public func remove() { try? FileManager.default.removeItem(atPath: path) }

    /// The path of something in it.
    public func path(_ name: String) -> String { "\(path)/\(name)" }

    /// Names of everything in it, hidden files too, sorted.
    public var names: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() } }

    /// A file's bytes.
    public func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
    }

    /// Writes a file and returns its path.
    @discardableResult
    public func write(_ text: String, _ name: String) throws -> String { try write(Array(text.utf8), name) }

    /// Writes a file and returns its path.
    @discardableResult
    public func write(_ bytes: [UInt8], _ name: String) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
        return path(name)
    }

    /// Makes a folder in it and returns its path.
    @discardableResult
    public func makeFolder(_ name: String) throws -> String {
        try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: false)
        return path(name)
    }
}
