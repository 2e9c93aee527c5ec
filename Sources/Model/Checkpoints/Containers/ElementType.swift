/// Kinds of numbers that tensors are made of in files, all little-endian; the names are safetensors'.
enum ElementType: String, CaseIterable {
    case f64 = "F64"
    case f32 = "F32"
    case f16 = "F16"
    case bf16 = "BF16"
    case i64 = "I64"
    case i32 = "I32"
    case i16 = "I16"
    case i8 = "I8"
    case u8 = "U8"
    case bool = "BOOL"

    /// Bytes a number.
    var size: Int {
        switch self {
        case .f64, .i64: 8
        case .f32, .i32: 4
        case .f16, .bf16, .i16: 2
        case .i8, .u8, .bool: 1
        }
    }

    /// The numbers in `bytes`, which hold a whole number of them.
    func floats(_ bytes: ArraySlice<UInt8>) -> [Float] {
        stride(from: bytes.startIndex, to: bytes.endIndex, by: size).map { start in
            var bits: UInt64 = 0
            for index in (start..<(start + size)).reversed() { bits = bits << 8 | UInt64(bytes[index]) }
            return float(bits)
        }
    }

    private func float(_ bits: UInt64) -> Float {
        switch self {
        case .f64: Float(Double(bitPattern: bits))
        case .f32: Float(bitPattern: UInt32(bits))
        case .f16: ElementType.half(UInt16(bits))
        case .bf16: Float(bitPattern: UInt32(bits) << 16)
        case .i64: Float(Int64(bitPattern: bits))
        case .i32: Float(Int32(bitPattern: UInt32(bits)))
        case .i16: Float(Int16(bitPattern: UInt16(bits)))
        case .i8: Float(Int8(bitPattern: UInt8(bits)))
        case .u8: Float(bits)
        case .bool: bits == 0 ? 0 : 1
        }
    }

    /// IEEE 754 binary16: sign, 5 bits of exponent (bias 15), 10 of fraction. Swift's own `Float16` is missing on Intel
    /// Macs.
    private static func half(_ bits: UInt16) -> Float {
        let exponent = Int(bits >> 10 & 31)
        let fraction = Float(bits & 1023)
        let magnitude: Float =
            switch exponent {
            case 0: fraction * 0x1p-24
            case 31: fraction == 0 ? .infinity : .nan
            default: Float(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
            }
        return bits >> 15 == 0 ? magnitude : -magnitude
    }
}

/// Where the numbers of a tensor stand in a row of numbers, as PyTorch and NumPy describe it.
struct StridedLayout: Equatable {
    var offset = 0
    var shape: [Int]
    /// Numbers from one index of a dimension to the next.
    var strides: [Int]

    /// Whether every number stands within the first `count`. The shape has been checked against `TensorLimits`.
    func fits(_ count: Int) -> Bool {
        guard offset >= 0, strides.count == shape.count, strides.allSatisfy({ $0 >= 0 }) else { return false }
        if shape.contains(0) { return offset <= count }
        var last = offset
        for (length, stride) in zip(shape, strides) {
            let (reach, overflow) = (length - 1).multipliedReportingOverflow(by: stride)
            let (sum, tooFar) = last.addingReportingOverflow(reach)
            guard !overflow, !tooFar else { return false }
            last = sum
        }
        return last < count
    }

    /// The numbers of the tensor, row-major. `fits(numbers.count)` holds.
    func gather(_ numbers: [Float]) -> [Float] {
        var result: [Float] = []
        var index = [Int](repeating: 0, count: shape.count)
        var place = offset
        let count = shape.reduce(1, *)
        result.reserveCapacity(count)
        while result.count < count {
            result.append(numbers[place])
            // Counts up like an odometer, the last dimension fastest.
            for dimension in shape.indices.reversed() {
                index[dimension] += 1
                place += strides[dimension]
                if index[dimension] < shape[dimension] { break }
                place -= strides[dimension] * shape[dimension]
                index[dimension] = 0
            }
        }
        return result
    }
}
