/// What an optimiser remembers of a training, which PyTorch users often save beside the model in one dictionary.
enum OptimiserState {
    /// Last words of the names that torch.optim gives its buffers, one or several for every weight.
    private static let buffers: Set<String> = [
        "step", "exp_avg", "exp_avg_sq", "max_exp_avg_sq", "exp_inf", "momentum_buffer", "square_avg", "grad_avg",
        "sum", "acc_delta", "ax", "eta", "mu",
    ]

    /// Whether a tensor is called `[...].state.NUMBER.BUFFER`, as only an optimiser's are.
    static func holds(_ tensor: NamedTensor) -> Bool {
        let words = tensor.name.parts(at: ".")
        return words.count >= 3 && buffers.contains(words[words.count - 1])
            && words[words.count - 2].isDigits && words[words.count - 3] == "state"
    }
}
