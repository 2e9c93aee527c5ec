import GNCABasics

/// The folders outside of which a batch neither reads nor writes.
///
/// They are told here, before work and in a line of the file; `Walls` sees to them whenever the system is asked for anything.
struct BatchRoots {
    /// As the system resolves them.
    let folders: [String]

    /// Throws where one of `folders` is none.
    init(_ folders: [String]) throws {
        self.folders = try folders.map { folder in
            guard FileSystem.isFolder(folder), let place = Self.place(of: folder) else {
                throw CommandError.usage("--root \(folder): there is no such folder")
            }
            // A line each tells jobs of them.
            guard !place.utf8.contains(UInt8(ascii: "\n")) else {
                throw CommandError.usage("--root \(folder): its path has a line break")
            }
            return place
        }
    }

    /// The place that `path` names, symbolic links followed and .. resolved, also where it does not exist yet; nil outside of
    /// the walls.
    static func place(of path: String) -> String? {
        if let place = FileSystem.resolved(path) { return place }
        guard !isOutside(path), let place = placeOfWhatIsNotThere(path) else { return nil }
        // Behind a folder that is not there yet, .. may lead back to what is.
        return isOutside(place) ? nil : FileSystem.resolved(place) ?? place
    }

    /// Whether the walls keep everybody from what `path` names.
    static func isOutside(_ path: String) -> Bool {
        do throws(SystemFault) { _ = try FileSystem.status(path) } catch { return error == .outside }
        return false
    }

    private static func placeOfWhatIsNotThere(_ path: String) -> String? {
        let (parent, name) = Paths.split(Paths.withoutSlashes(path))
        guard SystemText.bytes(parent) != SystemText.bytes(path), let folder = place(of: parent) else { return nil }
        switch name {
        case "", ".": return folder
        case "..": return Paths.split(folder).folder
        default: return folder == "/" ? "/" + name : folder + "/" + name
        }
    }

    /// Whether what `path` names lies in one of the folders.
    func contain(_ path: String) -> Bool {
        guard let place = Self.place(of: path) else { return false }
        let bytes = SystemText.bytes(place)
        return folders.map(SystemText.bytes).contains { folder in
            bytes.starts(with: folder)
                && (bytes.count == folder.count || folder.count == 1 || bytes[folder.count] == UInt8(ascii: "/"))
        }
    }

    var description: String { folders.joined(separator: ", ") }
}
