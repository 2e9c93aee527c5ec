/// Whose a file is and who may use it: what a file keeps that is written anew.
struct FileAttributes {
    private let status: stat

    /// nil where no file of that name is there.
    init?(of name: String, in folder: Folder) {
        guard let status = try? folder.status(name), FileKind(status) == .file else { return nil }
        self.status = status
    }

    /// Gives them to another file, as far as the user may. `stillWritten`: its owner can read and write it in any case.
    func give(to descriptor: Int32, stillWritten: Bool = false) {
        var mode = status.st_mode & 0o777
        let isOwned = fchown(descriptor, status.st_uid, status.st_gid) == 0
        if !isOwned, fchown(descriptor, .max, status.st_gid) != 0 {
            // Another group gets no more than all others.
            mode = mode & 0o707 | (mode & 0o007) << 3
        }
        _ = fchmod(descriptor, mode | (stillWritten ? 0o600 : 0))
    }
}
