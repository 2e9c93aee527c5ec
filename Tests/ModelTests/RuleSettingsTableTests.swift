import Foundation
import Testing

@testable import GNCACells
@testable import GNCACheckpoints

/// What docs/checkpoints.md says in tables that follow from the program's own.
@Suite struct RuleSettingsTableTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    private static func rows() throws -> [String] {
        try String(contentsOfFile: root + "/docs/checkpoints.md", encoding: .utf8).split(separator: "\n")
            .filter { $0.hasPrefix("| ") }.map(String.init)
    }

    @Test func everySettingStandsInTheGuideAsItsRowHasIt() throws {
        let rows = try Self.rows()
        for setting in RuleSettings.all {
            let row = "| \(setting.name) | \(setting.text(.blank)) | \(setting.expected) | \(setting.summary) |"
            #expect(rows.contains(row), "\(row)")
        }
    }

    @Test func everySettingOfPlainTensorsStandsInTheGuide() throws {
        let text = try Self.rows().joined(separator: "\n")
        for setting in RuleSettings.all {
            #expect(text.contains("setting_" + setting.name.replacing("-", with: "_")), "\(setting.name)")
        }
    }

    @Test func everyFamilyHasARow() throws {
        let rows = try Self.rows()
        for family in Family.all {
            #expect(rows.contains { $0.hasPrefix("| \(family.name) | ") }, "\(family.name)")
        }
    }

    @Test func everyFilterIsExplained() throws {
        let text = try String(contentsOfFile: Self.root + "/docs/checkpoints.md", encoding: .utf8)
        for kernel in Filter.Kernel.allCases { #expect(text.contains("`\(kernel.rawValue)`"), "\(kernel.rawValue)") }
    }
}
