import Foundation
import Testing

@testable import GNCACells

/// A recorded run, as Fixtures/make_fixtures.py writes it.
struct Trajectory {
    let rule: Rule
    let start: CellGrid
    let angle: Float
    /// `[T][H * W]`
    let fire: [[UInt8]]
    /// The state after these steps (ordinal, 1...).
    let states: [(step: Int, values: [Float])]
    /// Everything by its name in the file.
    let tensors: [String: [Float]]

    init(_ name: String) throws {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: "trajectory"))
        let bytes = [UInt8](try Data(contentsOf: url))
        let end = try #require(bytes.indices.first { bytes[$0] == 10 && bytes[$0 + 1] == 10 })
        var settings: [String: String] = [:]
        var tensors: [String: [Float]] = [:]
        var offset = end + 2
        for line in String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            if words[0] != "tensor" {
                settings[words[0]] = words[1]
                continue
            }
            tensors[words[1]] = (0..<Int(words[2])!).map { _ in
                defer { offset += 4 }
                return Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << (8 * UInt32($1)) })
            }
        }
        func number(_ name: String) -> Float { Float(settings[name]!)! }
        func count(_ name: String) -> Int { Int(settings[name]!)! }
        rule = try Rule(
            channels: count("channels"), hidden: count("hidden"), w1: tensors["w1"]!, b1: tensors["b1"]!,
            w2: tensors["w2"]!, b2: tensors["b2"]!, sobelScale: number("sobelScale"),
            life: Life(
                before: count("before") == 1, after: count("after") == 1, threshold: number("threshold")),
            edges: count("torus") == 1 ? .torus : .zero)
        self.tensors = tensors
        angle = number("angle")
        var grid = CellGrid(height: count("height"), width: count("width"), channels: rule.channels)
        grid.values = tensors["x0"]!
        start = grid
        let cells = grid.height * grid.width
        let fired = tensors["fire"]!.map { UInt8($0) }
        fire = stride(from: 0, to: fired.count, by: cells).map { Array(fired[$0..<($0 + cells)]) }
        let size = grid.values.count
        states = settings["kept"]!.split(separator: ",").enumerated().map {
            (Int($1)!, Array(tensors["states"]![($0 * size)..<(($0 + 1) * size)]))
        }
    }
}
