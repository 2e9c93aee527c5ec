/// Paths, arguments and variables of the environment: bytes to the system, text to the program.
///
/// A byte b that belongs to no valid UTF-8 becomes the scalar U+10FF00 + b, of a range that is nobody's. Such scalars that
/// the bytes spell themselves are taken byte by byte, too, so that no two byte strings become the same text. All of those
/// bytes are 0x80 or more: no text hides a slash, a dot or an end.
public enum SystemText {
    private static let carriers: ClosedRange<UInt32> = 0x10FF80...0x10FFFF
    private static let base: UInt32 = 0x10FF00

    /// The text that stands for `bytes`.
    public static func text(_ bytes: [UInt8]) -> String {
        if let text = String(validating: bytes, as: UTF8.self), !holdsBytes(text) { return text }
        var scalars = String.UnicodeScalarView()
        var parser = Unicode.UTF8.ForwardParser()
        var source = bytes.makeIterator()
        var position = 0
        while true {
            let length: Int
            switch parser.parseScalar(from: &source) {
            case .emptyInput: return String(scalars)
            case .valid(let encoded):
                length = encoded.count
                let scalar = Unicode.UTF8.decode(encoded)
                if !carriers.contains(scalar.value) {
                    scalars.append(scalar)
                    position += length
                    continue
                }
            case .error(let count): length = count
            }
            for byte in bytes[position..<(position + length)] {
                if let carrier = Unicode.Scalar(base + UInt32(byte)) { scalars.append(carrier) }
            }
            position += length
        }
    }

    /// The text of a C string.
    public static func text(_ string: UnsafePointer<CChar>) -> String {
        text(UnsafeBufferPointer(start: string, count: strlen(string)).map { UInt8(bitPattern: $0) })
    }

    /// The bytes that `text` stands for.
    public static func bytes(_ text: String) -> [UInt8] {
        guard holdsBytes(text) else { return Array(text.utf8) }
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            if let byte = byte(scalar) { bytes.append(byte) } else { bytes += Array(String(scalar).utf8) }
        }
        return bytes
    }

    /// The byte that a scalar stands for; nil where it is a scalar like others.
    static func byte(_ scalar: Unicode.Scalar) -> UInt8? {
        carriers.contains(scalar.value) ? UInt8(scalar.value - base) : nil
    }

    /// "\xff"
    static func spelled(_ byte: UInt8) -> String { "\\x" + String(byte, radix: 16) }

    /// `text` with its bytes spelled out, for what is written into files: valid UTF-8 that means the same to everybody.
    public static func spelled(_ text: String) -> String {
        holdsBytes(text) ? Escaping.replacing(text) { byte($0).map(spelled) } : text
    }

    /// Bytes that end in 0, as C takes them. Throws `SystemFault.holdsNUL`.
    static func terminated(_ text: String) throws(SystemFault) -> [CChar] {
        let bytes = bytes(text)
        guard !bytes.contains(0) else { throw .holdsNUL }
        return bytes.map { CChar(bitPattern: $0) } + [0]
    }

    /// Whether any scalar stands for a byte. Their UTF-8 begins with F4 8F BE or F4 8F BF.
    private static func holdsBytes(_ text: String) -> Bool {
        text.utf8.contains(0xF4) && text.unicodeScalars.contains { carriers.contains($0.value) }
    }
}
