import Foundation

@testable import GNCACells

/// A decoder written down plainly, in double precision: every pixel of every cell for itself.
struct ReferenceDecoder {
    let rule: Rule

    private var decoder: PixelDecoder { rule.decoder! }
    private var scale: Int { decoder.scale }

    /// What the network reads of a pixel, and where it comes from: cells by index and their shares.
    private func inputs(_ state: CellGrid, x: Int, y: Int) -> (numbers: [Double], blend: [(cell: Int, share: Double)]) {
        func place(_ pixel: Int) -> (cell: Int, inside: Double) {
            (pixel / scale, (Double(pixel % scale) + 0.5) / Double(scale) * 2 - 1)
        }
        let (column, row) = (place(x), place(y))
        var blend: [(Int, Double)] = []
        for (nx, across) in neighbours(column.cell, column.inside, of: state.width) {
            for (ny, down) in neighbours(row.cell, row.inside, of: state.height) {
                if let nx, let ny { blend.append((ny * state.width + nx, across * down)) }
            }
        }
        let numbers = (0..<rule.channels).map { channel in
            blend.reduce(0.0) { $0 + Double(state.values[$1.0 * state.channels + channel]) * $1.1 }
        }
        let (u, v) = (column.inside, row.inside)
        var features: [Double] = [u, v]
        for turns in [1.0, 2.0] {
            for place in [u, v] {
                let angle = Double.pi * turns * place
                features.append(sin(angle))
                features.append(cos(angle))
            }
        }
        return (numbers + features, blend)
    }

    /// A cell along one side and its neighbour on the pixel's side, nil outside; and their shares.
    private func neighbours(_ cell: Int, _ inside: Double, of count: Int) -> [(Int?, Double)] {
        var other: Int? = cell + (inside < 0 ? -1 : 1)
        if rule.edges == .torus {
            other = other.map { ($0 + count) % count }
        } else if let place = other, !(0..<count).contains(place) {
            other = nil
        }
        return [(cell, 1 - abs(inside) / 2), (other, abs(inside) / 2)]
    }

    /// The numbers between layers, the last of them the four outputs.
    private func layers(_ numbers: [Double]) -> [[Double]] {
        var all = [numbers]
        for (index, layer) in decoder.layers.enumerated() {
            let inputs = all[index]
            let sums = (0..<layer.outputs).map { unit in
                inputs.indices.reduce(Double(layer.bias![unit])) {
                    $0 + Double(layer.weights[unit * layer.inputs + $1]) * inputs[$1]
                }
            }
            all.append(index == decoder.layers.count - 1 ? sums : sums.map { max(0, $0) })
        }
        return all
    }

    private func isEmpty(_ state: CellGrid, _ x: Int, _ y: Int) -> Bool {
        let start = state.offset(x: x / scale, y: y / scale)
        return state.values[start..<(start + state.channels)].allSatisfy { $0 == 0 }
    }

    /// `[H s][W s][4]`
    func picture(of state: CellGrid) -> [Double] {
        let (width, height) = (state.width * scale, state.height * scale)
        var picture = [Double](repeating: 0, count: width * height * 4)
        for y in 0..<height {
            for x in 0..<width where !isEmpty(state, x, y) {
                let (numbers, _) = inputs(state, x: x, y: y)
                let outputs = layers(numbers).last!
                for (index, channel) in rule.appearance.channels.enumerated() {
                    picture[(y * width + x) * 4 + index] = outputs[index] + numbers[channel]
                }
            }
        }
        return picture
    }

    /// `gradient` `[H s][W s][4]`: of a loss with respect to the picture of `state`. What the tensors get, by their names,
    /// and the state, `[H][W][C]`.
    func back(_ gradient: [Double], of state: CellGrid) -> (tensors: [String: [Double]], state: [Double]) {
        var tensors: [String: [Double]] = [:]
        for tensor in rule.tensors { tensors[tensor.name] = tensor.values.map { _ in 0 } }
        var result = [Double](repeating: 0, count: state.values.count)
        let width = state.width * scale
        for y in 0..<(state.height * scale) {
            for x in 0..<width where !isEmpty(state, x, y) {
                let (numbers, blend) = inputs(state, x: x, y: y)
                let between = layers(numbers)
                let own = (0..<4).map { gradient[(y * width + x) * 4 + $0] }
                var back = own
                for (index, layer) in decoder.layers.enumerated().reversed() {
                    let isLast = index == decoder.layers.count - 1
                    var before = [Double](repeating: 0, count: layer.inputs)
                    for unit in 0..<layer.outputs where isLast || between[index + 1][unit] > 0 {
                        tensors["decoder_b\(index + 1)"]![unit] += back[unit]
                        for input in 0..<layer.inputs {
                            let place = unit * layer.inputs + input
                            tensors["decoder_w\(index + 1)"]![place] += back[unit] * between[index][input]
                            before[input] += back[unit] * Double(layer.weights[place])
                        }
                    }
                    back = before
                }
                for (index, channel) in rule.appearance.channels.enumerated() { back[channel] += own[index] }
                for (cell, share) in blend {
                    for channel in 0..<rule.channels {
                        result[cell * state.channels + channel] += back[channel] * share
                    }
                }
            }
        }
        return (tensors, result)
    }
}
