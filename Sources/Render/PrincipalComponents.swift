import CGNCAOpenBLAS
import GNCACells

/// The directions in which rows of numbers differ most, by the eigenvectors of their covariance.
public struct PrincipalComponents: Sendable {
    /// Of the rows, `[columns]`.
    public let mean: [Double]
    /// Each of length 1, `[count][columns]`, the one of the largest variance first. The entry with the largest magnitude
    /// (the first of several) is positive.
    public let components: [[Double]]
    /// Of the rows along each component: the sum of the squares over the number of rows less one, as NumPy's `cov` has it.
    public let variances: [Double]
    /// Of all columns together.
    public let totalVariance: Double

    /// How far a row is along each component from the mean.
    public func scores(of row: [Double]) -> [Double] {
        components.map { component in
            var sum = 0.0
            for index in row.indices { sum += (row[index] - mean[index]) * component[index] }
            return sum
        }
    }

    /// The part of all variance that lies along component `index`, 0...1.
    public func share(_ index: Int) -> Double { totalVariance > 0 ? variances[index] / totalVariance : 0 }

    /// Of a covariance, `[columns][columns]`, which is symmetric. Fewer than `count` where there are fewer columns.
    /// Throws `RenderError` where OpenBLAS is missing.
    init(mean: [Double], covariance: [Double], count: Int) throws(RenderError) {
        let eigen = try Eigen(largest: min(count, mean.count), of: covariance, size: mean.count)
        self.mean = mean
        components = eigen.vectors.map { vector in
            let sign = Self.sign(of: vector)
            return vector.map { sign * $0 }
        }
        variances = eigen.values.map { max($0, 0) }
        totalVariance = mean.indices.reduce(0) { $0 + covariance[$1 * (mean.count + 1)] }
    }

    /// Of rows that are far fewer than their columns, through the products of every two of them. `row`: writes the columns
    /// `range` of a row into its place; `blockColumns`: so many stand in memory at a time. Throws `RenderError` where OpenBLAS is missing.
    init(
        rows: Int, columns: Int, count: Int, blockColumns: Int = 1024,
        _ row: (_ row: Int, _ range: Range<Int>, _ place: UnsafeMutableBufferPointer<Double>) -> Void
    ) throws(RenderError) {
        try Eigen.load()
        var mean = [Double](repeating: 0, count: columns)
        var gram = [Double](repeating: 0, count: rows * rows)
        Self.forEachBlock(of: blockColumns, rows: rows, columns: columns, row) { range, block in
            for column in 0..<range.count {
                var sum = 0.0
                for row in 0..<rows { sum += block[row * range.count + column] }
                let middle = sum / Double(rows)
                mean[range.lowerBound + column] = middle
                for row in 0..<rows { block[row * range.count + column] -= middle }
            }
            copenblas_add_gram(Int32(rows), Int32(range.count), block.baseAddress, &gram)
        }
        totalVariance = (0..<rows).reduce(0) { $0 + gram[$1 * (rows + 1)] } / Double(max(rows - 1, 1))
        let eigen = try Eigen(largest: min(count, rows, columns), of: gram, size: rows)
        // A component of nothing has no direction.
        let least = (eigen.values.first ?? 0) * 1e-12
        let kept = eigen.values.indices.filter { eigen.values[$0] > least && eigen.values[$0] > 0 }
        variances = kept.map { eigen.values[$0] / Double(rows - 1) }
        var components = kept.map { _ in [Double](repeating: 0, count: columns) }
        Self.forEachBlock(of: blockColumns, rows: rows, columns: columns, row) { range, block in
            for (place, index) in kept.enumerated() {
                let scale = 1 / eigen.values[index].squareRoot()
                for row in 0..<rows {
                    let weight = eigen.vectors[index][row] * scale
                    for column in 0..<range.count {
                        components[place][range.lowerBound + column] +=
                            weight * (block[row * range.count + column] - mean[range.lowerBound + column])
                    }
                }
            }
        }
        let signs = components.map(Self.sign)
        self.mean = mean
        self.components = zip(components, signs).map { component, sign in component.map { sign * $0 } }
    }

    private static func forEachBlock(
        of blockColumns: Int, rows: Int, columns: Int,
        _ row: (Int, Range<Int>, UnsafeMutableBufferPointer<Double>) -> Void,
        _ body: (Range<Int>, UnsafeMutableBufferPointer<Double>) -> Void
    ) {
        for start in stride(from: 0, to: columns, by: blockColumns) {
            let range = start..<min(start + blockColumns, columns)
            var block = [Double](repeating: 0, count: rows * range.count)
            block.withUnsafeMutableBufferPointer { block in
                for index in 0..<rows {
                    let place = (index * range.count)..<((index + 1) * range.count)
                    row(index, range, UnsafeMutableBufferPointer(rebasing: block[place]))
                }
                body(range, block)
            }
        }
    }

    /// That with which the entry of the largest magnitude is positive: 1 or -1.
    private static func sign(of component: [Double]) -> Double {
        var largest = 0.0
        for entry in component where abs(entry) > abs(largest) { largest = entry }
        return largest < 0 ? -1 : 1
    }
}

/// Eigenvalues of a symmetric matrix, the largest first, and their vectors.
private struct Eigen {
    private(set) var values: [Double]
    private(set) var vectors: [[Double]]

    static func load() throws(RenderError) {
        guard let reason = copenblas_load() else { return }
        throw .unavailable(
            "principal components need OpenBLAS, which is not installed: \(String(cString: reason)) "
                + "(Debian: apt-get install libopenblas0)")
    }

    /// `matrix`: `[size][size]`, of which the part on and above the diagonal counts.
    init(largest count: Int, of matrix: [Double], size: Int) throws(RenderError) {
        try Self.load()
        var matrix = matrix
        var values = [Double](repeating: 0, count: count)
        var vectors = [Double](repeating: 0, count: count * size)
        guard count > 0 else {
            (self.values, self.vectors) = ([], [])
            return
        }
        let failure = copenblas_largest_eigen(Int32(size), &matrix, Int32(count), &values, &vectors)
        guard failure == 0 else { throw .drawing(reason: "LAPACK's dsyevr failed with \(failure)") }
        self.values = values.reversed()
        self.vectors = (0..<count).reversed().map { Array(vectors[($0 * size)..<(($0 + 1) * size)]) }
    }
}
