import Foundation
import GNCACells
import GNCACheckpoints

/// A folder for one test.
struct TemporaryFolder {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("gnca-\(UUID().uuidString)").path

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    func remove() { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a model and returns its path.
    func add(_ name: String, _ checkpoint: Checkpoint) throws -> String {
        try write(NativeCheckpoint.write(checkpoint, file: name), name)
        return "\(path)/\(name)"
    }

    func write(_ bytes: [UInt8], _ name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }

    var names: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() } }

    /// Settings that are not the default where `distill` is false.
    static func checkpoint(distill: Bool = false) throws -> Checkpoint {
        let weights = (0..<12).map { Float($0) / 7 }
        let rule =
            distill
            ? try Rule(channels: 4, hidden: 1, w1: weights, b1: [0.5], w2: [1, 2, 3, -3], b2: [0, 0, 0, 1])
            : try Rule(
                channels: 4, hidden: 1, w1: weights, b1: [0.5], w2: [1, 2, 3, -3], b2: nil,
                lifeMask: LifeMask(before: false, after: true, threshold: 0.05), padding: .torus,
                seedStyle: .alphaOnly)
        return Checkpoint(
            rule: rule, gridSize: GridSize(width: 40, height: 40), dialect: ["one", "two"],
            provenance: ["by": "\"me\"\u{1B}"])
    }
}
