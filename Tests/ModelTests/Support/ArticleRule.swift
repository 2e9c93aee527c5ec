@testable import GNCABasics
@testable import GNCACells
@testable import GNCACheckpoints

/// The numbers of the article's kind of rule by their names there.
extension Rule {
    var hidden: Int { network.layers[0].outputs }
    var w1: [Float] { network.layers[0].weights }
    var b1: [Float] { network.layers[0].bias ?? [] }
    var w2: [Float] { network.layers[1].weights }
    var b2: [Float]? { network.layers[1].bias }
    var sobelScale: Float { perception.sobelScale ?? .nan }
}

extension WeightGradient {
    var w1: [Float] { self["w1"] }
    var b1: [Float] { self["b1"] }
    var w2: [Float] { self["w2"] }
    var b2: [Float] { self["b2"] }
}

extension FileLayers {
    var hidden: Int { layers[0].outputs }
    var w1: [Float] { layers[0].weights }
    var b1: [Float] { layers[0].bias ?? [Float](repeating: 0, count: hidden) }
    var w2: [Float] { layers[1].weights }
    var b2: [Float]? { layers[1].bias }

    init(_ first: (NamedTensor, NamedTensor?), _ second: (NamedTensor, NamedTensor?)) throws(FormatFault) {
        try self.init([LayerTensors(weight: first.0, bias: first.1), LayerTensors(weight: second.0, bias: second.1)])
    }
}

extension CheckpointFile {
    init(bytes: [UInt8], path: String, dialect: DialectChoice) throws(ModelError) {
        try self.init(bytes: bytes, path: path, options: ReadingOptions(dialect: dialect))
    }
}

extension Reading {
    init(_ set: TensorSet, _ dialect: DialectChoice) throws(FormatFault) {
        try self.init(set, ReadingOptions(dialect: dialect))
    }
}

extension DialectGuess {
    init(_ layers: FileLayers) throws(FormatFault) {
        try self.init(layers, Dialect(), grid: nil, knowsFilters: false)
    }
}
