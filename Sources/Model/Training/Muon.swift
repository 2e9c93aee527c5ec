import GNCACells

/// The optimiser of matrices: a momentum made orthogonal (Jordan et al., "Muon: An optimizer for hidden layers in neural
/// networks", 2024). Every direction in which a matrix can change gets a step of about the same length; in a plain step
/// a few directions get nearly all of it.
struct Muon: Equatable {
    /// Sums of gradients that fade, one number a weight, one matrix after the other.
    var momentum: [Float]

    init(count: Int) { momentum = [Float](repeating: 0, count: count) }

    /// What to subtract from the weights. `gradients`: those of all matrices, `[outputs, inputs]`.
    mutating func step(gradients: [RuleTensor], rate: Float, _ settings: TrainingSettings) -> [[Float]] {
        let fade = settings.momentum
        var start = 0
        return gradients.map { gradient in
            // Nesterov's: as if the next step had been made.
            let ahead = gradient.values.enumerated().map { index, g in
                momentum[start + index] = fade * momentum[start + index] + g
                return g + fade * momentum[start + index]
            }
            start += ahead.count
            let (rows, columns) = (gradient.shape[0], gradient.shape[1])
            let tallness = max(1, Float(rows) / Float(columns))
            let scale = 0.2 * tallness.squareRoot() * rate
            return Muon.orthogonalised(ahead, rows: rows, columns: columns).map { scale * $0 }
        }
    }

    /// `matrix`, `[rows, columns]`, with its singular vectors and with singular values near 1 (0.68...1.14, but for those
    /// far below the largest; what is zero stays zero): five iterations of Newton and Schulz.
    static func orthogonalised(_ matrix: [Float], rows: Int, columns: Int) -> [Float] {
        // The smaller side is multiplied with itself.
        if rows > columns {
            let across = transposed(matrix, rows: rows, columns: columns)
            return transposed(
                orthogonalised(across, rows: columns, columns: rows), rows: columns, columns: rows)
        }
        let norm = matrix.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        guard norm > 0 else { return matrix }
        // All singular values are at most 1.
        var x = matrix.map { Float(Double($0) / norm) }
        for _ in 0..<5 {
            let across = transposed(x, rows: rows, columns: columns)
            let a = product(x, across, rows: rows, inner: columns, columns: rows)
            let square = product(a, a, rows: rows, inner: rows, columns: rows)
            // x <- 3.4445 x - 4.7750 (x x') x + 2.0315 (x x')^2 x
            let b = zip(a, square).map { -4.7750 * $0 + 2.0315 * $1 }
            let change = product(b, x, rows: rows, inner: rows, columns: columns)
            x = zip(x, change).map { 3.4445 * $0 + $1 }
        }
        return x
    }

    /// The terms of each number are added in their order, so that its bits are the same everywhere.
    private static func product(_ a: [Float], _ b: [Float], rows: Int, inner: Int, columns: Int) -> [Float] {
        var sums = [Float](repeating: 0, count: rows * columns)
        sums.withUnsafeMutableBufferPointer { sums in
            a.withUnsafeBufferPointer { a in
                b.withUnsafeBufferPointer { b in
                    for row in 0..<rows {
                        for term in 0..<inner {
                            let factor = a[row * inner + term]
                            for column in 0..<columns {
                                sums[row * columns + column] += factor * b[term * columns + column]
                            }
                        }
                    }
                }
            }
        }
        return sums
    }

    private static func transposed(_ matrix: [Float], rows: Int, columns: Int) -> [Float] {
        (0..<columns).flatMap { column in (0..<rows).map { matrix[$0 * columns + column] } }
    }
}

extension RuleTensor {
    /// Whether these are the weights of a dense layer: biases, filters and a control vector are no matrices.
    var isMatrix: Bool { shape.count == 2 }
}
