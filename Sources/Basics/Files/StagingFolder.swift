/// Files that appear together, however many they are: as a new folder, or in a folder that is there.
///
/// They wait in a folder of their own beside their places (`OwnedFile`), each complete and on the disk. Used by one thread
/// at a time.
public final class StagingFolder: Publishable {
    private enum Goal {
        case newFolder
        case files(overwrite: Bool)
    }

    private let path: String
    private let goal: Goal
    private let folder: Folder
    /// Of the new folder, or of the first of the files.
    private let name: String
    private let owner: OwnedFile
    /// Where the files wait.
    private let staged: Folder
    /// What they are called there.
    private var names: [String] = []
    private var placements: [Placement] = []
    private enum State { case waiting, published, settled }
    private var state = State.waiting

    /// Files that become the folder `path`, which must not exist. Throws `WriteFault.cannotCreate`.
    public convenience init(path: String) throws(WriteFault) {
        let folder: Folder
        let name: String
        do { (folder, name) = try Folder.holding(path) } catch {
            throw .cannotCreate(file: path + "/", reason: error.reason)
        }
        try self.init(path, .newFolder, folder, name)
    }

    /// Files that get their names in the folder `path`, the first of them `name`. Throws `WriteFault.cannotCreate`.
    public convenience init(filesIn path: String, first name: String, overwrite: Bool) throws(WriteFault) {
        let folder: Folder
        do { folder = try Folder(path) } catch { throw .cannotCreate(file: path + "/", reason: error.reason) }
        try self.init(path, .files(overwrite: overwrite), folder, name)
    }

    private init(_ path: String, _ goal: Goal, _ folder: Folder, _ name: String) throws(WriteFault) {
        (self.path, self.goal, self.folder, self.name) = (path, goal, folder, name)
        do {
            OwnedFile.removeStale(of: name, in: folder)
            owner = try OwnedFile(for: name, in: folder)
        } catch {
            throw .cannotCreate(file: path + "/", reason: error.reason)
        }
        do {
            try folder.makeFolder(owner.name.folder)
            staged = try Folder(owner.name.folder, in: folder)
        } catch {
            try? folder.removeFolder(owner.name.folder)
            try? folder.removeFile(owner.name.text)
            throw .cannotCreate(file: path + "/", reason: error.reason)
        }
    }

    deinit { cancel() }

    /// Whether a file of that name may have been left by a run that was killed: a still ("frame-00001.png"), a number, or what
    /// a number was to replace ("7.old").
    static func mayHold(_ name: String) -> Bool {
        let kinds = [("", ""), ("", ".old"), ("frame-", ".png")]
        return kinds.contains { RunFiles.Kind.stills(before: $0.0, after: $0.1).hasName(name) }
    }

    /// Writes one file and flushes it to the disk. Throws `WriteFault`, in the name it will have.
    public func write(_ bytes: [UInt8], name: String) throws(WriteFault) {
        let path = "\(path)/\(name)"
        var old: FileAttributes?
        // Short names: there is one more for what is replaced.
        var waiting = "\(names.count)"
        switch goal {
        case .newFolder: waiting = name
        case .files(let overwrite):
            try AtomicFile.check(path, overwrite: overwrite)
            if overwrite { old = FileAttributes(of: name, in: folder) }
            placements.append(
                Placement(
                    path: path, from: staged, waiting, spare: waiting + ".old", to: folder, name, overwrite: overwrite))
        }
        let descriptor: Int32
        do { descriptor = try staged.open(waiting, O_WRONLY | O_CREAT | O_EXCL) } catch {
            throw .writeFailed(file: path, reason: error.reason)
        }
        names.append(waiting)
        old?.give(to: descriptor)
        var failure = bytes.withUnsafeBytes { Platform.writeAll(descriptor, $0) }
        if failure == 0 && fsync(descriptor) != 0 { failure = errno }
        if close(descriptor) != 0 && failure == 0 { failure = errno }
        guard failure == 0 else { throw .writeFailed(file: path, reason: Platform.reason(failure)) }
    }

    /// Puts everything in its place. Throws `WriteFault.existsAlready` where somebody else was faster, `.writeFailed`.
    public func publish() throws(WriteFault) {
        guard state == .waiting else { return }
        do throws(WriteFault) {
            switch goal {
            case .newFolder: try publishFolder()
            case .files: for index in placements.indices { try placements[index].publish() }
            }
            state = .published
            do { try folder.flush() } catch { throw .writeFailed(file: shown, reason: error.reason) }
        } catch {
            withdraw()
            throw error
        }
    }

    private func publishFolder() throws(WriteFault) {
        do {
            try staged.flush()
            // Replaces an empty folder at most.
            try folder.move(owner.name.folder, to: name, in: folder)
        } catch {
            switch error {
            case .failed(EEXIST), .failed(ENOTEMPTY), .failed(ENOTDIR): throw .existsAlready(file: shown)
            default: throw .writeFailed(file: shown, reason: error.reason)
            }
        }
    }

    /// As messages name the whole.
    private var shown: String { path + "/" }

    /// Takes everything that was published away again: what it replaced is back.
    public func withdraw() {
        for index in placements.indices.reversed() { placements[index].withdraw() }
        if case .newFolder = goal, state == .published { try? folder.move(name, to: owner.name.folder, in: folder) }
        state = .waiting
        cancel()
    }

    /// Lets go of what the published files have replaced; removes those that were not published.
    public func cancel() {
        switch (state, goal) {
        case (.settled, _): return
        case (.published, .newFolder): break
        case (.waiting, _), (.published, .files):
            for index in placements.indices { placements[index].settle() }
            for name in names { try? staged.removeFile(name) }
            try? folder.removeFolder(owner.name.folder)
        }
        try? folder.removeFile(owner.name.text)
        state = .settled
    }

    /// Publishes files that stand for themselves. Throws as `publish` does.
    public func commit() throws(WriteFault) {
        try publish()
        cancel()
    }
}
