/// What an optimiser remembers of a training, which PyTorch users often save beside the model in one dictionary.
enum OptimiserState {
    /// Last words of the names that torch.optim gives its buffers, one or several for every weight.
    private static let buffers: Set<String> = [
        "step", "exp_avg", "exp_avg_sq", "max_exp_avg_sq", "exp_inf", "momentum_buffer", "square_avg", "grad_avg",
        "sum", "acc_delta", "ax", "eta", "mu", "mu_product", "prev", "step_size", "row_var", "col_var", "variance", "z",
        "d", "t", "al", "ro", "old_dirs", "old_stps", "H_diag", "prev_flat_grad", "prev_loss", "func_evals", "n_iter",
        "exp_avg_diff", "exp_avg_slow", "neg_pre_grad", "slow_buffer",
    ]

    /// Whether a tensor is called `[...].state.NUMBER.BUFFER`, as only an optimiser's are, or `[...].NUMBER` after that where
    /// a buffer is a list; or `[...].param_groups.NUMBER.params.NUMBER`, which are the model's once more.
    static func holds(_ tensor: NamedTensor) -> Bool {
        var words = tensor.name.parts(at: ".").suffix(5)
        guard let last = words.last else { return false }
        if isNumber(last) {
            words = words.dropLast()
            if words.suffix(1) == ["params"], words.dropLast(2).last == "param_groups" { return true }
        }
        guard words.count >= 3, let buffer = words.popLast(), buffers.contains(buffer),
            let number = words.popLast(), isNumber(number)
        else { return false }
        return words.last == "state"
    }

    private static func isNumber(_ word: String) -> Bool { !word.isEmpty && word.isDigits }
}
