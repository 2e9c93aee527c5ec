#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How much memory runs take. A program that has none left can only be ended by the system: it is told before.
public enum RunMemory {
    /// Bytes of this machine; 0 where it does not say.
    public static let present = max(0, sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)))

    /// Numbers of a cell's channels that are in memory at a time: the state, its new values, and copies that are shown.
    private static let copies = 5

    /// Bytes, roughly, of runs of one rule on so many cells.
    public static func bytes(of rule: Rule, cells: Int, runs: Int = 1) -> Int {
        product([cells, rule.channels * copies + pixels(of: rule), MemoryLayout<Float>.size, runs])
    }

    /// Numbers of what a decoder draws in the place of a cell, and of the gradient of that.
    private static func pixels(of rule: Rule) -> Int {
        rule.decoder == nil ? 0 : 2 * 4 * rule.pictureScale * rule.pictureScale
    }

    /// Bytes, roughly, of what a run remembers so that a gradient can go back through its steps.
    public static func bytesOfTape(of rule: Rule, cells: Int, steps: Int, runs: Int) -> Int {
        let kept = rule.network.hidden.reduce(rule.channels, +)
        let firing = Int((Double(product([cells, steps])) * Double(rule.fireRate)).rounded(.up))
        return product([firing, kept, MemoryLayout<Float>.size, runs])
    }

    /// Throws where the machine has less than `bytes`. `what` takes them: "the training".
    public static func check(_ bytes: Int, of what: String) throws(ModelError) {
        guard present > 0, bytes > present else { return }
        throw .impossible(
            "\(what) needs about \(bytes / 1_000_000) MB of memory, and this machine has \(present / 1_000_000) MB (choose a "
                + "smaller grid)")
    }

    /// As much as an integer holds, where it is more.
    private static func product(_ factors: [Int]) -> Int {
        factors.reduce(1) { product, factor in
            let (result, overflow) = product.multipliedReportingOverflow(by: factor)
            return overflow ? .max / 4 : min(result, .max / 4)
        }
    }
}
