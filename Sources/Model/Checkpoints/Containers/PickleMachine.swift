/// Reads pickles that hold tensors, and cannot do anything else.
///
/// Python's own reader runs whatever a pickle names: a file can start programs. This machine has values and a stack, but
/// nothing that could be called: it knows four names (`PickleGlobal`) and builds data when it meets them. What else a
/// file names is told in the refusal. Protocols 2 to 5, which torch.save writes; older ones are refused, too, but followed
/// until they name what they would call.
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
    private(set) var values: [PickleValue] = []
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

    private func fault(_ what: String) -> FormatFault {
        FormatFault(reason: "\(what) (byte \(reader.position) of the pickle)")
    }

    private mutating func refuse(calling name: String) -> FormatFault {
        let shown = String(JSONText.shown(name).dropFirst().dropLast())
        forbidden = shown
        return FormatFault(reason: "refused: calls \(shown) (this file may be malicious)")
    }

    // MARK: the stack

    private mutating func push(_ value: PickleValue) throws(FormatFault) {
        values.append(value)
        try push(index: values.count - 1)
    }

    private mutating func push(index: Int) throws(FormatFault) {
        guard stack.count < Self.stackLimit else { throw fault("more than \(Self.stackLimit) values on the stack") }
        stack.append(index)
    }

    /// Index of the value on top, which is taken off.
    private mutating func pop() throws(FormatFault) -> Int {
        guard let index = stack.popLast(), index != Self.mark else {
            throw fault("nothing on the stack where a value should be")
        }
        return index
    }

    /// Index of the value on top, which stays.
    private func top() throws(FormatFault) -> Int {
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
        case UInt8(ascii: "R"): try reduce()
        case UInt8(ascii: "b"): try build()
        case UInt8(ascii: "Q"): try persistentStorage()
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
        guard case .list(var list) = values[target] else {
            throw fault("APPEND to something that is no list (got \(values[target].kind))")
        }
        values[target] = .none  // so that the list is not copied
        list += items
        values[target] = .list(list)
    }

    private mutating func add(_ items: [Int]) throws(FormatFault) {
        let target = try top()
        guard case .set(var set) = values[target] else {
            throw fault("ADDITEMS to something that is no set (got \(values[target].kind))")
        }
        values[target] = .none  // so that the set is not copied
        set += items
        values[target] = .set(set)
    }

    /// Keys and values in turn.
    private mutating func setItems(_ items: [Int]) throws(FormatFault) {
        let target = try top()
        guard case .dictionary(var pairs, let ordered) = values[target] else {
            throw fault("SETITEM on something that is no dictionary (got \(values[target].kind))")
        }
        guard items.count % 2 == 0 else { throw fault("a key without a value") }
        values[target] = .none  // so that the pairs are not copied
        for index in stride(from: 0, to: items.count, by: 2) {
            switch values[items[index]] {
            case .text, .int: pairs.append((items[index], items[index + 1]))
            case let key: throw fault("a key that is neither text nor integer (got \(key.kind))")
            }
        }
        values[target] = .dictionary(pairs, ordered: ordered)
    }

    private mutating func remember(_ key: Int) throws(FormatFault) {
        memo[key] = try top()
        guard memo.count <= Self.memoLimit else { throw fault("more than \(Self.memoLimit) values remembered") }
    }

    private mutating func recall(_ key: Int) throws(FormatFault) {
        guard let index = memo[key] else { throw fault("a value is recalled that was never remembered (got \(key))") }
        try push(index: index)
    }

    // MARK: what Python would call

    private mutating func name() throws(FormatFault) -> String {
        guard let line = reader.line(limit: Self.nameLimit), let name = String(validating: line, as: UTF8.self) else {
            throw fault("a name that is cut off, too long or not UTF-8")
        }
        return name
    }

    private mutating func globalOnStack() throws(FormatFault) {
        let (name, module) = (try pop(), try pop())
        guard case .text(let name) = values[name], case .text(let module) = values[module] else {
            throw refuse(calling: "something without a name")
        }
        try global(module: module, name)
    }

    private mutating func global(module: String, _ name: String) throws(FormatFault) {
        guard let global = PickleGlobal(module: module, name: name) else { throw refuse(calling: "\(module).\(name)") }
        try push(.global(global))
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
        0x81: "NEWOBJ", 0x92: "NEWOBJ_EX", 0x82: "EXT1", 0x83: "EXT2", 0x84: "EXT4", UInt8(ascii: "o"): "OBJ",
        UInt8(ascii: "P"): "PERSID", 0x97: "NEXT_BUFFER", 0x98: "READONLY_BUFFER",
    ]

    private mutating func reduce() throws(FormatFault) {
        let arguments = try pop()
        let callee = try pop()
        guard case .tuple(let items) = values[arguments] else {
            throw fault("REDUCE with arguments that are no tuple (got \(values[arguments].kind))")
        }
        switch values[callee] {
        case .global(.orderedDict):
            guard items.isEmpty else {
                throw fault("an OrderedDict made from \(items.count) arguments (expected none)")
            }
            try push(.dictionary([], ordered: true))
        case .global(.rebuildTensor): try push(.tensor(tensor(items)))
        case .global(.rebuildParameter):
            guard items.count == 3, case .tensor(let tensor) = values[items[0]] else {
                throw fault("a parameter that is made from something else than a tensor")
            }
            try push(.tensor(tensor))
        default: throw fault("REDUCE on something that cannot be called (got \(values[callee].kind))")
        }
    }

    /// `_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, backward_hooks[, metadata])`
    private func tensor(_ items: [Int]) throws(FormatFault) -> TorchTensor {
        guard items.count == 6 || items.count == 7, case .storage(let storage) = values[items[0]],
            case .int(let offset) = values[items[1]], let shape = integers(items[2]), let strides = integers(items[3]),
            case .bool = values[items[4]], case .dictionary(let hooks, _) = values[items[5]], hooks.isEmpty
        else { throw fault("a tensor with other arguments than PyTorch writes") }
        let layout = StridedLayout(offset: offset, shape: shape, strides: strides)
        _ = try TensorLimits.count(shape, of: "a tensor")
        guard layout.fits(storage.count) else {
            throw fault(
                "a tensor that reaches outside its storage (got shape \(shape), strides \(strides), offset \(offset) in "
                    + "\(storage.count) numbers)")
        }
        return TorchTensor(storage: storage, layout: layout)
    }

    private func integers(_ index: Int) -> [Int]? {
        guard case .tuple(let items) = values[index] else { return nil }
        var integers: [Int] = []
        for item in items {
            guard case .int(let integer) = values[item] else { return nil }
            integers.append(integer)
        }
        return integers
    }

    /// Attributes of an object. PyTorch's state dictionaries have one, `_metadata`, which says nothing of the weights.
    private mutating func build() throws(FormatFault) {
        let state = try pop()
        let target = try top()
        guard case .dictionary(_, ordered: true) = values[target] else {
            throw fault("BUILD on something that is no OrderedDict (got \(values[target].kind))")
        }
        guard case .dictionary(let attributes, _) = values[state] else {
            throw fault("BUILD with something that is no dictionary (got \(values[state].kind))")
        }
        for attribute in attributes {
            guard case .text("_metadata") = values[attribute.key] else {
                throw fault("BUILD sets an attribute other than _metadata")
            }
        }
    }

    /// `('storage', type, key, location, count[, None])`
    private mutating func persistentStorage() throws(FormatFault) {
        let id = try pop()
        guard case .tuple(let items) = values[id], items.count == 5 || items.count == 6,
            case .text("storage") = values[items[0]], case .global(.storage(let type)) = values[items[1]],
            case .text(let key) = values[items[2]], case .text = values[items[3]],
            case .int(let count) = values[items[4]]
        else { throw fault("a persistent id other than PyTorch's ('storage', type, key, location, count)") }
        if items.count == 6 {
            guard case .none = values[items[5]] else { throw fault("a storage that is a view of another one") }
        }
        guard (0...TensorLimits.elements).contains(count) else {
            throw fault("a storage that is too large (got \(count) numbers, limit \(TensorLimits.elements))")
        }
        try push(.storage(TorchStorage(key: key, type: type, count: count)))
    }
}
