import GNCABasics

/// What `--threads` means for every command.
enum ThreadChoice {
    /// The user's number, else as many as there are cores. Throws `CommandError.usage` outside 1...256.
    static func count(_ threads: Int?) throws -> Int {
        guard let threads else { return max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
        guard (1...256).contains(threads) else {
            throw CommandError.usage("--threads is out of range (got \(threads), expected 1...256)")
        }
        return threads
    }
}
