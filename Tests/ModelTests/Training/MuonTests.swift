import Foundation
import Testing

@testable import GNCACells
@testable import GNCATraining

@Suite struct MuonTests {
    /// A matrix in double precision, multiplied as the definition says.
    struct Matrix {
        var rows: Int
        var columns: Int
        var values: [Double]

        subscript(_ row: Int, _ column: Int) -> Double { values[row * columns + column] }

        init(_ rows: Int, _ columns: Int, _ value: (Int, Int) -> Double) {
            (self.rows, self.columns) = (rows, columns)
            values = (0..<rows).flatMap { row in (0..<columns).map { value(row, $0) } }
        }

        var transposed: Matrix { Matrix(columns, rows) { self[$1, $0] } }

        static func * (a: Matrix, b: Matrix) -> Matrix {
            Matrix(a.rows, b.columns) { row, column in
                (0..<a.columns).reduce(0) { $0 + a[row, $1] * b[$1, column] }
            }
        }

        /// Numbers of which about half are below 0.
        static func random(_ rows: Int, _ columns: Int, seed: UInt32) -> Matrix {
            let random = RandomSource(seed: seed, stream: .weights)
            return Matrix(rows, columns) {
                Double(random.fraction(step: 0, x: UInt32($0), y: UInt32($1))) * 2 - 1
            }
        }

        /// Columns of length 1 at right angles to each other (Gram and Schmidt, twice).
        var withOrthonormalColumns: Matrix {
            var result = self
            for _ in 0..<2 {
                for column in 0..<columns {
                    for before in 0..<column {
                        let along = (0..<rows).reduce(0) { $0 + result[$1, column] * result[$1, before] }
                        for row in 0..<rows {
                            result.values[row * columns + column] -= along * result[row, before]
                        }
                    }
                    let length = (0..<rows).reduce(0) { $0 + result[$1, column] * result[$1, column] }.squareRoot()
                    for row in 0..<rows { result.values[row * columns + column] /= length }
                }
            }
            return result
        }

        func farthest(from other: [Float]) -> Double {
            zip(values, other).map { abs($0 - Double($1)) }.max() ?? .infinity
        }
    }

    /// What five iterations make of a singular value whose matrix has the norm 1.
    private static func orthogonalised(_ value: Double) -> Double {
        (0..<5).reduce(value) { x, _ in 3.4445 * x - 4.7750 * x * x * x + 2.0315 * x * x * x * x * x }
    }

    private static func floats(_ matrix: Matrix) -> [Float] { matrix.values.map { Float($0) } }

    private static let shapes = [(48, 16), (16, 48), (7, 7), (1, 9), (9, 1), (33, 20)]

    /// Newton and Schulz without the choice of a side.
    private static func reference(_ matrix: Matrix) -> Matrix {
        let norm = matrix.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        var x = Matrix(matrix.rows, matrix.columns) { matrix[$0, $1] / norm }
        for _ in 0..<5 {
            let once = x * x.transposed * x
            let twice = x * x.transposed * once
            x = Matrix(x.rows, x.columns) { 3.4445 * x[$0, $1] - 4.7750 * once[$0, $1] + 2.0315 * twice[$0, $1] }
        }
        return x
    }

    @Test(arguments: shapes.indices)
    func theIterationsAreThoseOfTheDefinition(index: Int) {
        let (rows, columns) = Self.shapes[index]
        let matrix = Matrix.random(rows, columns, seed: 3)
        let result = Muon.orthogonalised(Self.floats(matrix), rows: rows, columns: columns)
        #expect(Self.reference(matrix).farthest(from: result) < 1e-4)
    }

    @Test(arguments: shapes.indices)
    func singularVectorsStayAndSingularValuesComeNearOne(index: Int) {
        let (rows, columns) = Self.shapes[index]
        let count = min(rows, columns)
        let left = Matrix.random(rows, count, seed: 1).withOrthonormalColumns
        let right = Matrix.random(columns, count, seed: 2).withOrthonormalColumns
        // From 1 to 0.05.
        let singular = (0..<count).map { pow(0.05, Double($0) / Double(max(1, count - 1))) }
        let matrix = Matrix(rows, count) { left[$0, $1] * singular[$1] } * right.transposed
        let result = Muon.orthogonalised(Self.floats(matrix), rows: rows, columns: columns)
        let norm = singular.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let values = singular.map { Self.orthogonalised($0 / norm) }
        for value in values { #expect(0.68 < value && value < 1.14) }
        let expected = Matrix(rows, count) { left[$0, $1] * values[$1] } * right.transposed
        #expect(expected.farthest(from: result) < 1e-4)
    }

    @Test func whatIsZeroStaysZeroAndNoScaleMatters() {
        #expect(Muon.orthogonalised([0, 0, 0, 0, 0, 0], rows: 2, columns: 3) == [0, 0, 0, 0, 0, 0])
        let values = Self.floats(Matrix.random(5, 3, seed: 4))
        let result = Muon.orthogonalised(values, rows: 5, columns: 3)
        for scale in [0x1p-100, 0x1p+100] as [Float] {
            #expect(Muon.orthogonalised(values.map { $0 * scale }, rows: 5, columns: 3) == result)
        }
    }

    /// Momentum and Nesterov's look ahead in double precision, for a tall and a wide matrix.
    @Test func stepsFollowAFadingSumOfGradients() {
        var settings = TrainingSettings()
        settings.momentum = 0.9
        let shapes = [(12, 5), (5, 12)]
        var muon = Muon(count: 120)
        var sums = shapes.map { Matrix($0.0, $0.1) { _, _ in 0 } }
        for update in 0..<6 {
            let gradients = shapes.enumerated().map { index, shape in
                Matrix.random(shape.0, shape.1, seed: UInt32(10 * update + index))
            }
            let tensors = gradients.enumerated().map { index, gradient in
                RuleTensor(
                    name: "w\(index + 1)", shape: [gradient.rows, gradient.columns], values: Self.floats(gradient))
            }
            let changes = muon.step(gradients: tensors, rate: 0.02, settings)
            for (index, gradient) in gradients.enumerated() {
                let sum = sums[index]
                sums[index] = Matrix(sum.rows, sum.columns) { 0.9 * sum[$0, $1] + gradient[$0, $1] }
                let ahead = Matrix(sum.rows, sum.columns) { gradient[$0, $1] + 0.9 * sums[index][$0, $1] }
                let scale = 0.2 * 0.02 * (index == 0 ? 12.0 / 5 : 1).squareRoot()
                let direction = Self.reference(ahead)
                let expected = Matrix(sum.rows, sum.columns) { scale * direction[$0, $1] }
                #expect(expected.farthest(from: changes[index]) < 1e-6)
            }
        }
    }
}
