extension Result {
    /// What went wrong, if anything did.
    var failure: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}
