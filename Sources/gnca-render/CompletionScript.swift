import ArgumentParser
import GNCARender

/// What `--generate-completion-script` prints: the argument parser's script, and what that does not know. Words that begin
/// with no subcommand are those of `render`, an alias is a subcommand, and `--scenario` takes names as well as files.
enum CompletionScript {
    /// The script that the words of a command line ask for; nil where they ask for none.
    static func requested(by words: ArraySlice<String>) -> String? {
        let option = "--generate-completion-script"
        guard let first = words.first, first == option || first.begins(with: option + "=") else { return nil }
        let name = first.without(beginning: option + "=") ?? words.dropFirst().first
        return (name.map { CompletionShell(rawValue: $0) } ?? CompletionShell.autodetected()).map(text)
    }

    static func text(for shell: CompletionShell) -> String {
        edits(for: shell).reduce(RootCommand.completionScript(for: shell)) { script, edit in
            edit.applied(to: script) ?? script
        }
    }

    /// A change in the places where `old` stands.
    struct Edit {
        let old: String
        let new: String

        var places = 1

        init(_ old: String, becomes new: String) { (self.old, self.new) = (old, new) }
        init(_ old: String, isFollowedBy lines: String) { self.init(old, becomes: old + lines) }

        /// nil where `old` does not stand in exactly as many places.
        func applied(to script: String) -> String? {
            let parts = script.split(separator: old, omittingEmptySubsequences: false)
            return parts.count == places + 1 ? parts.joined(separator: new) : nil
        }

        /// The same for every subcommand that has a scenario: render, figure and page.
        var forScenarios: Edit {
            var edit = self
            edit.places = 3
            return edit
        }
    }

    static func edits(for shell: CompletionShell) -> [Edit] {
        switch shell {
        case .bash: bash
        case .zsh: zsh
        case .fish: fish
        default: []
        }
    }

    private static let scenarioNames = Scenarios.all.map { $0.name }
    private static let scenarios = scenarioNames.joined(separator: " ")

    /// One line for every alias of a subcommand.
    private static func forAliases(_ line: (_ alias: String, _ name: String) -> String) -> String {
        RootCommand.configuration.subcommands.flatMap { subcommand in
            subcommand.configuration.aliases.map { line($0, subcommand._commandName) }
        }.joined()
    }

    private static var bash: [Edit] {
        let names = FirstWord.subcommands.joined(separator: "|")
        let newLines = "'$'\\n''"
        return [
            // It is sourced, not run.
            Edit("#!/bin/bash\n\n", becomes: ""),
            Edit(
                "    local -a unparsed_words=(\"${COMP_WORDS[@]:1:${COMP_CWORD}}\")\n",
                isFollowedBy: """

                        # Words that begin with no subcommand are those of render
                        if [[ "${COMP_CWORD}" -eq 1 || ! "${COMP_WORDS[1]}" =~ ^(\(names))$ ]]; then
                            local -a repeating_flags non_repeating_flags repeating_options non_repeating_options
                            [[ "${COMP_CWORD}" -eq 1 ]] && __gnca-render_add_completions -W '\
                    \(FirstWord.subcommands.joined(separator: newLines))'
                            _gnca-render_render
                            return
                        fi

                    """
                        + forAliases { "    [[ \"${unparsed_words[0]}\" = \($0) ]] && unparsed_words[0]=\($1)\n" }),
            Edit(
                "    '--scenario')\n",
                isFollowedBy: """
                            __gnca-render_add_completions -W '\
                    \(scenarioNames.joined(separator: newLines))'

                    """
            ).forScenarios,
        ]
    }

    private static var zsh: [Edit] {
        let files = "_files -g '\\''*.yaml *.yml'\\''"
        return [
            Edit(
                "    local -ir current_word_index=\"$((CURRENT - 1))\"\n",
                isFollowedBy: """

                        # Words that begin with no subcommand are those of render
                        if [[ "${words[2]}" != (\(FirstWord.subcommands.joined(separator: "|"))) ]] \\
                            && { (( CURRENT > 2 )) || [[ "${words[2]}" = -* ]] }; then
                            _gnca-render_render
                            return
                        fi

                    """ + forAliases { "    [[ \"${words[2]}\" = \($0) ]] && words[2]=\($1)\n" }),
            Edit("        _describe -V subcommand subcommands && ret=0\n", isFollowedBy: "        _files && ret=0\n"),
            Edit(
                ":name|file:\(files)'",
                becomes: ":name|file:{__gnca-render_complete \(scenarios); \(files)}'"
            ).forScenarios,
        ]
    }

    private static var fish: [Edit] {
        let condition = "complete -c 'gnca-render' -n '__gnca-render_should_offer_completions_for"
        let match = "    test \"$commands\" = \"$expected_commands\"; and return"
        return [
            Edit(
                "    set -l unparsed_tokens (__gnca-render_tokens -pc)\n",
                isFollowedBy: forAliases {
                    "    test \"$unparsed_tokens[2]\" = \($0); and set unparsed_tokens[2] \($1)\n"
                } + """
                        # Tokens that begin with no subcommand are those of render
                        if test (count $unparsed_tokens) -gt 1; and not contains -- $unparsed_tokens[2] \
                    \(FirstWord.subcommands.joined(separator: " "))
                            set unparsed_tokens $unparsed_tokens[1] render $unparsed_tokens[2..]
                        end

                    """),
            // The first word may become a subcommand, an option of render, or a file.
            Edit(
                match,
                becomes: "    test \"$commands\" = gnca-render; and set commands gnca-render render\n\(match)"),
            Edit(
                "complete -c 'gnca-render' -f\n",
                isFollowedBy: """
                    \(condition)_positional "gnca-render" -eq 1' -F
                    \(condition)_flags_or_options "gnca-render render" scenario' -l 'scenario' -rka '\(scenarios)'
                    \(condition)_flags_or_options "gnca-render figure" scenario' -l 'scenario' -rka '\(scenarios)'
                    \(condition)_flags_or_options "gnca-render page" scenario' -l 'scenario' -rka '\(scenarios)'

                    """),
        ]
    }
}
