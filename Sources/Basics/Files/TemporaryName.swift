import Synchronization

/// Names of files and folders that are not complete yet: `.NAME.gnca-PID-NUMBER` beside the output called NAME.
enum TemporaryName {
    private static let counter = Atomic<Int>(0)

    /// A path that this process has not used yet.
    static func next(folder: String, name: String) -> String {
        let number = counter.add(1, ordering: .relaxed).newValue
        return "\(folder)/\(prefix(name))\(getpid())-\(number)"
    }

    /// Removes what processes that are gone have left of the same output.
    static func removeStale(folder: String, name: String) {
        for entry in Paths.entries(of: folder) where entry.begins(with: prefix(name)) {
            let digits = entry.dropFirst(prefix(name).count).prefix { $0.isNumber }
            guard let owner = pid_t(digits), isGone(owner) else { continue }
            let path = "\(folder)/\(entry)"
            if unlink(path) == 0 { continue }
            // A folder of stills: nothing deeper than its files is ever made.
            for file in Paths.entries(of: path) { unlink("\(path)/\(file)") }
            rmdir(path)
        }
    }

    /// Whether a process has ended. One that was killed keeps its number until its parent has asked how it ended, which
    /// takes as long as the parent likes.
    static func isGone(_ process: pid_t) -> Bool {
        if kill(process, 0) != 0 { return errno == ESRCH }
        guard let status = fopen("/proc/\(process)/stat", "r") else { return false }
        defer { fclose(status) }
        var line = [UInt8](repeating: 0, count: 512)
        let count = fread(&line, 1, line.count, status)
        line.removeLast(line.count - count)
        // The state stands behind the program's name, which stands in parentheses and may hold some.
        guard let end = line.lastIndex(of: UInt8(ascii: ")")), end + 2 < line.count else { return false }
        return line[end + 2] == UInt8(ascii: "Z")
    }

    private static func prefix(_ name: String) -> String { ".\(name).gnca-" }
}
