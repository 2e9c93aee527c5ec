import GNCABasics

/// Reads pickles that hold tensors, and cannot do anything else.
///
/// Python's own reader runs whatever a pickle names: a file can start programs. This machine has values and a stack, but
/// nothing that could be called: it knows a few names (`PickleGlobal`) and makes tensors when it meets them. Objects of
/// all other classes become records of what the file says of them, and names that run things are refused (`PickleNames`).
/// Protocols 2 to 5, which torch.save writes; older ones are refused, too, but followed until they name what they would
/// call.
struct PickleMachine {
    static let opcodeLimit = 100_000
    static let stackLimit = 10_000
    static let memoLimit = 10_000
    static let depthLimit = 64
    /// Bytes of an integer; the magic number of legacy files has 10, the state of a random generator 16.
    static let integerLimit = 64
    private static let nameLimit = 256
    private static let mark = -1

    /// Every value that was made, in order.
    var values: [PickleValue] = []
    /// Index of the value that the pickle is.
    private(set) var root = 0
    /// What the pickle would call and may not: "os.system".
    private(set) var forbidden: String?
    /// Bytes read, up to and with STOP.
    var length: Int { reader.position }

    private var reader: ByteReader
    /// Indices of `values`, and marks.
    private var stack: [Int] = []
    private var memo: [Int: Int] = [:]
    /// Why the pickle is refused unless it is for something worse.
    private var lesserFault: FormatFault?

    /// Reads one pickle from the start of `bytes`; more may follow it. Throws what is wrong, or what it tried to call.
    init(_ bytes: ArraySlice<UInt8>) throws(FormatFault) {
        self.init(reading: bytes)
        try run()
        try checkNesting()
    }

    private init(reading bytes: ArraySlice<UInt8>) { reader = ByteReader(bytes) }

    /// What a pickle of any protocol would call first, where that is not harmless.
    static func forbiddenCall(in bytes: [UInt8]) -> String? {
        var machine = PickleMachine(reading: bytes[...])
        try? machine.run()
        return machine.forbidden
    }

    func fault(_ what: String) -> FormatFault {
        FormatFault(reason: "\(what) (byte \(reader.position) of the pickle)")
    }

    mutating func refuse(calling name: String) -> FormatFault {
        let shown = String(JSONText.shown(name).dropFirst().dropLast())
        forbidden = shown
        return FormatFault(reason: "refused: calls \(shown) (this file may be malicious)")
    }

    // MARK: the stack

    mutating func push(_ value: PickleValue) throws(FormatFault) {
        values.append(value)
        try push(index: values.count - 1)
    }

    mutating func push(index: Int) throws(FormatFault) {
        guard stack.count < Self.stackLimit else { throw fault("more than \(Self.stackLimit) values on the stack") }
        stack.append(index)
    }

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
    private mutating func popMarked() throws(FormatFault) -> [Int] {
        guard let mark = stack.lastIndex(of: Self.mark) else { throw fault("no mark on the stack where one should be") }
        defer { stack.removeSubrange(mark...) }
        return Array(stack[(mark + 1)...])
    }

    private mutating func number(_ size: Int) throws(FormatFault) -> Int {
        guard let number = reader.number(size) else { throw fault("the pickle is cut off") }
        return Int(truncatingIfNeeded: number)
    }

