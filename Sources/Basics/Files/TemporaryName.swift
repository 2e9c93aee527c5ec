/// How files of an output are called until they are complete: `.NAME.gnca-MACHINE-RANDOM` beside the output called NAME.
///
/// MACHINE tells one start of a machine from all others, in 8 hexadecimal digits; RANDOM has 16. Of a NAME so long that
/// the whole would be too long for the file system, the first part and a hash stand there.
struct TemporaryName: Hashable {
    /// As files are called.
    let text: String
    /// Whether this start of this machine has made it.
    let isFromHere: Bool

    /// A folder of the same owner's.
    var folder: String { text + Self.folderEnding }

    private static let folderEnding = ".d"
    private static let digits = (machine: 8, random: 16)
    /// Bytes around NAME.
    private static let extent = ".".utf8.count + ".gnca-".utf8.count + 8 + "-".utf8.count + 16 + folderEnding.utf8.count

    /// A name that nobody has used.
    init(of output: String, in folder: Folder) {
        let random = String(UInt64.random(in: .min ... .max), radix: 16)
        let zeros = String(repeating: "0", count: Self.digits.random - random.count)
        text = Self.stem(of: output, longest: folder.longestName) + Self.machine + "-" + zeros + random
        isFromHere = true
    }

    /// The name that `entry` of a folder is, or that its owner has; nil where it is none of `output`.
    init?(_ entry: String, of output: String, in folder: Folder) {
        let stem = Array(Self.stem(of: output, longest: folder.longestName).utf8)
        var bytes = Array(entry.utf8)
        if bytes.reversed().starts(with: Self.folderEnding.utf8.reversed()) { bytes.removeLast(2) }
        guard bytes.starts(with: stem) else { return nil }
        let parts = bytes.dropFirst(stem.count).split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.map(\.count) == [Self.digits.machine, Self.digits.random],
            parts.joined().allSatisfy({ "0123456789abcdef".utf8.contains($0) })
        else { return nil }
        text = String(decoding: bytes, as: UTF8.self)
        isFromHere = parts[0].elementsEqual(Self.machine.utf8) && Self.machine != Self.unknown
    }

    /// Whether `entry` has the form of such a name, of whatever output.
    static func hasForm(_ entry: String) -> Bool {
        var bytes = SystemText.bytes(entry)[...]
        if bytes.reversed().starts(with: folderEnding.utf8.reversed()) { bytes = bytes.dropLast(2) }
        let tail = bytes.suffix(".gnca-".utf8.count + digits.machine + 1 + digits.random)
        let parts = tail.dropFirst(".gnca-".utf8.count).split(
            separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return bytes.first == UInt8(ascii: ".") && tail.starts(with: ".gnca-".utf8)
            && parts.map(\.count) == [digits.machine, digits.random]
            && parts.joined().allSatisfy { "0123456789abcdef".utf8.contains($0) }
    }

    private static let unknown = "00000000"

    private static let machine: String = {
        guard let start = FileSystem.startOfMachine, let hash = try? ContentHash.sha256(start) else { return unknown }
        return String(hash.prefix(digits.machine))
    }()

    /// `.NAME.gnca-`; `longest`: bytes that a name may have.
    static func stem(of output: String, longest: Int) -> String {
        let bytes = SystemText.bytes(output)
        guard bytes.count + extent > longest, let hash = try? ContentHash.sha256(bytes) else {
            return ".\(output).gnca-"
        }
        let ending = "~" + hash.prefix(16)
        var end = max(0, longest - extent - ending.utf8.count)
        // No letter is cut: some file systems take whole ones only.
        for _ in 0..<3 where end > 0 && bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return ".\(SystemText.text(Array(bytes[..<end])))\(ending).gnca-"
    }
}
