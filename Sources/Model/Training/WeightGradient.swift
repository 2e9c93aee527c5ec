import CKernels

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
/// vectors, W1 transposed.
struct WeightSums: Equatable {
    /// `[3C][N]`
    var w1: [Float]
    /// `[N]`
    var b1: [Float]
    /// `[C][N]`
    var w2: [Float]
    /// `[C]`
    var b2: [Float]

    /// Zeros.
    init(channels: Int, hiddenStride: Int) {
        w1 = [Float](repeating: 0, count: 3 * channels * hiddenStride)
        b1 = [Float](repeating: 0, count: hiddenStride)
        w2 = [Float](repeating: 0, count: channels * hiddenStride)
        b2 = [Float](repeating: 0, count: channels)
    }

    mutating func clear() {
        for index in w1.indices { w1[index] = 0 }
        for index in b1.indices { b1[index] = 0 }
        for index in w2.indices { w2[index] = 0 }
        for index in b2.indices { b2[index] = 0 }
    }

    mutating func add(_ other: WeightSums) {
        for index in w1.indices { w1[index] += other.w1[index] }
        for index in b1.indices { b1[index] += other.b1[index] }
        for index in w2.indices { w2[index] += other.w2[index] }
        for index in b2.indices { b2[index] += other.b2[index] }
    }

    /// The part that belongs to a rule of these sizes.
    func gradient(channels: Int, hidden: Int) -> WeightGradient {
        let padded = b2.count
        let stride = b1.count
        var gradient = WeightGradient(
            w1: [Float](repeating: 0, count: hidden * 3 * channels), b1: Array(b1[..<hidden]), w2: [],
            b2: Array(b2[..<channels]))
        for filter in 0..<3 {
            for channel in 0..<channels {
                let row = (filter * padded + channel) * stride
                for unit in 0..<hidden {
                    gradient.w1[(unit * 3 + filter) * channels + channel] = w1[row + unit]
                }
            }
        }
        for channel in 0..<channels { gradient.w2 += w2[(channel * stride)..<(channel * stride + hidden)] }
        return gradient
    }

    /// Calls `body` with the sums as the kernels take them.
    mutating func withKernelSums(_ body: (ck_sums) -> Void) {
        w1.withUnsafeMutableBufferPointer { w1 in
            b1.withUnsafeMutableBufferPointer { b1 in
                w2.withUnsafeMutableBufferPointer { w2 in
                    b2.withUnsafeMutableBufferPointer { b2 in
                        body(
                            ck_sums(
                                w1: w1.baseAddress, b1: b1.baseAddress, w2: w2.baseAddress, b2: b2.baseAddress))
                    }
                }
            }
        }
    }
}

extension Rule {
    /// The same rule with channels that are always zero added up to a multiple of 16, as the backward kernels want it.
    func paddedToVectors() throws(ModelError) -> Rule {
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
    func resized(channels newChannels: Int) -> CellGrid {
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
