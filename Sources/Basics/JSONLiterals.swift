// JSON as it is written in Swift: ["type": "object", "required": ["jobs"], "minItems": 1].

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
    /// An object, in the order of the literal.
    public init(dictionaryLiteral members: (String, JSONValue)...) {
        self = .object(members.map { JSONMember(name: $0.0, value: $0.1) })
    }

    /// A list.
    public init(arrayLiteral values: JSONValue...) { self = .array(values) }
}

extension JSONValue: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    /// A text.
    public init(stringLiteral text: String) { self = .string(text) }

    /// A whole number.
    public init(integerLiteral number: Int) { self = .number("\(number)") }

    /// `true` or `false`.
    public init(booleanLiteral flag: Bool) { self = .bool(flag) }
}
