/// What perception finds outside the grid.
public enum Edges: String, Sendable, CaseIterable {
    /// Nothing: every channel is 0.
    case zero
    /// The opposite edge.
    case torus
}
