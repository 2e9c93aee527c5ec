import GNCABasics
import GNCACells

/// Nothing but little-endian 32-bit floats: W1 `[N, 48]`, b1 `[N]`, W2 `[16, N]` and perhaps b2 `[16]`.
///
/// 16 channels; N follows from the size. Such a file has no header to be told by: it is taken for one where the size fits
/// and every number could be a weight.
public enum RawFloats: CheckpointFormat {
    public static let name = "raw"
    public static let summary = "32-bit floats without a header, 16 channels: read only, needs a dialect"

    private static let channels = 16
    /// No trained weight comes near; bytes of other meaning soon do.
    private static let largest: Float = 1000

    public static func recognises(_ bytes: [UInt8]) -> Bool {
        guard hidden(bytes) != nil else { return false }
        let numbers = ElementType.f32.floats(bytes[...])
        return numbers.allSatisfy { abs($0) < largest } && numbers.contains { abs($0) > 1e-3 }
    }

    /// N and whether there is an output bias, where the size fits.
    private static func hidden(_ bytes: [UInt8]) -> (units: Int, outputBias: Bool)? {
        guard bytes.count % 4 == 0, bytes.count / 4 <= TensorLimits.elements else { return nil }
        // A unit has 3 C weights, a bias and C outputs.
        let (units, rest) = (bytes.count / 4).quotientAndRemainder(dividingBy: 4 * channels + 1)
        guard units >= 1, rest == 0 || rest == channels else { return nil }
        return (units, rest != 0)
    }

    public static func read(_ bytes: [UInt8], file: String, options: ReadingOptions) throws(ModelError) -> Reading {
        try Reading(file: file, options: options) { () throws(FormatFault) in
            guard let (units, outputBias) = hidden(bytes) else {
                throw FormatFault(reason: "this has no size of a model")
            }
            guard options.dialect != .family else {
                throw FormatFault(
                    reason:
                        "this could be part of a TensorFlow checkpoint (use the .json that the notebook wrote beside it), "
                        + "or raw 32-bit floats of \(channels) channels and \(units) hidden units, whose dialect nothing "
                        + "tells",
                    remedy: .dialect)
            }
            var rest = ElementType.f32.floats(bytes[...])[...]
            func take(_ name: String, _ shape: [Int]) -> NamedTensor {
                let count = shape.reduce(1, *)
                defer { rest = rest.dropFirst(count) }
                return NamedTensor(name, shape, Array(rest.prefix(count)))
            }
            var tensors = [
                take("w1", [units, 3 * channels]), take("b1", [units]), take("w2", [channels, units]),
            ]
            if outputBias { tensors.append(take("b2", [channels])) }
            return try TensorSet(tensors)
        }
    }
}
