import GNCABasics
import GNCACheckpoints
import GNCARender

/// One file of a figure's numbers.
struct FigureData {
    private enum Format: String { case json, npz }

    private let path: String
    private let format: Format

    /// Throws where the extension says nothing, or a file must not be replaced.
    init(_ path: String, overwrite: Bool) throws {
        format = try Self.format(of: path)
        try AtomicFile.check(path, overwrite: overwrite)
        self.path = path
    }

    /// Throws where the extension says nothing.
    static func check(_ path: String) throws(CommandError) { _ = try format(of: path) }

    private static func format(of path: String) throws(CommandError) -> Format {
        guard let format = Format(rawValue: Paths.ending(path)) else {
            throw .usage("\(path): a figure's numbers are written as JSON or NPZ (name it .json or .npz)")
        }
        return format
    }

    /// The whole file, to be published.
    func file(_ numbers: FigureNumbers, overwrite: Bool) -> (path: String, bytes: [UInt8], overwrite: Bool) {
        let bytes =
            switch format {
            case .json: Array((JSONText.indented(numbers.json) + "\n").utf8)
            case .npz: Npz.encode(numbers.arrays)
            }
        return (path: path, bytes: bytes, overwrite: overwrite)
    }
}
