/// A complete file's way from a temporary name to its own, and back as long as it has not settled there.
struct Placement {
    private enum State {
        case waiting
        /// In a place where nothing stood.
        case placed
        /// What stood there waits under a temporary name, in case that it is wanted back.
        case replaced(old: String)
        /// Nothing to be done any more.
        case settled
    }

    /// As messages name it.
    let path: String
    /// Where the file waits.
    let source: Folder
    let temporary: String
    let folder: Folder
    let name: String
    let overwrite: Bool
    /// A name in `source` for what is replaced, where names cannot be exchanged.
    let spare: String

    private var state = State.waiting
    /// Keeps those who clean away from what was replaced.
    private var hold: HeldFile?
    /// The file, whatever it is called.
    private var identity: FileIdentity?

    init(
        path: String, from source: Folder, _ temporary: String, spare: String, to folder: Folder, _ name: String,
        overwrite: Bool
    ) {
        (self.path, self.source, self.temporary, self.spare) = (path, source, temporary, spare)
        (self.folder, self.name, self.overwrite) = (folder, name, overwrite)
    }

    /// Gives the file its name, without ever replacing what must not be replaced: of two writers, one wins.
    mutating func publish() throws(WriteFault) {
        do throws(SystemFault) {
            identity = FileIdentity(try source.status(temporary))
            if overwrite {
                // Somebody may remove the old file in between, or put another one there.
                for _ in 0..<100 {
                    if try replace() { return }
                    if try placeWhereNothingIs() { return }
                }
            } else if try placeWhereNothingIs() {
                return
            }
        } catch {
            throw .writeFailed(file: path, reason: error.reason)
        }
        throw .existsAlready(file: path)
    }

    /// False where something stands there.
    private mutating func placeWhereNothingIs() throws(SystemFault) -> Bool {
        do {
            try folder.addName(name, to: temporary, in: source)
            try? source.removeFile(temporary)
        } catch .failed(EEXIST) {
            return false
        } catch {
            // A file system without hard links.
            do {
                try source.moveToNew(temporary, to: name, in: folder)
            } catch .failed(EEXIST) {
                return false
            } catch {
                // Nor with this: look first.
                if (try? folder.status(name)) != nil { return false }
                try source.move(temporary, to: name, in: folder)
            }
        }
        state = .placed
        return true
    }

    /// False where nothing stands there.
    private mutating func replace() throws(SystemFault) -> Bool {
        guard let old = try? folder.status(name) else { return false }
        guard FileKind(old).isReplaceable else { throw .failed(EEXIST) }
        if source === folder { hold = HeldFile(name, in: folder) }
        do {
            try source.exchange(temporary, name, in: folder)
            state = .replaced(old: temporary)
        } catch .failed(ENOENT) {
            return false
        } catch {
            guard Self.meansNoExchange(error) else { throw error }
            // Without hard links, either, what is replaced cannot come back.
            let isKept = (try? source.addName(spare, to: name, in: folder)) != nil
            do { try source.move(temporary, to: name, in: folder) } catch {
                if isKept { try? source.removeFile(spare) }
                throw error
            }
            state = isKept ? .replaced(old: spare) : .settled
            return true
        }
        // A folder may have come there since it was looked at.
        if let came = try? source.status(temporary), !FileKind(came).isReplaceable {
            try source.exchange(temporary, name, in: folder)
            state = .waiting
            throw .failed(EEXIST)
        }
        return true
    }

    private static func meansNoExchange(_ fault: SystemFault) -> Bool {
        [EINVAL, ENOSYS, ENOTSUP, EOPNOTSUPP, EPERM].contains { fault == .failed($0) }
    }

    /// Takes a published file away again; what it replaced is back.
    mutating func withdraw() {
        // Another run may have replaced the file since then.
        let isOurs = (try? folder.status(name)).map(FileIdentity.init) == identity
        switch state {
        case .waiting: return
        case .placed where isOurs: try? folder.removeFile(name)
        case .replaced(let old) where isOurs: try? source.move(old, to: name, in: folder)
        case .replaced(let old): try? source.removeFile(old)
        default: break
        }
        state = .settled
        hold = nil
    }

    /// The file stays, and what it replaced is let go; one that was not published is removed.
    mutating func settle() {
        switch state {
        case .waiting: try? source.removeFile(temporary)
        case .replaced(let old): try? source.removeFile(old)
        case .placed, .settled: break
        }
        state = .settled
        hold = nil
    }
}

/// A file that is kept locked.
private final class HeldFile {
    private let descriptor: Int32

    init?(_ name: String, in folder: Folder) {
        guard let descriptor = try? folder.open(name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK) else { return nil }
        self.descriptor = descriptor
        _ = FileLock.take(descriptor)
    }

    deinit { close(descriptor) }
}
