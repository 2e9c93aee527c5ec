import Render
import Yams

/// One value of a YAML file that knows where it stands and what it is called, for messages with line numbers.
///
/// Anchors, aliases and tags are refused: a file says what it says, and cannot blow up when it is read.
struct YAMLValue {
    let node: Node
    let file: String
    /// As messages call it: "steps", "an event".
    let label: String

    /// The document. Throws where the text is no YAML, is empty or nests too deep.
    static func root(of text: String, file: String) throws(YAMLFileError) -> YAMLValue {
        try refuseAliases(in: text, file: file)
        do {
            let parser = try Parser(yaml: text, encoding: .utf8)
            guard let node = try parser.singleRoot() else {
                throw YAMLFileError(file: file, line: nil, reason: "is empty")
            }
            let value = YAMLValue(node: node, file: file, label: "the file")
            // A node only points at its anchor; the parser is who keeps it.
            try withExtendedLifetime(parser) { try value.checkPlain(deepest: YAMLFile.deepestNesting) }
            return value
        } catch let error as YAMLFileError {
            throw error
        } catch let error as YamlError {
            throw YAMLFileError(error, file: file, text: text)
        } catch {
            throw YAMLFileError(file: file, line: nil, reason: "is no YAML: \(error)")
        }
    }

    var line: Int? { node.mark?.line }

    func error(_ reason: String) -> YAMLFileError { YAMLFileError(file: file, line: line, reason: reason) }

    /// As scalars are written; nil for lists and mappings.
    private var scalar: Node.Scalar? {
        if case .scalar(let scalar) = node { scalar } else { nil }
    }

    private func wrongType(_ expected: String) -> YAMLFileError {
        let got =
            switch node {
            case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "\"\(scalar.string.prefix(40))\""
            case .mapping: "a mapping"
            case .sequence: "a list"
            case .alias: "an alias"
            }
        return error("\(label) must be \(expected) (got \(got))")
    }

    /// A mapping that has no keys but `keys`; nil = whatever keys there are. `name` is what messages call it, `advice`
    /// what they say to an unknown key that resembles no known one, in place of listing them.
    func mapping(_ name: String, keys: [String]? = nil, advice: String? = nil) throws(YAMLFileError) -> YAMLMapping {
        guard case .mapping(let pairs) = node else { throw wrongType("a mapping") }
        var values: [(key: String, value: YAMLValue)] = []
        for (key, value) in pairs {
            let word = key.scalar?.string ?? ""
            if let keys, !keys.contains(word) {
                let hint = Spelling.hint(word, known: keys, advice: advice)
                throw YAMLFileError(
                    file: file, line: key.mark?.line, reason: "unknown key \"\(word.prefix(40))\" in \(name) (\(hint))")
            }
            values.append((word, YAMLValue(node: value, file: file, label: word)))
        }
        return YAMLMapping(owner: self, name: name, values: values)
    }

    /// The entries of a list; each is called as the list is.
    func list() throws(YAMLFileError) -> [YAMLValue] {
        guard case .sequence(let nodes) = node else { throw wrongType("a list") }
        return nodes.map { YAMLValue(node: $0, file: file, label: label) }
    }

    /// The entries of a list, or the value itself where it is none.
    func oneOrMore() throws(YAMLFileError) -> [YAMLValue] {
        guard case .sequence = node else { return [self] }
        let values = try list()
        guard !values.isEmpty else { throw error("\(label) is empty") }
        return values
    }

    func text() throws(YAMLFileError) -> String {
        guard let scalar, !scalar.string.isEmpty || scalar.style != .plain else { throw wrongType("text") }
        return scalar.string
    }

    func integer(in range: ClosedRange<Int>) throws(YAMLFileError) -> Int {
        guard let scalar, scalar.style == .plain, let value = Int(scalar.string) else {
            throw wrongType("a whole number")
        }
        guard range.contains(value) else {
            throw error("\(label) out of range (got \(value), expected \(range.lowerBound)...\(range.upperBound))")
        }
        return value
    }

    func number(in range: ClosedRange<Double>) throws(YAMLFileError) -> Double {
        guard let scalar, scalar.style == .plain, case .cells(let value)? = try? Length(parsing: scalar.string) else {
            throw wrongType("a number")
        }
        guard range.contains(value) else {
            throw error("\(label) out of range (got \(scalar.string), expected \(words(range)))")
        }
        return value
    }

    private func words(_ range: ClosedRange<Double>) -> String {
        func short(_ value: Double) -> String { Int(exactly: value).map(String.init) ?? "\(value)" }
        return "\(short(range.lowerBound))...\(short(range.upperBound))"
    }

    /// true or false as it stands without quotes; nil for everything else.
    var truth: Bool? {
        guard let scalar, scalar.style == .plain else { return nil }
        return scalar.string == "true" ? true : scalar.string == "false" ? false : nil
    }

