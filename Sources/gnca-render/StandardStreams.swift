import GNCABasics

// Whatever is said to somebody goes through here, so that no text out of a file, an argument or a library reaches a
// terminal that would obey it.

/// One line on standard output.
func say(_ line: String) { print(Escaping.visible(line)) }

/// Lines on standard output, or JSON, or a script: where a line ends is the caller's word, and names in it are shown by
/// `Columns`, `JSONText` or `Escaping.shellWord`.
func sayLines(_ text: String) { print(Escaping.visible(text, keepsLines: true)) }

/// What this program itself has made for another, as it is.
func emit(_ text: String) { print(text) }

/// One line on standard error, unbuffered; several where they are meant to be.
func tell(_ line: String, keepsLines: Bool = false) {
    writeToStandardError(Escaping.visible(line, keepsLines: keepsLines) + "\n")
}

/// Tells what the user should know.
func note(_ sentence: String) { tell("gnca-render: note: \(sentence)") }

/// Writes bytes to standard error as they are. Nobody can be told if that fails.
func writeToStandardError(_ text: String) {
    _ = Array(text.utf8).withUnsafeBytes { Platform.writeAll(STDERR_FILENO, $0) }
}
