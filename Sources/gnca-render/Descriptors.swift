import GNCABasics

/// Files, pipes and the like that the process may still open.
enum Descriptors {
    /// What Dispatch opens for its threads, and the few files that are open at once beside it. Where it cannot, it crashes.
    static let least = 12

    /// Throws `CommandError.tooFewDescriptors`; to be called before simulations start.
    static func check() throws(CommandError) {
        guard Platform.freeDescriptors(least) == least else { throw .tooFewDescriptors }
    }
}
