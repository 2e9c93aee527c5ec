/// A file under a temporary name. It belongs to this process as long as it is open, by a lock that ends with the process,
/// however that ends and whatever number it has: who can take the lock knows that the owner is gone.
///
/// A folder called `name.folder` beside it has the same owner.
///
/// Where a file system has no locks, all works but for the cleaning: nothing there can be known to be left behind. The same
/// holds for files that another machine has made on a network's file system, whose locks may be known on each machine only.
final class OwnedFile {
    let name: TemporaryName
    let descriptor: Int32

    /// Makes an empty file beside the output of that name.
    init(for output: String, in folder: Folder) throws(SystemFault) {
        for _ in 0..<100 {
            let name = TemporaryName(of: output, in: folder)
            let descriptor: Int32
            do { descriptor = try folder.open(name.text, O_RDWR | O_CREAT | O_EXCL) } catch {
                if error == .failed(EEXIST) { continue }
                throw error
            }
            // Before the lock was taken, somebody who cleans may have taken it, or have removed the file.
            if FileLock.take(descriptor) != .another, (try? folder.status(name.text)) != nil {
                (self.name, self.descriptor) = (name, descriptor)
                return
            }
            close(descriptor)
        }
        throw .failed(EAGAIN)
    }

    deinit { close(descriptor) }

    /// Removes what runs that are gone have left of the same output.
    static func removeStale(of output: String, in folder: Folder) {
        let names = Set(((try? folder.names()) ?? []).compactMap { TemporaryName($0, of: output, in: folder) })
        guard !names.isEmpty else { return }
        for name in names where name.isFromHere || folder.isLocal { removeIfStale(name, in: folder) }
    }

    private static func removeIfStale(_ name: TemporaryName, in folder: Folder) {
        // An owner's folder never stands without its file: made here, that is what keeps others away.
        let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK
        guard let descriptor = try? folder.open(name.text, flags, mode: 0o600) else { return }
        defer { close(descriptor) }
        var opened = stat()
        guard fstat(descriptor, &opened) == 0, opened.st_mode & S_IFMT == S_IFREG,
            FileLock.take(descriptor) == .taken,
            // Its owner may have given it its real name, meanwhile, and be gone.
            let named = try? folder.status(name.text), named.st_ino == opened.st_ino, named.st_dev == opened.st_dev
        else { return }
        if let staged = try? Folder(name.folder, in: folder) {
            // Nothing deeper than files is ever made; what else somebody has put there keeps the folder.
            for file in (try? staged.names()) ?? [] where StagingFolder.mayHold(file) { try? staged.removeFile(file) }
            do { try folder.removeFolder(name.folder) } catch { return }
        }
        try? folder.removeFile(name.text)
    }
}

/// A lock on an open file, which ends when that is closed.
enum FileLock {
    case taken
    /// Another process, or another part of this one, has it.
    case another
    /// The file system has no locks.
    case none

    static func take(_ descriptor: Int32) -> FileLock {
        do {
            try FileSystem.call { flock(descriptor, LOCK_EX | LOCK_NB) }
            return .taken
        } catch {
            return error == .failed(EWOULDBLOCK) ? .another : .none
        }
    }
}
