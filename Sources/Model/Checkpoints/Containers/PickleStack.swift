import GNCABasics

/// The stack of values, marks among them.
extension PickleMachine {
    mutating func push(_ value: PickleValue) {
        values.append(value)
        push(index: values.count - 1)
    }

    mutating func push(index: Int) { stack.append(index) }

    /// Index of the value on top, which is taken off.
    mutating func pop() throws(FormatFault) -> Int {
        guard let index = stack.popLast(), index != Self.mark else {
            throw fault("nothing on the stack where a value should be")
        }
        return index
    }

    /// Index of the value on top, which stays.
    func top() throws(FormatFault) -> Int {
        guard let index = stack.last, index != Self.mark else {
            throw fault("nothing on the stack where a value should be")
        }
        return index
    }

    /// The values above the last mark; mark and values are taken off.
    mutating func popMarked() throws(FormatFault) -> [Int] {
        guard let mark = stack.lastIndex(of: Self.mark) else { throw fault("no mark on the stack where one should be") }
        defer { stack.removeSubrange(mark...) }
        return Array(stack[(mark + 1)...])
    }

    mutating func number(_ size: Int) throws(FormatFault) -> Int {
        guard let number = reader.number(size) else { throw fault("the pickle is cut off") }
        return Int(truncatingIfNeeded: number)
    }

    mutating func text(length: Int) throws(FormatFault) -> String {
        guard let bytes = reader.take(length) else { throw fault("the pickle is cut off") }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw fault("a text that is not UTF-8") }
        return text
    }

    mutating func pushInteger(bytes count: Int) throws(FormatFault) {
        guard let bytes = reader.take(count) else { throw fault("the pickle is cut off") }
        guard count <= 8 else { return push(.bigInt(bytes)) }
        let sign: UInt64 = (bytes.last ?? 0) >= 0x80 ? .max : 0
        let bits = bytes.reversed().reduce(sign) { $0 << 8 | UInt64($1) }
        push(.int(Int(Int64(bitPattern: bits))))
    }

    mutating func pushBytes(length: Int) throws(FormatFault) {
        guard reader.take(length) != nil else { throw fault("the pickle is cut off") }
        push(.bytes)
    }

    /// Takes off the value on top, or the mark.
    mutating func drop() throws(FormatFault) {
        guard stack.popLast() != nil else { throw fault("nothing on the stack where a value should be") }
    }

    mutating func pushTuple(count: Int) throws(FormatFault) {
        var items: [Int] = []
        for _ in 0..<count { items.append(try pop()) }
        push(.tuple(items.reversed()))
    }

    mutating func append(_ items: [Int]) throws(FormatFault) {
        let target = try top()
        switch values[target] {
        case .list(var list):
            values[target] = .none  // so that the list is not copied
            list += items
            values[target] = .list(list)
        case .record(var record):
            values[target] = .none
            record.items += items
            values[target] = .record(record)
        case let other: throw fault("APPEND to something that is no list (got \(other.kind))")
        }
    }

    mutating func add(_ items: [Int]) throws(FormatFault) {
        let target = try top()
        switch values[target] {
        case .set(var set):
            values[target] = .none  // so that the set is not copied
            set += items
            values[target] = .set(set)
        case .record(var record):
            values[target] = .none
            record.items += items
            values[target] = .record(record)
        case let other: throw fault("ADDITEMS to something that is no set (got \(other.kind))")
        }
    }

    /// Keys and values in turn.
    mutating func setItems(_ items: [Int]) throws(FormatFault) {
        let target = try top()
        guard items.count % 2 == 0 else { throw fault("a key without a value") }
        var added: [(key: Int, value: Int)] = []
        for index in stride(from: 0, to: items.count, by: 2) {
            switch values[items[index]] {
            case .list, .dictionary, .set:
                throw fault("a key that no dictionary has (got \(values[items[index]].kind))")
            default: added.append((items[index], items[index + 1]))
            }
        }
        switch values[target] {
        case .dictionary(var pairs, let ordered):
            values[target] = .none  // so that the pairs are not copied
            pairs += added
            values[target] = .dictionary(pairs, ordered: ordered)
        case .record(var record):
            values[target] = .none
            record.pairs += added
            values[target] = .record(record)
        case let other: throw fault("SETITEM on something that is no dictionary (got \(other.kind))")
        }
    }

    mutating func remember(_ key: Int) throws(FormatFault) {
        memo[key] = try top()
    }

    mutating func recall(_ key: Int) throws(FormatFault) {
        guard let index = memo[key] else { throw fault("a value is recalled that was never remembered (got \(key))") }
        push(index: index)
    }
}
