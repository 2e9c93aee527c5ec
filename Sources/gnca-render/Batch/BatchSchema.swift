import GNCABasics

/// The JSON Schema of a batch file, for editors that complete and check while somebody writes.
enum BatchSchema {
    /// JSON Schema, draft 2020-12, made from what the argument parser knows.
    static var text: String { JSONText.indented(schema) }

    private static var schema: JSONValue {
        let all = Subcommand.all
        let definitions: [JSONMember] =
            [
                JSONMember(name: "value", value: ["type": ["string", "number", "boolean"]]),
                JSONMember(
                    name: "values",
                    value: [
                        "oneOf": [reference("value"), ["type": "array", "minItems": 1, "items": reference("value")]]
                    ]),
            ] + all.flatMap(definitions)
        return [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "A batch of gnca-render",
            "type": "object",
            "required": ["jobs"],
            "additionalProperties": false,
            "properties": [
                "variables": [
                    "description": "Texts that ${name} stands for; --set changes them.", "type": "object",
                    "additionalProperties": reference("value"),
                ],
                "models": [
                    "description": "Names for model files; a pattern names several.", "type": "object",
                    "additionalProperties": reference("values"),
                ],
                "defaults": [
                    "description": "Options of all jobs of a kind.", "type": "object", "additionalProperties": false,
                    "properties": .object(
                        all.map { JSONMember(name: $0.name, value: reference($0.name + "-options")) }),
                ],
                "jobs": [
                    "type": "array", "minItems": 1,
                    "items": ["oneOf": .array(all.map { reference($0.name) })],
                ],
            ],
            "$defs": .object(definitions),
        ]
    }

    private static func reference(_ name: String) -> JSONValue { ["$ref": "#/$defs/\(name)"] }

    /// A job of one kind, and the options in its defaults.
    private static func definitions(_ subcommand: Subcommand) -> [JSONMember] {
        let options = subcommand.arguments.filter { !Subcommand.decidedByTheBatch.contains($0.key) }
        let properties = options.map { JSONMember(name: $0.key, value: schema($0)) }
        let axes = options.filter { $0.key != "output" }.map { argument in
            JSONMember(name: argument.key == "models" ? "model" : argument.key, value: reference("values"))
        }
        let own: [JSONMember] = [
            JSONMember(name: subcommand.name, value: ["description": "The job's name.", "type": "string"]),
            JSONMember(
                name: "matrix",
                value: [
                    "description": "A job for every combination; FIRST...LAST counts.", "type": "object",
                    "additionalProperties": false, "properties": .object(axes),
                ]),
        ]
        return [
            JSONMember(
                name: subcommand.name + "-options",
                value: ["type": "object", "additionalProperties": false, "properties": .object(properties)]),
            JSONMember(
                name: subcommand.name,
                value: [
                    "description": .string(subcommand.summary), "type": "object",
                    "required": [.string(subcommand.name)], "additionalProperties": false,
                    "properties": .object(own + properties),
                ]),
        ]
    }

    private static func schema(_ argument: Subcommand.Argument) -> JSONValue {
        let description = JSONValue.string(argument.summary)
        if argument.kind == .flag { return ["description": description, "type": "boolean"] }
        if argument.key == "for" {
            // --for OUTPUT:KEY=VALUE, or a mapping of outputs.
            let settings = OutputSetting.keys.map { JSONMember(name: $0, value: reference("values")) }
            let mapping: JSONValue = ["type": "object", "additionalProperties": false, "properties": .object(settings)]
            let outputs: JSONValue = ["type": "object", "additionalProperties": mapping]
            return ["description": description, "oneOf": [reference("value"), ["type": "array"], outputs]]
        }
        if argument.choices.isEmpty { return ["description": description, "$ref": "#/$defs/values"] }
        return ["description": description, "enum": .array(argument.choices.map(JSONValue.string) + [false])]
    }
}
