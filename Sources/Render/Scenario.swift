/// A kind of film: data only, it draws nothing.
public protocol Scenario: Sendable {
    /// As films ask for it: "regen".
    static var name: String { get }
    /// One line for lists of scenarios.
    static var summary: String { get }
    /// What happens when. Throws where the request makes no sense; the sentence says why.
    static func timeline(_ request: ScenarioRequest) throws(RenderError) -> Timeline
}

/// The scenarios that come with this module.
public enum Scenarios {
    /// All of them, in the order in which they are listed.
    public static let all: [any Scenario.Type] = [Grow.self, Persist.self, Regen.self, Rain.self, Rotate.self]

    /// The scenario called `name` among `known`. Throws `RenderError.unknown`.
    public static func named(
        _ name: String, among known: [any Scenario.Type] = all
    ) throws(RenderError) -> any Scenario.Type {
        try RenderError.find(name, "scenario", in: known) { $0.name }
    }
}