    private mutating func text(length: Int) throws(FormatFault) -> String {
        guard let bytes = reader.take(length) else { throw fault("the pickle is cut off") }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw fault("a text that is not UTF-8") }
        return text
    }

    // MARK: opcodes

    private mutating func run() throws(FormatFault) {
        for ordinal in 1...Self.opcodeLimit {
            guard let opcode = reader.byte() else { throw fault("the pickle is cut off") }
            if ordinal == 1, opcode != 0x80 { lesserFault = fault("a pickle of protocol 0 or 1 (expected 2 to 5)") }
            if opcode == UInt8(ascii: ".") {
                root = try pop()
                if let lesserFault { throw lesserFault }
                guard stack.isEmpty else { throw fault("\(stack.count) values too many on the stack at the end") }
                return
            }
            try execute(opcode, isFirst: ordinal == 1)
        }
        throw fault("more than \(Self.opcodeLimit) opcodes")
    }

    private mutating func execute(_ opcode: UInt8, isFirst: Bool) throws(FormatFault) {
        switch opcode {
        case 0x80:
            guard isFirst else { throw fault("a second protocol number") }
            let version = try number(1)
            if !(2...5).contains(version) {
                lesserFault = fault("a pickle of protocol \(version) (expected 2 to 5)")
            }
        case 0x95:
            // A frame is a promise of bytes, which must be there.
            if !(0...reader.rest).contains(try number(8)) { lesserFault = fault("a frame longer than the pickle") }
        case UInt8(ascii: "N"): try push(.none)
        case 0x88: try push(.bool(true))
        case 0x89: try push(.bool(false))
        case UInt8(ascii: "J"): try push(.int(Int(Int32(truncatingIfNeeded: number(4)))))
        case UInt8(ascii: "K"): try push(.int(number(1)))
        case UInt8(ascii: "M"): try push(.int(number(2)))
        case 0x8A: try pushInteger(bytes: number(1))
        case 0x8B: try pushInteger(bytes: number(4))
        case UInt8(ascii: "G"):
            _ = try number(8)
            try push(.float)
        case 0x8C, UInt8(ascii: "U"): try push(.text(text(length: number(1))))
        case UInt8(ascii: "X"): try push(.text(text(length: number(4))))
        case 0x8D: try push(.text(text(length: number(8))))
        case UInt8(ascii: "C"): try pushBytes(length: number(1))
        case UInt8(ascii: "B"): try pushBytes(length: number(4))
        case 0x8E, 0x96: try pushBytes(length: number(8))
        case UInt8(ascii: "("): try push(index: Self.mark)
        case UInt8(ascii: ")"): try push(.tuple([]))
        case UInt8(ascii: "t"): try push(.tuple(popMarked()))
        case 0x85...0x87: try pushTuple(count: Int(opcode) - 0x84)
        case UInt8(ascii: "]"): try push(.list([]))
        case UInt8(ascii: "}"): try push(.dictionary([], ordered: false))
        case 0x8F: try push(.set([]))
        case 0x90: try add(popMarked())
        case 0x91: try push(.set(popMarked()))
        case UInt8(ascii: "a"): try append([pop()])
        case UInt8(ascii: "e"): try append(popMarked())
        case UInt8(ascii: "s"):
            let value = try pop()
            try setItems([pop(), value])
        case UInt8(ascii: "u"): try setItems(popMarked())
        case UInt8(ascii: "q"): try remember(number(1))
        case UInt8(ascii: "r"): try remember(number(4))
        case 0x94: try remember(memo.count)
        case UInt8(ascii: "h"): try recall(number(1))
        case UInt8(ascii: "j"): try recall(number(4))
        case UInt8(ascii: "0"): try drop()
        case UInt8(ascii: "1"): _ = try popMarked()
        case UInt8(ascii: "2"): try push(index: top())
        case UInt8(ascii: "c"): try global(module: name(), name())
        case 0x93: try globalOnStack()
        case UInt8(ascii: "R"):
            let arguments = try pop()
            try call(pop(), arguments)
        case 0x81:
            let arguments = try pop()
            try make(pop(), arguments)
        case 0x92:
            let (keywords, arguments) = (try pop(), try pop())
            try make(pop(), arguments, keywords)
        case UInt8(ascii: "b"): try build()
        case UInt8(ascii: "Q"): try persistentValue()
        default: try refuse(opcode)
        }
    }

    private mutating func pushInteger(bytes count: Int) throws(FormatFault) {
        guard (0...Self.integerLimit).contains(count) else {
            throw fault("an integer of \(count) bytes (limit \(Self.integerLimit))")
        }
        guard let bytes = reader.take(count) else { throw fault("the pickle is cut off") }
        guard count <= 8 else { return try push(.bigInt(Array(bytes))) }
        let sign: UInt64 = (bytes.last ?? 0) >= 0x80 ? .max : 0
        let bits = bytes.reversed().reduce(sign) { $0 << 8 | UInt64($1) }
        try push(.int(Int(Int64(bitPattern: bits))))
    }

    private mutating func pushBytes(length: Int) throws(FormatFault) {
        guard reader.take(length) != nil else { throw fault("the pickle is cut off") }
        try push(.bytes)
    }

    /// Takes off the value on top, or the mark.
    private mutating func drop() throws(FormatFault) {
        guard stack.popLast() != nil else { throw fault("nothing on the stack where a value should be") }
    }

    private mutating func pushTuple(count: Int) throws(FormatFault) {
        var items: [Int] = []
        for _ in 0..<count { items.append(try pop()) }
        try push(.tuple(items.reversed()))
    }

    private mutating func append(_ items: [Int]) throws(FormatFault) {
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

    private mutating func add(_ items: [Int]) throws(FormatFault) {
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
    private mutating func setItems(_ items: [Int]) throws(FormatFault) {
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

    private mutating func remember(_ key: Int) throws(FormatFault) {
        memo[key] = try top()
        guard memo.count <= Self.memoLimit else { throw fault("more than \(Self.memoLimit) values remembered") }
    }

    private mutating func recall(_ key: Int) throws(FormatFault) {
        guard let index = memo[key] else { throw fault("a value is recalled that was never remembered (got \(key))") }
        try push(index: index)
    }

    private mutating func name() throws(FormatFault) -> String {
        guard let line = reader.line(limit: Self.nameLimit), let name = String(validating: line, as: UTF8.self) else {
            throw fault("a name that is cut off, too long or not UTF-8")
        }
        return name
    }

    /// Opcodes that are not allowed; those that name something to call are refused with that name.
    private mutating func refuse(_ opcode: UInt8) throws(FormatFault) {
        switch opcode {
        case UInt8(ascii: "i"):
            let module = try name()
            throw refuse(calling: "\(module).\(try name())")
        default:
            if let lesserFault { throw lesserFault }
            let hexadecimal = String(opcode, radix: 16, uppercase: true)
            let shown = Self.names[opcode] ?? "0x" + (hexadecimal.count < 2 ? "0" : "") + hexadecimal
            throw FormatFault(
                reason:
                    "refused: uses the opcode \(shown), which files of tensors do not need (this file may be malicious)"
            )
        }
    }

    private static let names: [UInt8: String] = [
        0x82: "EXT1", 0x83: "EXT2", 0x84: "EXT4", UInt8(ascii: "o"): "OBJ",
        UInt8(ascii: "P"): "PERSID", 0x97: "NEXT_BUFFER", 0x98: "READONLY_BUFFER",
    ]
}
