import Foundation
import Testing

@testable import GNCACells
@testable import GNCACheckpoints

/// A recorded run, as Fixtures/make_fixtures.py and make_general_fixtures.py write it.
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
        var shapes: [String: [Int]] = [:]
        var offset = end + 2
        for line in String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            if words[0] != "tensor" {
                settings[words[0]] = words[1]
                continue
            }
            let shape = words[2].split(separator: "x").map { Int($0)! }
            shapes[words[1]] = shape
            tensors[words[1]] = (0..<shape.reduce(1, *)).map { _ in
                defer { offset += 4 }
                return Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << (8 * UInt32($1)) })
            }
        }
        try #require(offset == bytes.count)
        let isArticle = settings["sobelScale"] != nil
        rule =
            try isArticle
            ? Trajectory.articleRule(settings, tensors) : Trajectory.rule(settings, tensors, shapes: shapes)
        self.tensors = tensors
        angle = Float(settings["angle"]!)!
        var grid = CellGrid(
            height: Int(settings["height"]!)!, width: Int(settings["width"]!)!, channels: rule.channels)
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

    private static func articleRule(_ settings: [String: String], _ tensors: [String: [Float]]) throws -> Rule {
        func number(_ name: String) -> Float { Float(settings[name]!)! }
        func count(_ name: String) -> Int { Int(settings[name]!)! }
        return try Rule(
            channels: count("channels"), hidden: count("hidden"), w1: tensors["w1"]!, b1: tensors["b1"]!,
            w2: tensors["w2"]!, b2: tensors["b2"]!, sobelScale: number("sobelScale"),
            life: Life(before: count("before") == 1, after: count("after") == 1, threshold: number("threshold")),
            edges: count("torus") == 1 ? .torus : .zero)
    }

    /// Any rule: its settings as `RuleSettings` spells them, its tensors as `Rule.tensors` names them.
    private static func rule(
        _ settings: [String: String], _ tensors: [String: [Float]], shapes: [String: [Int]]
    ) throws -> Rule {
        var rule = Rule.blank
        for (name, text) in settings where !["height", "width", "angle", "kept"].contains(name) {
            let isSet = try #require(RuleSettings.named(name)).set(text, &rule)
            try #require(isSet, "\(name) \(text)")
        }
        let numbers = tensors.compactMap { name, values -> RuleTensor? in
            let isLayer = "wb".contains(name.prefix(1)) && Int(name.dropFirst()) != nil
            let isOfRule = isLayer || name == "filters" || name == "control"
            return isOfRule ? RuleTensor(name: name, shape: shapes[name] ?? [], values: values) : nil
        }
        return try Rule(settings: rule, tensors: numbers)
    }
}
