import ArgumentParser
import GNCABasics
import GNCARaster

/// The word that a command line begins with: a subcommand, or the first argument of `render`.
enum FirstWord {
    /// Subcommands, their aliases, and what the argument parser adds.
    static let subcommands =
        RootCommand.configuration.subcommands.flatMap { [$0._commandName] + $0.configuration.aliases } + ["help"]

    /// Throws a request for help where there is no word, and `CommandError.usage` where help is asked about no subcommand
    /// or `render` would look for a file that nobody meant: no file of that name is there, and nothing in the word looks
    /// like a file's name.
    static func check(_ words: ArraySlice<String>) throws {
        guard let word = words.first else { throw CleanExit.helpRequest() }
        if words.elementsEqual(["info"]) {
            throw CommandError.usage(
                "no model is named (gnca-render info MODEL tells what a file is, gnca-render list what there is to "
                    + "choose from, gnca-render version what this program is made of)")
        }
        if word == "help", let topic = words.dropFirst().first, !topic.begins(with: "-"), !subcommands.contains(topic) {
            throw CommandError.usage(
                "there is no subcommand \"\(topic)\" (\(Spelling.hint(topic, known: subcommands)))")
        }
        if Emoji.looksLike(word), (try? FileSystem.status(word, followsLink: false)) == nil {
            throw CommandError.usage("\(word) is a picture, no model (\(ModelOptions.training(word)))")
        }
        guard !subcommands.contains(word), !word.begins(with: "-"), !word.holds("."), !word.holds("/"),
            (try? FileSystem.status(word, followsLink: false)) == nil
        else { return }
        throw CommandError.usage(
            "there is neither a file nor a subcommand \"\(word)\" (\(Spelling.hint(word, known: subcommands)))")
    }

    /// Whose options the words are, as they name it.
    static func subcommand(_ words: ArraySlice<String>) -> String {
        words.first.flatMap { subcommands.contains($0) ? $0 : nil } ?? RenderCommand._commandName
    }

    /// The same by its own name, where the words have an alias.
    static func subcommandName(_ words: ArraySlice<String>) -> String {
        let word = subcommand(words)
        let found = RootCommand.configuration.subcommands.first { $0.configuration.aliases.contains(word) }
        return found?._commandName ?? word
    }
}
