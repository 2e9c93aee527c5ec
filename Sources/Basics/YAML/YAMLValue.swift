/// One value of a YAML file that knows where it stands and what it is called, for messages with line numbers.
public struct YAMLValue {
    let node: YAMLNode
    /// As the user named it.
    public let file: String
    /// As messages call it: "steps", "an event".
    public let label: String

    /// The document. Throws where the text is no YAML, is empty or has what `YAMLNode` refuses.
    public static func root(of text: String, file: String) throws(YAMLFileError) -> YAMLValue {
        let node = try YAMLNode.document(in: text, file: file, deepest: YAMLFile.deepestNesting)
        return YAMLValue(node: node, file: file, label: "the file")
    }

    /// From 1.
    public var line: Int { node.line }

    /// An error in the line where this stands; `reason`: a sentence.
    public func error(_ reason: String) -> YAMLFileError { YAMLFileError(file: file, line: line, reason: reason) }

    /// As scalars are written; nil for lists and mappings.
    private var scalar: String? {
        if case .scalar(let text, _) = node.content { text } else { nil }
    }

    /// What is written without quotes.
    private var plain: String? {
        if case .scalar(let text, isPlain: true) = node.content { text } else { nil }
    }

    private func wrongType(_ expected: String) -> YAMLFileError {
        let got =
            switch node.content {
            case .scalar(let text, _): text.isEmpty ? "nothing" : "\"\(text.beginning())\""
            case .mapping: "a mapping"
            case .list: "a list"
            }
        return error("\(label) must be \(expected) (got \(got))")
    }

    /// A mapping that has no keys but `keys`; nil = whatever keys there are. `name` is what messages call it, `advice`
    /// what they say to an unknown key that resembles no known one, in place of listing them.
    public func mapping(_ name: String, keys: [String]? = nil, advice: String? = nil) throws(YAMLFileError)
        -> YAMLMapping
    {
        guard case .mapping(let pairs) = node.content else { throw wrongType("a mapping") }
        var values: [(key: String, value: YAMLValue)] = []
        for (word, line, value) in pairs {
            if let keys, !keys.contains(word) {
                let hint = Spelling.hint(word, known: keys, advice: advice)
                throw YAMLFileError(
                    file: file, line: line, reason: "unknown key \"\(word.beginning())\" in \(name) (\(hint))")
            }
            values.append((word, YAMLValue(node: value, file: file, label: word)))
        }
        return YAMLMapping(owner: self, name: name, values: values)
    }

    /// Whether it has keys.
    public var isMapping: Bool {
        if case .mapping = node.content { true } else { false }
    }

    /// The entries of a list; each is called as the list is.
    public func list() throws(YAMLFileError) -> [YAMLValue] {
        guard case .list(let nodes) = node.content else { throw wrongType("a list") }
        return nodes.map { YAMLValue(node: $0, file: file, label: label) }
    }

    /// The entries of a list, or the value itself where it is none.
    public func oneOrMore() throws(YAMLFileError) -> [YAMLValue] {
        guard case .list = node.content else { return [self] }
        let values = try list()
        guard !values.isEmpty else { throw error("\(label) is empty") }
        return values
    }

    /// What is written; not nothing.
    public func text() throws(YAMLFileError) -> String {
        guard let scalar, !scalar.isEmpty || plain == nil else { throw wrongType("text") }
        return scalar
    }

    /// A whole number without quotes.
    public func integer(in range: ClosedRange<Int>) throws(YAMLFileError) -> Int {
        guard let plain, let value = Int(plain) else {
            throw wrongType("a whole number")
        }
        guard range.contains(value) else {
            throw error("\(label) out of range (got \(value), expected \(range.lowerBound)...\(range.upperBound))")
        }
        return value
    }

    /// A number without quotes, written with digits.
    public func number(in range: ClosedRange<Double>) throws(YAMLFileError) -> Double {
        guard let plain, let value = plain.plainNumber
        else { throw wrongType("a number") }
        guard range.contains(value) else {
            throw error("\(label) out of range (got \(plain), expected \(words(range)))")
        }
        return value
    }

    private func words(_ range: ClosedRange<Double>) -> String {
        func short(_ value: Double) -> String { Int(exactly: value).map(String.init) ?? "\(value)" }
        return "\(short(range.lowerBound))...\(short(range.upperBound))"
    }

    /// true or false as it stands without quotes; nil for everything else.
    public var truth: Bool? {
        plain == "true" ? true : plain == "false" ? false : nil
    }

    /// Whether `words` stand in the text, or in one of a list of texts.
    public func isText(containing words: String) -> Bool {
        ((try? oneOrMore()) ?? []).contains { $0.scalar?.holds(words) == true }
    }

    /// true; anything else is refused, since leaving the key out says the same.
    public func mustBeTrue() throws(YAMLFileError) {
        guard truth == true else { throw wrongType("true") }
    }

    /// One of the words of an enumeration.
    public func choice<Choice: RawRepresentable & CaseIterable>() throws(YAMLFileError) -> Choice
    where Choice.RawValue == String {
        guard let scalar, let choice = Choice(rawValue: scalar) else {
            throw wrongType(Choice.allCases.map(\.rawValue).joined(separator: " or "))
        }
        return choice
    }

    /// Text that another module reads; its sentence gets the line.
    public func parsed<Value>(_ parse: (String) throws -> Value) throws(YAMLFileError) -> Value {
        let text = try text()
        do { return try parse(text) } catch { throw self.error("\(label): \(error)") }
    }
}

/// A mapping whose keys are known.
public struct YAMLMapping {
    let owner: YAMLValue
    /// As messages call it: "an event".
    let name: String
    /// In the order of the file.
    public let values: [(key: String, value: YAMLValue)]

    /// The value behind a key; nil where it is not there.
    public subscript(key: String) -> YAMLValue? { values.first { $0.key == key }?.value }

    /// The value behind a key that must be there.
    public func required(_ key: String) throws(YAMLFileError) -> YAMLValue {
        guard let value = self[key] else { throw owner.error("\(name) has no \(key)") }
        return value
    }
}
