import GNCABasics

/// Options that take one value: of two, the argument parser would take the last without a word.
enum RepeatedOption {
    /// Throws `CommandError.usage` where such an option stands twice. `words`: those of the command line.
    static func check(_ words: ArraySlice<String>) throws(CommandError) {
        // What the parser tells of itself takes milliseconds: only where a word stands twice is it asked.
        let names = words.filter { $0.begins(with: "-") }.map(longName)
        guard Set(names).count < names.count else { return }
        guard let subcommand = Subcommand.described.first(where: { $0.name == FirstWord.subcommandName(words) }) else {
            return
        }
        var given: [String: String] = [:]
        var rest = words
        while let word = rest.popFirst(), word != "--" {
            guard word.begins(with: "-"), let option = subcommand.option(longName(word)) else { continue }
            guard let value = word.cut(at: "=")?.behind ?? rest.popFirst(), !option.isRepeating else { continue }
            if let first = given.updateValue(value, forKey: option.key) {
                throw .usage("--\(option.key) stands twice (got \(first) and \(value), expected one value)")
            }
        }
    }

    /// "--output" of "-o", "--output" and "--output=a.mp4".
    private static func longName(_ word: String) -> String {
        let name = word.cut(at: "=")?.before ?? word
        return name == "-o" ? "--output" : name
    }
}

extension Subcommand {
    /// The option that takes a value and is called so, as "--scale".
    fileprivate func option(_ name: String) -> Argument? {
        name.without(beginning: "--").flatMap { self[$0] }.flatMap { $0.kind == .option ? $0 : nil }
    }
}
