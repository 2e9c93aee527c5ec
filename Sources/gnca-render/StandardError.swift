import GNCABasics

/// Writes text to standard error, unbuffered. Nobody can be told if that fails.
func writeToStandardError(_ text: String) {
    _ = Array(text.utf8).withUnsafeBytes { Platform.writeAll(STDERR_FILENO, $0) }
}

/// Tells what the user should know.
func note(_ sentence: String) {
    writeToStandardError("gnca-render: note: \(Escaping.visible(sentence, keepsLines: true))\n")
}
