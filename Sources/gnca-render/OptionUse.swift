/// An option that means something in some runs of its command only. In the others it is refused: what is said is done, or
/// told to be impossible.
struct OptionUse {
    let flag: String
    let isGiven: Bool
    /// Whether it means something in this run.
    let counts: Bool
    /// What goes on after the flag: "belongs to --poster".
    let needs: String

    init(_ flag: String, _ isGiven: Bool, counts: Bool, _ needs: String) {
        (self.flag, self.isGiven, self.counts, self.needs) = (flag, isGiven, counts, needs)
    }

    /// Throws for the first that is given and means nothing.
    static func check(_ uses: [OptionUse]) throws(CommandError) {
        if let use = uses.first(where: { $0.isGiven && !$0.counts }) { throw .usage("\(use.flag) \(use.needs)") }
    }
}
