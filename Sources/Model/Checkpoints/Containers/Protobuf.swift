import GNCABasics

/// Reads the fields of a protocol buffer, one after the other: https://protobuf.dev/programming-guides/encoding
struct Protobuf {
    enum Value {
        case number(UInt64)
        /// Texts, packed numbers and messages inside.
        case bytes(ArraySlice<UInt8>)
    }

    private var reader: ByteReader
    /// Number of the field that was begun last, whether it could be read or not.
    private(set) var lastField = 0

    init(_ bytes: ArraySlice<UInt8>) { reader = ByteReader(bytes) }

    static let cutOff = FormatFault(reason: "the protocol buffer is cut off or damaged")

    /// The next field; nil at the end.
    mutating func next() throws(FormatFault) -> (field: Int, value: Value)? {
        guard reader.rest > 0 else { return nil }
        let tag = try varint()
        let field = Int(truncatingIfNeeded: tag >> 3)
        guard (1...536_870_911).contains(field) else { throw Self.cutOff }
        lastField = field
        switch tag & 7 {
        case 0: return (field, .number(try varint()))
        case 1: return (field, .number(try fixed(8)))
        case 2:
            guard let length = Int(exactly: try varint()), let bytes = reader.take(length) else { throw Self.cutOff }
            return (field, .bytes(bytes))
        case 5: return (field, .number(try fixed(4)))
        default: throw Self.cutOff
        }
    }

    private mutating func fixed(_ size: Int) throws(FormatFault) -> UInt64 {
        guard let number = reader.number(size) else { throw Self.cutOff }
        return number
    }

    /// Seven bits a byte, the lowest first, at most ten bytes.
    private mutating func varint() throws(FormatFault) -> UInt64 {
        var number: UInt64 = 0
        for place in 0..<10 {
            guard let byte = reader.byte() else { throw Self.cutOff }
            number |= UInt64(byte & 127) << UInt64(7 * place)
            if byte < 128 { return number }
        }
        throw Self.cutOff
    }

    /// Numbers in a row, each as a varint.
    static func varints(_ bytes: ArraySlice<UInt8>, limit: Int) throws(FormatFault) -> [UInt64] {
        var buffer = Protobuf(bytes)
        var numbers: [UInt64] = []
        while buffer.reader.rest > 0 {
            guard numbers.count < limit else { throw cutOff }
            numbers.append(try buffer.varint())
        }
        return numbers
    }
}

extension Protobuf.Value {
    var bytes: ArraySlice<UInt8> {
        get throws(FormatFault) {
            guard case .bytes(let bytes) = self else { throw Protobuf.cutOff }
            return bytes
        }
    }

    var text: String {
        get throws(FormatFault) {
            guard let text = String(validating: try bytes, as: UTF8.self) else { throw Protobuf.cutOff }
            return text
        }
    }

    var integer: Int {
        get throws(FormatFault) {
            guard case .number(let number) = self else { throw Protobuf.cutOff }
            return Int(Int64(bitPattern: number))
        }
    }

    /// A repeated field of integers, packed or one number of it.
    func integers(limit: Int) throws(FormatFault) -> [Int] {
        switch self {
        case .number(let number): [Int(Int64(bitPattern: number))]
        case .bytes(let bytes): try Protobuf.varints(bytes, limit: limit).map { Int(Int64(bitPattern: $0)) }
        }
    }

    /// A repeated field of 32-bit floats, packed or one number of it.
    var floats: [Float] {
        get throws(FormatFault) {
            switch self {
            case .number(let number): return [Float(bitPattern: UInt32(truncatingIfNeeded: number))]
            case .bytes(let bytes):
                guard bytes.count % 4 == 0, bytes.count / 4 <= TensorLimits.elements else { throw Protobuf.cutOff }
                return ElementType.f32.floats(bytes)
            }
        }
    }
}
