import GNCABasics

/// A tensor as ONNX holds it: its bytes, or a list of numbers.
enum ONNXTensor {
    private static let types: [Int: ElementType] = [
        1: .f32, 2: .u8, 3: .i8, 5: .i16, 6: .i32, 7: .i64, 9: .bool, 10: .f16, 11: .f64, 16: .bf16,
    ]

    static func read(_ bytes: ArraySlice<UInt8>) throws(FormatFault) -> NamedTensor {
        var name = ""
        var shape: [Int] = []
        var kind = 0
        var raw: ArraySlice<UInt8>?
        var lists: [(field: Int, value: Protobuf.Value)] = []
        var isElsewhere = false
        var fields = Protobuf(bytes)
        while let (field, value) = try fields.next() {
            switch field {
            case 1: shape += try value.integers(limit: TensorLimits.rank)
            case 2: kind = try value.integer
            case 4, 5, 7, 10: lists.append((field, value))
            case 8: name = try value.text
            case 9: raw = try value.bytes
            case 13: isElsewhere = true
            case 14: if try value.integer == 1 { isElsewhere = true }
            default: break
            }
        }
        let shown = "tensor \(JSONText.shown(name))"
        guard !isElsewhere else {
            throw FormatFault(
                reason: "\(shown) stands in another file beside the model (save it as one file: "
                    + "onnx.save(onnx.load(FILE), OUT))")
        }
        let count = try TensorLimits.count(shape, of: shown)
        guard let type = types[kind] else {
            // Texts and the like, which no layer is made of.
            return NamedTensor(name, [0], [], type: "type \(kind)")
        }
        if let raw, raw.count != count * type.size {
            throw FormatFault(
                reason: "\(shown) has shape \(shape), which does not fit its content (got \(raw.count) bytes, expected "
                    + "\(count * type.size))")
        }
        let values: [Float]
        if let raw { values = type.floats(raw) } else { values = try numbers(lists, type, count) }
        guard values.count == count else {
            throw FormatFault(
                reason: "\(shown) has shape \(shape), which does not fit its content (got \(values.count) numbers, "
                    + "expected \(count))")
        }
        return NamedTensor(name, shape, values, type: type.rawValue)
    }

    /// Numbers that do not stand as bytes: 16-bit floats as integers of their bits.
    private static func numbers(
        _ lists: [(field: Int, value: Protobuf.Value)], _ type: ElementType, _ count: Int
    ) throws(FormatFault) -> [Float] {
        var values: [Float] = []
        for (field, value) in lists {
            switch field {
            case 4: values += try value.floats
            case 10:
                let bytes = try value.bytes
                guard bytes.count % 8 == 0, bytes.count / 8 <= count else { throw Protobuf.cutOff }
                values += ElementType.f64.floats(bytes)
            default:
                let integers = try value.integers(limit: count)
                if type == .f16 || type == .bf16 {
                    values += integers.flatMap { type.floats([UInt8($0 & 255), UInt8($0 >> 8 & 255)]) }
                } else {
                    values += integers.map(Float.init)
                }
            }
            guard values.count <= count else { throw Protobuf.cutOff }
        }
        return values
    }
}
