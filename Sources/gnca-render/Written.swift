import GNCABasics

/// What a command has made, told when all of it is in place: one line on standard error, the same of every command.
struct Written {
    /// As the command line names them.
    var files: [String]
    /// What they are: "251 frames in 3.2 s".
    var words: String
    /// The same for programs: members of the event of `--progress json`.
    var members: [(name: String, value: String)] = []

    /// `form`: of the progress that was told before; where that was JSON, so is this.
    func announce(quiet: Bool, _ form: ProgressForm = .silent) {
        if form == .json {
            let outputs = JSONText.list(files.map { JSONText.quoted(SystemText.spelled($0)) })
            tell(JSONText.object([("event", JSONText.quoted("finished"))] + members + [("outputs", outputs)]))
        } else if !quiet {
            tell("wrote \(files.joined(separator: ", ")): \(words)")
        }
    }
}