    /// Whether `words` stand in the text, or in one of a list of texts.
    func isText(containing words: String) -> Bool {
        ((try? oneOrMore()) ?? []).contains { $0.scalar?.string.contains(words) == true }
    }

    /// true; anything else is refused, since leaving the key out says the same.
    func mustBeTrue() throws(YAMLFileError) {
        guard truth == true else { throw wrongType("true") }
    }

    /// One of the words of an enumeration.
    func choice<Choice: RawRepresentable & CaseIterable>() throws(YAMLFileError) -> Choice
    where Choice.RawValue == String {
        guard let scalar, let choice = Choice(rawValue: scalar.string) else {
            throw wrongType(Choice.allCases.map(\.rawValue).joined(separator: " or "))
        }
        return choice
    }

    /// Text that another module reads; its sentence gets the line.
    func parsed<Value>(_ parse: (String) throws(RenderError) -> Value) throws(YAMLFileError) -> Value {
        let text = try text()
        do { return try parse(text) } catch { throw self.error("\(label): \(error)") }
    }
}

/// A mapping whose keys are known.
struct YAMLMapping {
    let owner: YAMLValue
    /// As messages call it: "an event".
    let name: String
    /// In the order of the file.
    let values: [(key: String, value: YAMLValue)]

    subscript(key: String) -> YAMLValue? { values.first { $0.key == key }?.value }

    func required(_ key: String) throws(YAMLFileError) -> YAMLValue {
        guard let value = self[key] else { throw owner.error("\(name) has no \(key)") }
        return value
    }
}

// What is refused before anything is read
extension YAMLValue {
    /// Nested aliases take exponential time while the document is composed, so they are looked for in the bare text.
    private static func refuseAliases(in text: String, file: String) throws(YAMLFileError) {
        var anchorLine: Int?
        var hasAlias = false
        var line = 1
        var previous = UInt8(ascii: "\n")
        let bytes = Array(text.utf8)
        for (index, byte) in bytes.enumerated() {
            let beginsToken = " \t\n\r[]{},:-?".utf8.contains(previous)
            let hasName = index + 1 < bytes.count && !" \t\n\r".utf8.contains(bytes[index + 1])
            if beginsToken, hasName {
                if byte == UInt8(ascii: "&"), anchorLine == nil { anchorLine = line }
                if byte == UInt8(ascii: "*") { hasAlias = true }
            }
            if byte == UInt8(ascii: "\n") { line += 1 }
            previous = byte
        }
        if let anchorLine, hasAlias {
            throw YAMLFileError(file: file, line: anchorLine, reason: "anchors and aliases are not allowed")
        }
    }

    private func checkPlain(deepest: Int) throws(YAMLFileError) {
        guard deepest > 0 else { throw error("nests too deep (limit \(YAMLFile.deepestNesting) levels)") }
        guard node.anchor == nil else { throw error("anchors and aliases are not allowed") }
        let tag: Tag
        switch node {
        case .scalar(let scalar):
            // Yams itself tags what stands in quotes.
            if scalar.style != .plain, scalar.tag.description == Tag.Name.str.rawValue { return }
            tag = scalar.tag
        case .sequence(let nodes):
            tag = nodes.tag
            for child in nodes { try self.child(child).checkPlain(deepest: deepest - 1) }
        case .mapping(let pairs):
            tag = pairs.tag
            for (key, value) in pairs {
                try child(key).checkKey()
                try child(value).checkPlain(deepest: deepest - 1)
            }
        case .alias: throw error("anchors and aliases are not allowed")
        }
        guard tag.description == Tag.Name.implicit.rawValue else { throw error("tags are not allowed (got \(tag))") }
    }

    /// Keys lose track of whether their tag was written: Yams resolves it when it looks for duplicates.
    private func checkKey() throws(YAMLFileError) {
        guard case .scalar = node else { throw error("a key must be a word") }
        guard node.anchor == nil else { throw error("anchors and aliases are not allowed") }
    }

    private func child(_ node: Node) -> YAMLValue { YAMLValue(node: node, file: file, label: label) }
}

extension YAMLFileError {
    /// What Yams says, as one sentence with a line.
    fileprivate init(_ error: YamlError, file: String, text: String) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            self.init(file: file, line: mark.line, reason: "is no YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            self.init(
                file: file, line: context.mark.line,
                reason: "key \"\(duplicates.first ?? "")\" is written twice in one mapping")
        case .reader(let problem, let offset, _, _):
            let line = offset.map { text.prefix($0).count { $0.isNewline } + 1 }
            self.init(file: file, line: line, reason: "is no YAML: \(problem)")
        default:
            self.init(file: file, line: nil, reason: "is no YAML")
        }
    }
}
