import GNCABasics
import GNCACells

/// What the machine has, and what work needs at least. A program that runs out of memory can only be ended by the system:
/// it is told before.
enum MachineMemory {
    /// A running automaton's states and copies of them.
    static let copies = 5

    /// Bytes of one state.
    static func state(_ grid: GridSize, channels: Int) -> Int {
        grid.width * grid.height * channels * MemoryLayout<Float>.size
    }

    /// Throws where `bytes` are more than the machine has.
    static func check(_ bytes: Int, what: String, advice: String) throws(CommandError) {
        let present = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
        guard present > 0, bytes > present else { return }
        throw .usage(
            "\(what) needs about \(bytes / 1_000_000) MB of memory, and this machine has \(present / 1_000_000) MB "
                + "(\(advice))")
    }
}
