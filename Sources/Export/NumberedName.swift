#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How the files of a sequence of stills are called: `folder/` means folder/frame-00001.png and so on, a name with %05d
/// gets its numbers there.
struct NumberedName {
    /// The folder that holds the files.
    let folder: String
    /// Whether the folder does not exist yet and is ours to make.
    let makesFolder: Bool
    private let before: String
    private let after: String
    /// Least digits of a number; 0 = one file without a number.
    private let digits: Int

    /// Throws `ExportError.invalid` for a single name with several frames, `.cannotCreate` where the folder cannot be made.
    init(_ path: String, frameCount: Int) throws(ExportError) {
        if path.hasSuffix("/") {
            (before, digits, after) = ("frame-", 5, ".png")
            folder = NumberedName.withoutSlashes(path)
            makesFolder = !NumberedName.exists(folder)
            if makesFolder { try AtomicFile.checkFolder(AtomicFile.split(folder).folder, for: path) }
            return
        }
        let name: String
        (folder, name) = AtomicFile.split(path)
        makesFolder = false
        if let pattern = NumberedName.pattern(name) {
            (before, digits, after) = pattern
        } else if frameCount == 1 {
            (before, digits, after) = (name, 0, "")
        } else {
            throw .invalid(
                "\(path) is one picture, and the film has \(frameCount) frames (name a folder ending in /, "
                    + "a pattern as frame-%05d.png, or an .apng)")
        }
    }

    /// Name of a file in the folder; `number`: ordinal, 1...
    func name(_ number: Int) -> String {
        guard digits > 0 else { return before + after }
        let text = String(number)
        return before + String(repeating: "0", count: max(0, digits - text.count)) + text + after
    }

    /// `number`: ordinal, 1...
    func path(_ number: Int) -> String { "\(folder)/\(name(number))" }

    /// Splits at %d or %05d.
    static func pattern(_ name: String) -> (String, Int, String)? {
        guard let match = name.firstMatch(of: #/%(0?[0-9]?)d/#) else { return nil }
        let digits = Int(match.output.1) ?? 1
        return (String(name[..<match.range.lowerBound]), max(1, digits), String(name[match.range.upperBound...]))
    }

    private static func withoutSlashes(_ path: String) -> String {
        var path = path[...]
        while path.count > 1 && path.hasSuffix("/") { path.removeLast() }
        return String(path)
    }

    private static func exists(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 || errno != ENOENT
    }
}
