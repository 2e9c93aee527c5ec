import CGNCAYAML

/// One node of a YAML document, as libyaml reads it.
///
/// Anchors, aliases and tags are refused while it is read: a file says what it says, and cannot blow up.
struct YAMLNode {
    enum Content {
        /// `isPlain`: written without quotes.
        case scalar(String, isPlain: Bool)
        case list([YAMLNode])
        /// In the order of the file, no key twice. `line`: the key's, from 1.
        case mapping([(key: String, line: Int, value: YAMLNode)])
    }

    let content: Content
    /// From 1.
    let line: Int

    /// The only document in `text`. Throws where the text is no YAML, is empty, has what is refused or nests deeper than
    /// `deepest`; messages name `file`.
    static func document(in text: String, file: String, deepest: Int) throws(YAMLFileError) -> YAMLNode {
        let reader = try YAMLReader(text, file: file)
        return try reader.document(deepest: deepest)
    }
}

/// Takes libyaml's events one after the other.
private final class YAMLReader {
    private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    /// libyaml reads from here until the end.
    private let bytes: UnsafeMutableBufferPointer<UInt8>
    private let file: String

    init(_ text: String, file: String) throws(YAMLFileError) {
        self.file = file
        bytes = .allocate(capacity: max(1, text.utf8.count))
        _ = bytes.initialize(from: text.utf8)
        // Zeros are what a parser without memory is deleted as.
        UnsafeMutableRawPointer(parser).initializeMemory(
            as: UInt8.self, repeating: 0, count: MemoryLayout<yaml_parser_t>.size)
        guard yaml_parser_initialize(parser) == 1 else { throw failure(nil, "is no YAML: out of memory") }
        yaml_parser_set_input_string(parser, bytes.baseAddress, text.utf8.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        bytes.deallocate()
    }

    func document(deepest: Int) throws(YAMLFileError) -> YAMLNode {
        _ = try next()  // the stream's start
        guard try next().kind == YAML_DOCUMENT_START_EVENT else { throw failure(nil, "is empty") }
        let root = try node(try next(), deepest: deepest)
        _ = try next()  // the document's end
        let end = try next()
        guard end.kind == YAML_STREAM_END_EVENT else {
            throw failure(end.line, "another document begins, and a file has one")
        }
        return root
    }

    private func node(_ event: Event, deepest: Int) throws(YAMLFileError) -> YAMLNode {
        guard deepest > 0 else {
            throw failure(event.line, "nests too deep (limit \(YAMLFile.deepestNesting) levels)")
        }
        guard !event.isReference else { throw failure(event.line, "anchors and aliases are not allowed") }
        if let tag = event.tag { throw failure(event.line, "tags are not allowed (got \(tag.beginning()))") }
        switch event.kind {
        case YAML_SCALAR_EVENT:
            guard !event.text.unicodeScalars.contains(where: Self.isControl) else {
                throw failure(event.line, "control characters are not allowed, nor are escapes that stand for them")
            }
            return YAMLNode(content: .scalar(event.text, isPlain: event.isPlain), line: event.line)
        case YAML_SEQUENCE_START_EVENT:
            return YAMLNode(content: .list(try list(deepest: deepest - 1)), line: event.line)
        default:
            return YAMLNode(content: .mapping(try mapping(deepest: deepest - 1)), line: event.line)
        }
    }

    /// Whether it is none of those that end or indent a line: as they are, libyaml refuses them, but not as escapes. Zero
    /// ends a text in C, and terminals obey others.
    private static func isControl(_ character: Unicode.Scalar) -> Bool {
        character.properties.generalCategory == .control && !"\t\n\r\u{85}".unicodeScalars.contains(character)
    }

    private func list(deepest: Int) throws(YAMLFileError) -> [YAMLNode] {
        var nodes: [YAMLNode] = []
        while true {
            let event = try next()
            if event.kind == YAML_SEQUENCE_END_EVENT { return nodes }
            nodes.append(try node(event, deepest: deepest))
        }
    }

    private func mapping(deepest: Int) throws(YAMLFileError) -> [(key: String, line: Int, value: YAMLNode)] {
        var pairs: [(key: String, line: Int, value: YAMLNode)] = []
        var keys: Set<String> = []
        while true {
            let event = try next()
            if event.kind == YAML_MAPPING_END_EVENT { return pairs }
            guard case .scalar(let key, _) = try node(event, deepest: deepest).content else {
                throw failure(event.line, "a key must be a word")
            }
            guard keys.insert(key).inserted else {
                throw failure(event.line, "key \"\(key.beginning())\" is written twice in one mapping")
            }
            pairs.append((key, event.line, try node(try next(), deepest: deepest)))
        }
    }

    /// What this program needs of an event of libyaml's.
    private struct Event {
        var kind: yaml_event_type_t
        /// From 1.
        var line: Int
        /// Whether it is an alias or has an anchor.
        var isReference = false
        var tag: String?
        var text = ""
        var isPlain = false
    }

    private func next() throws(YAMLFileError) -> Event {
        var raw = yaml_event_t()
        guard yaml_parser_parse(parser, &raw) == 1 else { throw parserFailure() }
        defer { yaml_event_delete(&raw) }
        var event = Event(kind: raw.type, line: raw.start_mark.line + 1)
        switch raw.type {
        case YAML_ALIAS_EVENT:
            event.isReference = true
        case YAML_SCALAR_EVENT:
            let scalar = raw.data.scalar
            event.isReference = scalar.anchor != nil
            event.tag = scalar.tag.map { String(cString: $0) }
            event.text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            event.isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
        case YAML_SEQUENCE_START_EVENT:
            event.isReference = raw.data.sequence_start.anchor != nil
            event.tag = raw.data.sequence_start.tag.map { String(cString: $0) }
        case YAML_MAPPING_START_EVENT:
            event.isReference = raw.data.mapping_start.anchor != nil
            event.tag = raw.data.mapping_start.tag.map { String(cString: $0) }
        default:
            break
        }
        return event
    }

    /// What libyaml says, as one sentence with a line.
    private func parserFailure() -> YAMLFileError {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "out of memory"
        let line =
            switch parser.pointee.error {
            case YAML_READER_ERROR: bytes.prefix(parser.pointee.problem_offset).count { $0 == UInt8(ascii: "\n") } + 1
            case YAML_MEMORY_ERROR: nil as Int?
            default: parser.pointee.problem_mark.line + 1
            }
        return failure(line, "is no YAML: \(problem)\(context(line) ?? "")")
    }

    /// What libyaml was about, where that begins in another line: of quotes that are never closed, the first.
    private func context(_ line: Int?) -> String? {
        let start = parser.pointee.context_mark.line + 1
        guard let words = parser.pointee.context, let line, start < line else { return nil }
        return " (\(String(cString: words)) from line \(start) on)"
    }

    private func failure(_ line: Int?, _ reason: String) -> YAMLFileError {
        YAMLFileError(file: file, line: line, reason: reason)
    }
}
