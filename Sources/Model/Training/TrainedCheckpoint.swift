import GNCACells
import GNCACheckpoints

extension Trainer {
    /// The model as it is now, with everything that makes it again. `program`: name and version; `score`: what it has
    /// reached.
    public func checkpoint(program: String, score: TrainingScore? = nil) -> Checkpoint {
        var provenance = ["program": program, "training.iterations_done": "\(iteration)"]
        provenance["training.learned"] = settings.learned
        for (key, value) in settings.texts { provenance["training.\(key)"] = value }
        for (key, value) in score?.texts ?? [:] { provenance["training.\(key)"] = value }
        return Checkpoint(
            rule: rule, gridSize: grid, dialect: [],
            provenance: provenance)
    }
}
