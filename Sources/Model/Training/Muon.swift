import CGNCAKernels
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
        let norm = matrix.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        guard norm > 0 else { return matrix }
        // All singular values are at most 1; the smaller side is multiplied with itself.
        let isTall = rows > columns
        var x = Padded(rows: isTall ? columns : rows, columns: isTall ? rows : columns) { row, column in
            Float(Double(matrix[isTall ? column * columns + row : row * columns + column]) / norm)
        }
        for _ in 0..<5 {
            let a = x * x.transposed
            // x <- 3.4445 x - 4.7750 (x x') x + 2.0315 (x x')^2 x
            let b = a.combined(with: a * a) { -4.7750 * $0 + 2.0315 * $1 }
            x = x.combined(with: b * x) { 3.4445 * $0 + $1 }
        }
        return (0..<(rows * columns)).map { isTall ? x[$0 % columns, $0 / columns] : x[$0 / columns, $0 % columns] }
    }

    /// A matrix with zeros on either side up to multiples of 16, as the kernels want it.
    private struct Padded {
        let rows: Int
        let columns: Int
        var values: [Float]

        private init(rows: Int, columns: Int, values: [Float]) {
            (self.rows, self.columns, self.values) = (rows, columns, values)
        }

        init(rows: Int, columns: Int, _ value: (Int, Int) -> Float) {
            (self.rows, self.columns) = ((rows + 15) / 16 * 16, (columns + 15) / 16 * 16)
            values = [Float](repeating: 0, count: self.rows * self.columns)
            for row in 0..<rows {
                for column in 0..<columns { values[row * self.columns + column] = value(row, column) }
            }
        }

        subscript(_ row: Int, _ column: Int) -> Float { values[row * columns + column] }

        var transposed: Padded { Padded(rows: columns, columns: rows) { self[$1, $0] } }

        func combined(with other: Padded, _ combine: (Float, Float) -> Float) -> Padded {
            Padded(rows: rows, columns: columns, values: zip(values, other.values).map(combine))
        }

        static func * (a: Padded, b: Padded) -> Padded {
            var product = [Float](repeating: 0, count: a.rows * b.columns)
            UpdateKernel.bestKernels.pointee.multiply(
                a.values, b.values, Int32(a.rows), Int32(a.columns), Int32(b.columns), &product)
            return Padded(rows: a.rows, columns: b.columns, values: product)
        }
    }
}

extension RuleTensor {
    /// Whether these are the weights of a dense layer: biases, filters and a control vector are no matrices.
    var isMatrix: Bool { shape.count == 2 }
}
