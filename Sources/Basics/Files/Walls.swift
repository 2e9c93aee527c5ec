import CGNCASystem

/// Folders outside of which the process opens, lists, makes, renames and removes nothing, wherever symbolic links lead.
///
/// They bind all that goes through `FileSystem`; what libraries read for themselves (fonts, their own parts) is not asked
/// for by anybody's file. Raised once, before there are threads.
public enum Walls {
    /// The variable of the environment that raises the walls of a process: its folders, one a line.
    public static let variable = "GNCA_RENDER_ROOTS"

    nonisolated(unsafe) private(set) static var current: Roots?

    /// Whether there are walls.
    public static var areRaised: Bool { current != nil }

    /// The folders, as messages name them.
    public static var description: String {
        current?.folders.map { SystemText.text($0) }.joined(separator: ", ") ?? "/"
    }

    /// Raises walls around folders that are there. Walls inside of walls can only be narrower.
    /// Throws a sentence with the folder's name.
    public static func raise(around roots: [String]) throws(FileFault) {
        var folders: [[UInt8]] = []
        for root in roots {
            do throws(SystemFault) {
                let folder = try Folder(root)
                guard let place = FileSystem.place(of: folder.descriptor) else { throw .outside }
                folders.append(place)
            } catch {
                throw FileFault("\(root): \(FileFault(opening: error).reason)")
            }
        }
        current = Roots(folders: folders)
    }

    /// Raises the walls that the environment asks for.
    public static func raiseAsTold() throws(FileFault) {
        guard let text = Platform.variable(variable), !text.isEmpty else { return }
        try raise(around: text.unicodeScalars.split(separator: "\n").map(String.init))
    }
}

/// Folders as the system names them: absolute, without links.
struct Roots: Sendable {
    let folders: [[UInt8]]

    /// Whether a place, named by the system, is one of the folders or lies in one. Nothing is ever kept in /dev/null.
    func contain(_ place: [UInt8]) -> Bool {
        let slash = UInt8(ascii: "/")
        return place.elementsEqual("/dev/null".utf8)
            || folders.contains { folder in
                folder == [slash] || place == folder || place.starts(with: folder + [slash])
            }
    }
}
