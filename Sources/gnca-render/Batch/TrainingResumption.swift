import GNCABasics

/// A training that was interrupted goes on from its state.
enum TrainingResumption {
    /// The words of `train --resume` where a state of this very job lies beside its model; nil otherwise.
    ///
    /// The target and what the training begins with are in the state. A film begins with the first iteration.
    static func arguments(of job: BatchJob, _ manifests: BatchManifests) throws -> [String]? {
        guard job.arguments.first == "train", !job.arguments.contains("--film"),
            let model = job.outputs.first(where: { $0.path.ends(with: ".ckpt") }),
            TrainingStateFiles(model: model.path).areThere,
            try manifests[model.folder][model.name].begun == [job.key]
        else { return nil }
        var words = ["train", "--resume", TrainingStateFiles(model: model.path).state]
        var rest = job.arguments.dropFirst(2)[...]
        while let word = rest.popFirst() {
            if word == "--from" { rest = rest.dropFirst() } else { words.append(word) }
        }
        return words
    }
}
