import CGNCALibav
import GNCABasics

/// Addresses as pages name files.
public enum WebAddress {
    /// The bytes themselves as an address.
    public static func data(_ bytes: [UInt8], type: String) -> String {
        let size = (bytes.count + 2) / 3 * 4 + 1
        let text = String(unsafeUninitializedCapacity: size) { buffer in
            buffer.withMemoryRebound(to: CChar.self) {
                _ = av_base64_encode($0.baseAddress, Int32(size), bytes, Int32(bytes.count))
            }
            return size - 1
        }
        return "data:\(type);base64,\(text)"
    }

    /// A path with everything percent-encoded that means something else in a URL (RFC 3986).
    public static func encoded(_ path: String) -> String {
        path.utf8.reduce(into: "") { text, byte in
            let scalar = Unicode.Scalar(byte)
            if scalar.isASCII,
                scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || "-._~/".unicodeScalars.contains(scalar)
            {
                text.unicodeScalars.append(scalar)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                text += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
    }

    /// `file` as seen from the folder of `page`: "../films/a.mp4".
    public static func relative(_ file: String, to page: String) -> String {
        let from = AtomicFile.place(page).split(separator: "/").dropLast()
        let to = AtomicFile.place(file).split(separator: "/")
        let shared = zip(from, to.dropLast()).prefix { $0 == $1 }.count
        return (Array(repeating: "..", count: from.count - shared) + to.dropFirst(shared)).joined(separator: "/")
    }
}
