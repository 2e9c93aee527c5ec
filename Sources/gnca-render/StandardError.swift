import GNCABasics

/// Writes text to standard error, unbuffered. Nobody can be told if that fails.
func writeToStandardError(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
        let written = rest.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
        guard written > 0 else { return }
        rest = rest.dropFirst(written)
    }
}

/// Tells what the user should know.
func note(_ sentence: String) { writeToStandardError("gnca-render: note: \(sentence)\n") }
