/// A JSON value as it stands in a file. Members keep their order, numbers their spelling, so that nothing is lost.
public enum JSONValue: Equatable {
    /// Names and their values, in the order of the file.
    case object([JSONMember])
    /// A list.
    case array([JSONValue])
    /// A text, escapes resolved.
    case string(String)
    /// The number as it is written: `Float(text)` is then exact, without a detour through `Double`.
    case number(String)
    /// `true` or `false`.
    case bool(Bool)
    /// `null`.
    case null

    /// The value of a member of an object; nil where it has none, or is none.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The values of a list; nil for everything else.
    public var elements: [JSONValue]? {
        if case .array(let values) = self { values } else { nil }
    }

    /// The text of a string; nil for everything else.
    public var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// As messages name it.
    public var kind: String {
        switch self {
        case .object: "an object"
        case .array: "a list"
        case .string: "a text"
        case .number: "a number"
        case .bool: "true or false"
        case .null: "null"
        }
    }
}

/// One name and its value in a JSON object.
public struct JSONMember: Equatable {
    /// Unique within the object.
    public var name: String
    /// What stands behind the colon.
    public var value: JSONValue

    /// A member of that name and value.
    public init(name: String, value: JSONValue) {
        self.name = name
        self.value = value
    }
}
