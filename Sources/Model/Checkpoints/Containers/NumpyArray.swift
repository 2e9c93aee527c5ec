import GNCABasics

/// A NumPy array as .npy files hold it: a magic number, a Python dictionary with exactly three entries, the numbers.
/// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
struct NumpyArray: Equatable {
    private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    private static let types: [String: ElementType] = [
        "<f8": .f64, "<f4": .f32, "<f2": .f16, "<i8": .i64, "<i4": .i32, "<i2": .i16, "|i1": .i8, "|u1": .u8,
        "|b1": .bool,
    ]

    var shape: [Int]
    var type: ElementType
    /// Row-major, whatever the order in the file.
    var values: [Float]

    /// What stands in an array that no weight is made of, in a word; nil for all others. Its numbers are not read.
    static func kindBesideWeights(_ bytes: [UInt8]) -> String? {
        guard let (header, _) = try? header(bytes, shown: "") else { return nil }
        if header.type.isEmpty { return "records" }
        let kind = header.type.drop { "<>|=".contains($0) }
        return switch kind.first {
        case "U", "S": "text"
        case "O": "Python objects"
        case "M", "m": "times"
        case "c": "complex numbers"
        case "V": "bytes"
        case "u" where kind != "u1": "whole numbers"
        case "i" where header.type.begins(with: ">"): "whole numbers"
        default: nil
        }
    }

    /// The pickle of an array of Python objects.
    static func pickle(_ bytes: [UInt8]) -> ArraySlice<UInt8>? {
        guard let (header, reader) = try? header(bytes, shown: "") else { return nil }
        var data = reader
        return header.type.holds("O") ? data.take(data.rest) : nil
    }

    private static func header(
        _ bytes: [UInt8], shown: String
    ) throws(FormatFault) -> (header: NumpyHeader, data: ByteReader) {
        var reader = ByteReader(bytes[...])
        guard reader.take(6).map(Array.init) == magic, let major = reader.byte(), reader.byte() == 0,
            (1...3).contains(major), let length = reader.number(major == 1 ? 2 : 4), length <= 65_536,
            let text = reader.take(Int(length))
        else { throw FormatFault(reason: "\(shown) is no NumPy array") }
        return (try NumpyHeader(text, shown: shown), reader)
    }

    /// `shown` names the array in messages.
    init(_ bytes: [UInt8], shown: String) throws(FormatFault) {
        var (header, reader) = try Self.header(bytes, shown: shown)
        guard let type = Self.types[header.type] else {
            throw FormatFault(reason: "\(shown) \(Self.refusal(of: header.type))")
        }
        let count = try TensorLimits.count(header.shape, of: shown)
        let rest = reader.rest
        guard let data = reader.take(count * type.size), reader.rest == 0 else {
            throw FormatFault(
                reason: "\(shown) has shape \(header.shape) of \(type.rawValue), which does not fit its bytes (got "
                    + "\(rest), expected \(count * type.size))")
        }
        shape = header.shape
        self.type = type
        values = type.floats(data)
        if header.columnMajor {
            var next = 1
            let strides = shape.map { length in
                defer { next *= length }
                return next
            }
            values = StridedLayout(shape: shape, strides: strides).gather(values)
        }
    }

    private static func refusal(of type: String) -> String {
        let shown = JSONText.shown(type)
        if type.holds("O") { return "holds Python objects, which can run code (got type \(shown))" }
        if type.begins(with: ">") { return "is big-endian (got type \(shown), expected \"<f4\")" }
        return "has a type that is not known (got \(shown), expected \"<f4\")"
    }

    /// A .npy file of 32-bit floats.
    static func encode(shape: [Int], values: [Float]) -> [UInt8] {
        let tuple = shape.map { "\($0)," }.joined(separator: " ")
        var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(tuple)), }"
        // The numbers begin at a multiple of 64 bytes.
        header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
        let length = UInt16(header.utf8.count)
        var bytes = magic + [1, 0, UInt8(length & 255), UInt8(length >> 8)] + Array(header.utf8)
        for value in values {
            withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        }
        return bytes
    }
}

/// The dictionary of a .npy file: `{'descr': '<f4', 'fortran_order': False, 'shape': (128, 48), }`. A literal, and
/// nothing that Python would have to compute.
private struct NumpyHeader {
    private(set) var type = ""
    private(set) var columnMajor = false
    private(set) var shape: [Int] = []

    private var rest: Substring
    private let fault: FormatFault

    init(_ bytes: ArraySlice<UInt8>, shown: String) throws(FormatFault) {
        fault = FormatFault(
            reason: "\(shown) has a header that is not read (expected a dictionary of descr, fortran_order and shape)")
        guard let text = String(validating: bytes, as: UTF8.self), text.utf8.allSatisfy({ $0 < 128 }) else {
            throw fault
        }
        rest = text[...]
        try expect("{")
        var seen: [String] = []
        while !take("}") {
            let key = try word()
            guard !seen.contains(key) else { throw fault }
            seen.append(key)
            try expect(":")
            switch key {
            case "descr": type = try description()
            case "fortran_order": columnMajor = try truth()
            case "shape": shape = try numbers()
            default: throw fault
            }
            if !take(",") {
                try expect("}")
                break
            }
        }
        guard seen.count == 3, rest.allSatisfy({ $0 == " " || $0 == "\n" }) else { throw fault }
    }

    private mutating func take(_ text: String) -> Bool {
        rest = rest.drop { $0 == " " }
        guard rest.begins(with: text) else { return false }
        rest.removeFirst(text.count)
        return true
    }

    private mutating func expect(_ text: String) throws(FormatFault) {
        guard take(text) else { throw fault }
    }

    /// A text in single quotes, without escapes.
    private mutating func word() throws(FormatFault) -> String {
        try expect("'")
        guard let end = rest.firstIndex(of: "'"), !rest[..<end].holds("\\") else { throw fault }
        defer { rest = rest[rest.index(after: end)...] }
        return String(rest[..<end])
    }

    /// A type in quotes. Records of several types are a list, whose fields are not told: "".
    private mutating func description() throws(FormatFault) -> String {
        guard take("[") else { return try word() }
        var depth = 1
        while depth > 0 {
            guard let character = rest.popFirst() else { throw fault }
            if character == "[" { depth += 1 } else if character == "]" { depth -= 1 }
        }
        return ""
    }

    private mutating func truth() throws(FormatFault) -> Bool {
        if take("True") { return true }
        try expect("False")
        return false
    }

    private mutating func numbers() throws(FormatFault) -> [Int] {
        try expect("(")
        var numbers: [Int] = []
        while !take(")") {
            rest = rest.drop { $0 == " " }
            let digits = rest.prefix { "0"..."9" ~= $0 }
            guard let number = Int(digits), numbers.count < 64 else { throw fault }
            numbers.append(number)
            rest.removeFirst(digits.count)
            if !take(",") {
                // One number in brackets is a number, not a tuple.
                guard numbers.count > 1 else { throw fault }
                try expect(")")
                break
            }
        }
        return numbers
    }
}
