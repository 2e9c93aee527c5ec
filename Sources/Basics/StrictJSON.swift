/// The one JSON reader of every format that contains JSON.
///
/// Foundation's two readers disagree about repeated names (one keeps the first value, the other the last), so a file
/// could mean two things. This one refuses whatever could be read in two ways: repeated names, numbers outside Double,
/// bytes that are not UTF-8, lone surrogates, anything after the value. Grammar: RFC 8259.
public struct StrictJSON {
    /// Longer texts are refused unread.
    public static let byteLimit = 16 << 20
    static let depthLimit = 64
    /// Bounds the memory that a small file full of empty lists can ask for.
    static let valueLimit = 1_000_000

    /// Reads one JSON text, which must fill `bytes` but for white space. Offsets in messages count from its start.
    public static func parse(_ bytes: some Sequence<UInt8>) throws(FormatFault) -> JSONValue {
        var reader = StrictJSON(bytes: Array(bytes))
        guard reader.bytes.count <= byteLimit else {
            throw FormatFault(reason: "the JSON text is too long (got \(reader.bytes.count) bytes, limit \(byteLimit))")
        }
        let value = try reader.value(depth: 1)
        reader.skipSpace()
        guard reader.position == reader.bytes.count else {
            throw reader.fault("there is something after the end of the JSON text")
        }
        return value
    }

    private let bytes: [UInt8]
    private var position = 0
    private var valueCount = 0

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private func fault(_ what: String, at offset: Int? = nil) -> FormatFault {
        FormatFault(reason: "\(what) (byte \(offset ?? position))")
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func value(depth: Int) throws(FormatFault) -> JSONValue {
        guard depth <= Self.depthLimit else { throw fault("nested deeper than \(Self.depthLimit) levels") }
        valueCount += 1
        guard valueCount <= Self.valueLimit else { throw fault("more than \(Self.valueLimit) values") }
        skipSpace()
        guard let first = next else { throw fault("the text ends where a value should stand") }
        switch first {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: return try word()
        }
    }

    private mutating func object(depth: Int) throws(FormatFault) -> JSONValue {
        var members: [JSONMember] = []
        var names: Set<String> = []
        position += 1
        skipSpace()
        if take("}") { return .object(members) }
        while true {
            skipSpace()
            let start = position
            guard next == UInt8(ascii: "\"") else { throw fault("expected a name in quotes") }
            let name = try string()
            guard names.insert(name).inserted else {
                throw fault("the name \(JSONText.shown(name)) stands twice", at: start)
            }
            skipSpace()
            guard take(":") else { throw fault("expected a colon after the name \(JSONText.shown(name))") }
            members.append(JSONMember(name: name, value: try value(depth: depth + 1)))
            skipSpace()
            if take("}") { return .object(members) }
            guard take(",") else { throw fault("expected a comma or the end of the object") }
        }
    }

    private mutating func array(depth: Int) throws(FormatFault) -> JSONValue {
        var values: [JSONValue] = []
        position += 1
        skipSpace()
        if take("]") { return .array(values) }
        while true {
            values.append(try value(depth: depth + 1))
            skipSpace()
            if take("]") { return .array(values) }
            guard take(",") else { throw fault("expected a comma or the end of the list") }
        }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func word() throws(FormatFault) -> JSONValue {
        let words: [(String, JSONValue)] = [("true", .bool(true)), ("false", .bool(false)), ("null", .null)]
        for (word, value) in words where bytes[position...].starts(with: word.utf8) {
            position += word.utf8.count
            return value
        }
        throw fault("expected a value")
    }

    private mutating func number() throws(FormatFault) -> JSONValue {
        let start = position
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard position - start <= 1_000, let number = Double(text), number.isFinite else {
            throw fault("a number too large or too long", at: start)
        }
        return .number(text)
    }

    private mutating func digits() throws(FormatFault) {
        let start = position
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard position > start else { throw fault("expected a digit") }
    }

    private mutating func string() throws(FormatFault) -> String {
        let start = position
        position += 1
        // What the quotes hold before `run`, where the bytes that stand for themselves begin.
        var text: [UInt8] = []
        var run = position
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                let rest = bytes[run..<position]
                position += 1
                return String(decoding: text.isEmpty ? rest : text + rest, as: UTF8.self)
            case UInt8(ascii: "\\"):
                text += bytes[run..<position]
                text += String(try escape()).utf8
                run = position
            case 0..<0x20:
                throw fault("a control character inside quotes")
            case 0..<0x80:
                position += 1
            default:
                position += try scalarLength()
            }
        }
        throw fault("the text ends inside quotes that opened before", at: start)
    }

    /// How many bytes the character outside ASCII at `position` takes.
    private func scalarLength() throws(FormatFault) -> Int {
        var parser = Unicode.UTF8.ForwardParser()
        var rest = bytes[position...].makeIterator()
        guard case .valid(let scalar) = parser.parseScalar(from: &rest) else { throw fault("not UTF-8") }
        return scalar.count
    }

    /// What a backslash and the characters behind it stand for.
    private mutating func escape() throws(FormatFault) -> Unicode.Scalar {
        let start = position
        position += 1
        guard let byte = next else { throw fault("the text ends inside an escape") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            var code = UInt32(try hexadecimal())
            if (0xD800..<0xDC00).contains(code), take("\\"), take("u") {
                let low = UInt32(try hexadecimal())
                // A low surrogate completes the pair; anything else leaves `code` one half, which is refused below.
                if (0xDC00..<0xE000).contains(low) { code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00) }
            }
            guard let scalar = Unicode.Scalar(code) else { throw fault("half a surrogate pair", at: start) }
            return scalar
        default: throw fault("an unknown escape", at: start)
        }
    }

    /// Four hexadecimal digits.
    private mutating func hexadecimal() throws(FormatFault) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw fault("expected four hexadecimal digits")
            }
            value = value << 4 | UInt16(digit)
            position += 1
        }
        return value
    }
}
