import GNCACells

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension WeightGradient {
    private func norm(_ tensor: [Float]) -> Double {
        tensor.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    }

    var isFinite: Bool { tensors.allSatisfy { $0.values.allSatisfy(\.isFinite) } }

    /// All numbers, one tensor after the other.
    var values: [Float] { tensors.flatMap(\.values) }

    mutating func scale(by factor: Float) {
        for index in tensors.indices { tensors[index].values = tensors[index].values.map { $0 * factor } }
    }

    /// Every tensor is divided by (its norm + 1e-8).
    mutating func normalise() {
        for index in tensors.indices {
            let factor = Float(1 / (norm(tensors[index].values) + 1e-8))
            tensors[index].values = tensors[index].values.map { $0 * factor }
        }
    }

    /// Scaled down as a whole where the norm of all tensors together is above `limit`.
    mutating func clip(norm limit: Float) {
        let whole = tensors.reduce(0.0) { $0 + norm($1.values) * norm($1.values) }.squareRoot()
        if whole > Double(limit) { scale(by: Float(Double(limit) / (whole + 1e-6))) }
    }
}
