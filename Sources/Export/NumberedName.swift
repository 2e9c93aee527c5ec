import GNCABasics

/// How the files of a sequence of stills are called: `folder/` means folder/frame-00001.png and so on, a name with %05d
/// gets its numbers there.
struct NumberedName {
    /// The folder that holds the files.
    let folder: String
    /// Whether the folder does not exist yet and is ours to make.
    let makesFolder: Bool
    let before: String
    private let after: String
    /// Least digits of a number; 0 = one file without a number.
    private let digits: Int

    /// Of the files of a folder: before the number, its digits, after it.
    private static let inFolder = ("frame-", 5, ".png")

    /// Throws `ExportError.invalid` for a single name with several frames, `.file` where the folder cannot be made.
    init(_ path: String, frameCount: Int) throws(ExportError) {
        if Paths.isFolder(path) {
            (before, digits, after) = NumberedName.inFolder
            folder = Paths.withoutSlashes(path)
            makesFolder = !NumberedName.exists(folder)
            if makesFolder {
                do { try AtomicFile.checkFolder(Paths.split(folder).folder, for: path) } catch { throw .file(error) }
            }
            return
        }
        let name: String
        (folder, name) = Paths.split(path)
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

    /// As `init(_:frameCount:)`, without looking what is there; nil for a single name.
    init?(stillsOf path: String) {
        makesFolder = false
        if Paths.isFolder(path) {
            folder = Paths.withoutSlashes(path)
            (before, digits, after) = ("frame-", 5, ".png")
            return
        }
        let name: String
        (folder, name) = Paths.split(path)
        guard let pattern = NumberedName.pattern(name) else { return nil }
        (before, digits, after) = pattern
    }

    /// Name of a file in the folder; `number`: ordinal, 1...
    func name(_ number: Int) -> String {
        digits > 0 ? before + self.number(number) + after : before + after
    }

    /// A number as names have it.
    func number(_ number: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }

    /// Whether a file of that name may be one of ours: exactly what a number makes of the pattern.
    func makes(_ name: String) -> Bool {
        let (bytes, start, end) = (SystemText.bytes(name), SystemText.bytes(before), SystemText.bytes(after))
        guard digits > 0, bytes.count > start.count + end.count else { return false }
        let number = Int(SystemText.text(Array(bytes.dropFirst(start.count).dropLast(end.count))))
        return number.map { $0 > 0 && SystemText.bytes(self.name($0)) == bytes } ?? false
    }

    /// Whether the file of a number is there.
    func exists(_ number: Int) -> Bool { FileSystem.exists(path(number)) }

    /// `number`: ordinal, 1...
    func path(_ number: Int) -> String { "\(folder)/\(name(number))" }

    /// Splits at %d or %05d.
    static func pattern(_ name: String) -> (String, Int, String)? {
        let pattern = #/%(0?[0-9]?)d/#.matchingSemantics(.unicodeScalar)
        guard let match = name.firstMatch(of: pattern) else { return nil }
        let digits = Int(match.output.1) ?? 1
        return (String(name[..<match.range.lowerBound]), max(1, digits), String(name[match.range.upperBound...]))
    }

    /// What stands behind a path of stills in the files of a run: one file where no number has a place in it.
    static func kind(_ path: String) -> RunFiles.Kind {
        let pattern = Paths.isFolder(path) ? inFolder : pattern(Paths.split(path).name)
        guard let (before, _, after) = pattern else { return .file }
        return .stills(before: before, after: after)
    }

    private static func exists(_ path: String) -> Bool {
        do { _ = try FileSystem.status(path) } catch { return error != .failed(ENOENT) }
        return true
    }
}

extension RunFiles {
    /// The run uses stills, named as `PNGSequence` names them: a folder ending in / or a pattern with %05d.
    public mutating func useStills(_ path: String, as role: String, _ access: Access) {
        use(path, as: role, access, NumberedName.kind(path))
    }
}
