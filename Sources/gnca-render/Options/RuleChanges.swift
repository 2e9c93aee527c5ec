import GNCACells
import GNCACheckpoints

/// Settings of a rule that the user names: "clamp=rgba:0:1,picture=single".
struct RuleChanges: Sendable {
    private let changes: [(setting: RuleSetting, value: String)]

    init(_ text: String) throws(OptionFault) {
        var changes: [(setting: RuleSetting, value: String)] = []
        var rule = Rule.blank
        for word in text.parts(at: ",") {
            let sides = word.parts(at: "=", most: 2)
            guard sides.count == 2, let setting = RuleSettings.named(sides[0]) else {
                let names = RuleSettings.all.map(\.name).joined(separator: ", ")
                throw OptionFault(text, expected: "KEY=VALUE,... with the keys \(names)")
            }
            guard setting.set(sides[1], &rule) else {
                throw OptionFault(
                    "the rule has a wrong \(setting.name) (got \"\(sides[1])\", expected \(setting.expected))")
            }
            changes.append((setting, sides[1]))
        }
        self.changes = changes
    }

    /// Which settings.
    var names: [String] { changes.map(\.setting.name) }

    func apply(to rule: inout Rule) {
        // Tried when they were read.
        for change in changes { _ = change.setting.set(change.value, &rule) }
    }
}
