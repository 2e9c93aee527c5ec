import GNCABasics

/// The folders outside of which a batch neither reads nor writes.
struct BatchRoots {
    /// As the system resolves them.
    private let folders: [String]

    /// Throws where one of `folders` is none.
    init(_ folders: [String]) throws {
        self.folders = try folders.map { folder in
            guard FileSystem.isFolder(folder) else {
                throw CommandError.usage("--root \(folder): there is no such folder")
            }
            return Self.place(of: folder)
        }
    }

    /// The place that `path` names, symbolic links followed and .. resolved, also where it does not exist yet.
    static func place(of path: String) -> String {
        if let resolved = FileSystem.resolved(path) { return resolved }
        let slash = path.lastIndex(of: "/")
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        let parent = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let folder = place(of: parent)
        switch name {
        case "", ".": return folder
        case "..": return folder.lastIndex(of: "/").map { String(folder[..<$0]) } ?? "/"
        default: return folder == "/" ? "/" + name : folder + "/" + name
        }
    }

    func contain(_ place: String) -> Bool {
        folders.contains { $0 == "/" || place == $0 || place.hasPrefix($0 + "/") }
    }

    var description: String { folders.joined(separator: ", ") }
}
