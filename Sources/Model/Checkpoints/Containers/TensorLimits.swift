import GNCABasics

/// What no file of tensors may exceed, whatever its format. Checked before anything is allocated.
package enum TensorLimits {
    package static let tensors = 256
    package static let elements = 4 << 20
    /// Of all tensors of a file together: one storage can be the content of many tensors.
    package static let totalElements = 16 << 20
    package static let rank = 8
    /// Cells a side of the grid that a file names; users may name larger ones.
    package static let gridSide = 2048

    /// How many numbers a tensor of `shape` holds; `shown` names it in messages ("tensor \"w1\"").
    static func count(
        _ shape: [Int], of shown: String, limit: Int = TensorLimits.elements
    ) throws(FormatFault) -> Int {
        guard shape.count <= rank else {
            throw FormatFault(reason: "\(shown) has too many dimensions (got \(shape.count), limit \(rank))")
        }
        guard shape.allSatisfy({ $0 >= 0 }) else {
            throw FormatFault(reason: "\(shown) has a negative dimension (got shape \(shape))")
        }
        var count = 1
        for length in shape {
            // Both factors are at most the limit + 1 here, so the product cannot overflow.
            count *= min(length, limit + 1)
            guard count <= limit else {
                throw FormatFault(reason: "\(shown) is too large (got shape \(shape), limit \(limit) elements)")
            }
        }
        return count
    }
}
