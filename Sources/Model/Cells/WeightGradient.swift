import CGNCAKernels
import GNCACells

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The gradient of a loss with respect to a rule's weights; shapes as in `Rule`.
public struct WeightGradient: Sendable, Equatable {
    /// `[N, 3C]`
    public var w1: [Float]
    /// `[N]`
    public var b1: [Float]
    /// `[C, N]`
    public var w2: [Float]
    /// `[C]`
    public var b2: [Float]
}

/// Sums of weight gradients in the order in which the kernels write them: channels and hidden units rounded up to full
/// vectors, W2 transposed.
package final class WeightSums {
    private let sums: UnsafeMutablePointer<ck_sums>
    /// As `ck_layers_hidden` counts.
    private let stride: Int
    private let channels: Int

    /// Zeros of these layers' shapes.
    init(layers: OpaquePointer, channels: Int) {
        guard let sums = ck_sums_create(layers) else { preconditionFailure("no memory for gradients") }
        self.sums = sums
        self.channels = channels
        stride = ck_layers_hidden(layers)
    }

    deinit { ck_sums_free(sums) }

    package func clear() { ck_sums_clear(sums) }
    package func add(_ other: WeightSums) { ck_sums_add(sums, other.sums) }

    /// Where the kernels write.
    var kernelSums: UnsafeMutablePointer<ck_sums> { sums }

    /// The part that belongs to a rule of these sizes.
    package func gradient(channels: Int, hidden: Int) -> WeightGradient {
        let (w1, w2) = (sums.pointee.w1, sums.pointee.w2)
        guard let w1, let w2, let b1 = sums.pointee.b1, let b2 = sums.pointee.b2 else {
            preconditionFailure("sums have memory")
        }
        precondition(channels <= self.channels && hidden <= stride, "the rule's sizes are no larger than the sums'")
        var gradient = WeightGradient(w1: [], b1: [], w2: [], b2: [])
        for unit in 0..<hidden {
            for filter in 0..<3 {
                let row = w1 + (unit * 3 + filter) * self.channels
                gradient.w1.append(contentsOf: UnsafeBufferPointer(start: row, count: channels))
            }
        }
        gradient.b1.append(contentsOf: UnsafeBufferPointer(start: b1, count: hidden))
        for channel in 0..<channels {
            for unit in 0..<hidden { gradient.w2.append(w2[unit * self.channels + channel]) }
        }
        gradient.b2.append(contentsOf: UnsafeBufferPointer(start: b2, count: channels))
        return gradient
    }
}

extension Rule {
    /// The same rule with channels that are always zero added up to a multiple of 16, as the backward kernels want it.
    package func paddedToVectors() throws(ModelError) -> Rule {
        let padded = (channels + 15) / 16 * 16
        guard padded != channels else { return self }
        var w1 = [Float](repeating: 0, count: hidden * 3 * padded)
        for row in 0..<(hidden * 3) {
            for channel in 0..<channels { w1[row * padded + channel] = self.w1[row * channels + channel] }
        }
        let rest = padded - channels
        return try Rule(
            channels: padded, hidden: hidden, w1: w1, b1: b1,
            w2: w2 + [Float](repeating: 0, count: rest * hidden),
            b2: b2.map { $0 + [Float](repeating: 0, count: rest) }, sobelScale: sobelScale, lifeMask: lifeMask,
            fireRate: fireRate, padding: padding, seedStyle: seedStyle)
    }
}

extension CellGrid {
    /// The same cells with another number of channels: what is added is zero, what is dropped is lost.
    public func resized(channels newChannels: Int) -> CellGrid {
        guard newChannels != channels else { return self }
        var result = CellGrid(height: height, width: width, channels: newChannels)
        for cell in 0..<(height * width) {
            for channel in 0..<min(channels, newChannels) {
                result.values[cell * newChannels + channel] = values[cell * channels + channel]
            }
        }
        return result
    }
}
