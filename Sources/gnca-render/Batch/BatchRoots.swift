import GNCABasics

/// The folders outside of which a batch neither reads nor writes.
///
/// They are told here, before work and in a line of the file; `Walls` sees to them whenever the system is asked for anything.
struct BatchRoots {
    /// As the system resolves them.
    let folders: [String]
    /// Paths that have been looked at and are right: jobs name the same ones again and again.
    private let known = Known()

    private final class Known { var paths: Set<[UInt8]> = [] }

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
        guard Paths.parts(path).contains("..") else { return place }
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

    /// Throws a sentence without a place where `path` leads out of the folders, or among the records of batches.
    func check(_ path: String) throws(FileFault) {
        let bytes = SystemText.bytes(path)
        if known.paths.contains(bytes) { return }
        guard let place = Self.place(of: path), contain(place) else {
            throw FileFault("\(path) is outside of \(folders.joined(separator: ", ")) (--root names other folders)")
        }
        guard !Paths.parts(place).contains(BatchManifest.folderName) else {
            throw FileFault("\(path) is among the batch's own records")
        }
        known.paths.insert(bytes)
    }

    /// `place`: as the system resolves it.
    private func contain(_ place: String) -> Bool {
        let bytes = SystemText.bytes(place)
        return folders.map(SystemText.bytes).contains { folder in
            bytes.starts(with: folder)
                && (bytes.count == folder.count || folder.count == 1 || bytes[folder.count] == UInt8(ascii: "/"))
        }
    }
}
