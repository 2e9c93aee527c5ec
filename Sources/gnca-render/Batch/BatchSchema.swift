import GNCABasics

/// The JSON Schema of a batch file, for editors that complete and check while somebody writes.
enum BatchSchema {
    /// JSON Schema, draft 2020-12, made from what the argument parser knows.
    static var text: String {
        let all = Subcommand.all
        var lines = [
            "{",
            "  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",",
            "  \"title\": \"A batch of gnca-render\",",
            "  \"type\": \"object\",",
            "  \"required\": [\"jobs\"],",
            "  \"additionalProperties\": false,",
            "  \"properties\": {",
            "    \"variables\": {\(quoted("description", "Texts that ${name} stands for; --set changes them.")), "
                + "\"type\": \"object\", \"additionalProperties\": {\"$ref\": \"#/$defs/value\"}},",
            "    \"models\": {\(quoted("description", "Names for model files; a pattern names several.")), "
                + "\"type\": \"object\", \"additionalProperties\": {\"$ref\": \"#/$defs/values\"}},",
            "    \"defaults\": {\(quoted("description", "Options of all jobs of a kind.")), \"type\": \"object\", "
                + "\"additionalProperties\": false, \"properties\": {",
        ]
        lines.append(
            all.map { "      \(JSONText.quoted($0.name)): {\"$ref\": \"#/$defs/\($0.name)-options\"}" }
                .joined(separator: ",\n"))
        lines += [
            "    }},",
            "    \"jobs\": {\"type\": \"array\", \"minItems\": 1, \"items\": {\"oneOf\": [",
            all.map { "      {\"$ref\": \"#/$defs/\($0.name)\"}" }.joined(separator: ",\n"),
            "    ]}}",
            "  },",
            "  \"$defs\": {",
            "    \"value\": {\"type\": [\"string\", \"number\", \"boolean\"]},",
            "    \"values\": {\"oneOf\": [{\"$ref\": \"#/$defs/value\"}, "
                + "{\"type\": \"array\", \"minItems\": 1, \"items\": {\"$ref\": \"#/$defs/value\"}}]},",
        ]
        lines.append(all.map(definitions).joined(separator: ",\n"))
        lines += ["  }", "}"]
        return lines.joined(separator: "\n")
    }

    private static func quoted(_ key: String, _ text: String) -> String {
        "\(JSONText.quoted(key)): \(JSONText.quoted(text))"
    }

    /// A job of one kind, and the options in its defaults.
    private static func definitions(_ subcommand: Subcommand) -> String {
        let options = subcommand.arguments.filter { !Subcommand.decidedByTheBatch.contains($0.key) }
        let properties = options.map { "      \(JSONText.quoted($0.key)): \(schema($0))" }
        let axes = options.filter { $0.key != "output" }.map { argument in
            let key = argument.key == "models" ? "model" : argument.key
            return "        \(JSONText.quoted(key)): {\"$ref\": \"#/$defs/values\"}"
        }
        return """
                \(JSONText.quoted(subcommand.name + "-options")): {"type": "object", "additionalProperties": false, "properties": {
            \(properties.joined(separator: ",\n"))
                }},
                \(JSONText.quoted(subcommand.name)): {\(quoted("description", subcommand.summary)), "type": "object",
                "required": [\(JSONText.quoted(subcommand.name))], "additionalProperties": false, "properties": {
                  \(JSONText.quoted(subcommand.name)): {\(quoted("description", "The job's name.")), "type": "string"},
                  "matrix": {\(quoted("description", "A job for every combination; FIRST...LAST counts.")),
                    "type": "object", "additionalProperties": false, "properties": {
            \(axes.joined(separator: ",\n"))
                  }},
            \(properties.joined(separator: ",\n"))
                }}
            """
    }

    private static func schema(_ argument: Subcommand.Argument) -> String {
        let description = quoted("description", argument.summary)
        if argument.kind == .flag { return "{\(description), \"type\": \"boolean\"}" }
        if argument.choices.isEmpty { return "{\(description), \"$ref\": \"#/$defs/values\"}" }
        return "{\(description), \"enum\": [\(argument.choices.map(JSONText.quoted).joined(separator: ", ")), false]}"
    }
}
