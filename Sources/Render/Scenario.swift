/// A kind of film: data only, it draws nothing.
public protocol Scenario: Sendable {
    /// As `--scenario` and `list` name it: "regen".
    static var name: String { get }
    /// One line for `list`.
    static var summary: String { get }
    /// What happens when. Throws where the request makes no sense; the sentence says why.
    static func timeline(_ request: ScenarioRequest) throws(RenderError) -> Timeline
}

/// Every scenario, in the order of `list`.
public enum Scenarios {
    public static let all: [any Scenario.Type] = [Grow.self, Persist.self, Regen.self, Rotate.self]

    /// The scenario called `name`. Throws `RenderError.unknown`.
    public static func named(_ name: String) throws(RenderError) -> any Scenario.Type {
        guard let scenario = all.first(where: { $0.name == name }) else {
            throw .unknown(kind: "scenario", name: name, known: all.map { $0.name })
        }
        return scenario
    }
}
