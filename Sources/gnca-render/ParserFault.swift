import ArgumentParser
import GNCABasics

/// What the argument parser refuses, in the program's words.
struct ParserFault {
    /// The option or argument whose value is wrong, as batches name it: "fps"; nil for everything else.
    private(set) var key: String?
    private(set) var sentence: String

    /// `words`: those of the command line.
    init(_ error: any Error, words: [String]) {
        sentence = Self.message(error, words: words)
        // By scalars: a value may begin with a combining mark.
        let form = #/(?s)The value '(?<value>.*)' is invalid for '(?<name>[^ ']+).*?'(?<more>.*)/#
        guard let match = sentence.wholeMatch(of: form.matchingSemantics(.unicodeScalar)) else { return }
        let (name, value) = (match.output.name, String(match.output.value))
        let isOption = name.begins(with: "-")
        let key = isOption ? String(name.drop { $0 == "-" }) : String(name.dropFirst().prefix { $0 != ">" })
        self.key = key
        sentence = Self.sentence(isOption ? String(name) : key, value, String(match.output.more))
    }

    private static func sentence(_ subject: String, _ value: String, _ more: String) -> String {
        guard let reason = more.without(beginning: ": ") else {
            // The parser lists the values in quotes, or one in a line; where there is no list, the value is a number.
            let choice = #/'([^']+)'| - (\S+)/#
            let known = more.matches(of: choice.matchingSemantics(.unicodeScalar)).map { String($0.1 ?? $0.2 ?? "") }
            let expected = known.isEmpty ? OptionText.numberExpected(inPlaceOf: value) : OptionText.choice(of: known)
            return "\(subject) is \"\(value)\" (expected \(expected))"
        }
        return reason.begins(with: "is ") ? "\(subject) \(reason)" : "\(subject): \(reason)"
    }

    private static var missingArgument: Regex<(Substring, Substring?)> {
        #/Missing expected argument '(--[a-z-]+)?/#.matchingSemantics(.unicodeScalar)
    }

    /// The parser names what is missing before what it does not know: somebody who mistypes an option wants to hear of that.
    private static func message(_ error: any Error, words: [String]) -> String {
        let message = RootCommand.message(for: error)
        var (later, words) = (message, words)
        for _ in 0..<4 {
            guard let missing = later.prefixMatch(of: missingArgument) else { break }
            words += missing.output.1.map { [String($0), "x"] } ?? ["x"]
            do {
                _ = try RootCommand.parseAsRoot(words)
                break
            } catch {
                later = RootCommand.message(for: error)
            }
        }
        return later.begins(with: "Unknown option") ? withHint(later, words) : message
    }

    /// The parser compares letters; here, words of a name count, too: --seed is --random-seed.
    private static func withHint(_ message: String, _ words: [String]) -> String {
        let form = #/Unknown option '--(?<name>[^']*)'.*/#
        guard let name = message.wholeMatch(of: form.matchingSemantics(.unicodeScalar))?.output.name,
            let subcommand = Subcommand.described.first(where: { $0.name == FirstWord.subcommandName(words[...]) })
        else { return message }
        let known = subcommand.arguments.filter { $0.kind != .positional }.map(\.key)
        let hint = Spelling.hint(String(name), known: known, advice: "", mark: "--")
        return "Unknown option '--\(name)'" + (hint.isEmpty ? "" : ": \(hint)")
    }
}
