import ArgumentParser
import GNCACells
import GNCAExport

/// `version`, and `--version` everywhere: what this program is, and what it has found on this machine.
struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Show the version, those of libav and Swift, and which kernels this CPU runs.")

    func run() { sayLines(Self.text) }

    /// The version alone in the first line; then a line for each part.
    static var text: String {
        let kernels = MachineArithmetic.kernels
        let others = kernels.dropFirst()
        var parts = LibavVersions.all.map { (name: $0.library, words: $0.version) }
        parts.append(("kernels", kernels[0] + (others.isEmpty ? "" : " (also: \(others.joined(separator: ", ")))")))
        parts.append(("Swift", swiftVersion))
        return
            (["gnca-render \(programVersion)"]
            + parts.map { "\($0.name)\(String(repeating: " ", count: 12 - $0.name.count))\($0.words)" })
            .joined(separator: "\n")
    }

    /// Of the standard library inside this program, which is that of the compiler; nothing tells the patch release.
    private static var swiftVersion: String {
        "\(_SwiftStdlibVersion.current)".split(separator: ".").prefix(2).joined(separator: ".")
    }
}
