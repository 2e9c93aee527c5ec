import GNCABasics
import GNCATraining

/// What of that which stands beside a model a training may replace: what it was told to, and what it has written itself.
/// Of two trainings that write the same model, the second ends at its first state.
struct OwnFiles {
    var mayReplaceState: Bool
    var mayReplacePrevious: Bool
    var mayReplaceLog: Bool
    /// Whether what stands under the state's name is a whole state of this training.
    var isState = false
    /// The same of the state before.
    var isPrevious = false

    /// Those of a training that begins.
    init(overwrite: Bool) {
        (mayReplaceState, mayReplacePrevious, mayReplaceLog) = (overwrite, overwrite, overwrite)
    }

    /// Those of a training that goes on: the state that `--resume WORD` named, an earlier one, and a log of its losses.
    init(_ resumed: ResumedTraining, _ word: String, _ states: TrainingStateFiles, log: String?, overwrite: Bool) {
        self.init(overwrite: overwrite)
        let (state, previous) = (FileIdentity(states.state), FileIdentity(states.previous))
        let source = FileIdentity(resumed.file)
        isState = source == state
        // One that is damaged is still the one that was named.
        mayReplaceState = overwrite || FileIdentity(TrainingStateFiles.resumed(word)[0]) == state
        let before = try? FileBytes.read(states.previous, limit: Trainer.byteLimit)
        isPrevious = source == previous || before.map(resumed.trainer.hasBeen) == true
        mayReplacePrevious = overwrite || isPrevious
        if let log, !overwrite { mayReplaceLog = TrainingLogFile.isPart(of: resumed.trainer, file: log) }
    }
}
