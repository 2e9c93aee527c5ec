import GNCABasics

/// Where a training's state stands: beside its model, and the state before it beside that.
struct TrainingStateFiles {
    let state: String
    var previous: String { state + ".previous" }

    /// `model`: MODEL.ckpt.
    init(model: String) { state = model + ".state" }

    /// Whether there is one to go on from: `--resume` of the state takes the one before where that is all there is.
    var areThere: Bool { FileSystem.exists(state) || FileSystem.exists(previous) }

    /// The files that `--resume` with this word can go on from, the best first: a state, or that of a model.
    static func resumed(_ word: String) -> [String] {
        if word.ends(with: ".previous") { return [word] }
        let state = word.ends(with: ".ckpt") ? word + ".state" : word
        return [state, state + ".previous"]
    }

    /// The model whose state `--resume` names, by its name; nil where the name does not say.
    static func model(ofResumed word: String) -> String? {
        for ending in ["", ".state", ".state.previous"] {
            if let model = word.without(ending: ending), model.ends(with: ".ckpt") { return model }
        }
        return nil
    }
}
