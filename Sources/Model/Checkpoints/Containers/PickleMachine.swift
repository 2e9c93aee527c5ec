import GNCABasics

/// Reads pickles that hold tensors, and cannot do anything else.
///
/// Python's own reader runs whatever a pickle names: a file can start programs. This machine has values and a stack, but
/// nothing that could be called: it knows a few names (`PickleGlobal`) and makes tensors when it meets them. Objects of
/// all other classes become records of what the file says of them; names that run things are refused, and so is every
/// call of a function that is not known to make data (`PickleNames`).
/// Protocols 2 to 5, which torch.save writes; older ones are refused, too, but followed until they name what they would
/// call.
struct PickleMachine {
    /// Bounds everything: an opcode makes, remembers or pushes at most one value. A training's whole history fits, a list
    /// of numbers for every one of some hundred thousand iterations.
    static let opcodeLimit = 1_000_000
    /// Values in each other.
    static let depthLimit = 200
    /// Bytes of a name of a class or function, of a storage's key.
    static let nameLimit = 512
    static let mark = -1

    /// Every value that was made, in order.
    var values: [PickleValue] = []
    /// Index of the value that the pickle is.
    private(set) var root = 0
    /// What the pickle would do and may not: "calls os.system".
    private(set) var forbidden: String?
    /// What the pickle has named and may not, the first of several: "os.system". Told where nothing worse follows.
    private var named: String?
    /// Pairs of dictionaries that were made of lists, which one opcode copies.
    var pairsMade = 0
    /// Bytes read, up to and with STOP.
    var length: Int { reader.position }

    var reader: ByteReader
    /// Indices of `values`, and marks.
    var stack: [Int] = []
    var memo: [Int: Int] = [:]
    /// Why the pickle is refused unless it is for something worse.
    private var lesserFault: FormatFault?

    /// Reads one pickle from the start of `bytes`; more may follow it. Throws what is wrong, or what it tried to call.
    init(_ bytes: ArraySlice<UInt8>) throws(FormatFault) {
        self.init(reading: bytes)
        try read()
    }

    private init(reading bytes: ArraySlice<UInt8>) { reader = ByteReader(bytes) }

    /// What a pickle of any protocol would call first, or names, where that is not harmless: "calls os.system".
    static func forbiddenCall(in bytes: ArraySlice<UInt8>) -> String? {
        var machine = PickleMachine(reading: bytes)
        try? machine.read()
        return machine.forbidden
    }

    func fault(_ what: String) -> FormatFault {
        FormatFault(reason: "\(what) (byte \(reader.position) of the pickle)")
    }

    /// `what`: "calls" or "names". `name` as messages may show it.
    mutating func refuse(_ what: String, _ name: String) -> FormatFault {
        forbidden = "\(what) \(name)"
        return FormatFault(reason: "refused: \(what) \(name) (this file may be malicious)")
    }

    /// Keeps a name that is refused even if it is never called.
    mutating func remember(named name: String) { if named == nil { named = name } }

    private mutating func read() throws(FormatFault) {
        do throws(FormatFault) {
            try run()
        } catch {
            guard forbidden == nil, let named else { throw error }
            throw refuse("names", named)
        }
        if let named { throw refuse("names", named) }
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
        case UInt8(ascii: "N"): push(.none)
        case 0x88: push(.bool(true))
        case 0x89: push(.bool(false))
        case UInt8(ascii: "J"): try push(.int(Int(Int32(truncatingIfNeeded: number(4)))))
        case UInt8(ascii: "K"): try push(.int(number(1)))
        case UInt8(ascii: "M"): try push(.int(number(2)))
        case 0x8A: try pushInteger(bytes: number(1))
        case 0x8B: try pushInteger(bytes: number(4))
        case UInt8(ascii: "G"):
            _ = try number(8)
            push(.float)
        case 0x8C, UInt8(ascii: "U"): try push(.text(text(length: number(1))))
        case UInt8(ascii: "X"): try push(.text(text(length: number(4))))
        case 0x8D: try push(.text(text(length: number(8))))
        case UInt8(ascii: "C"): try pushBytes(length: number(1))
        case UInt8(ascii: "B"): try pushBytes(length: number(4))
        case 0x8E, 0x96: try pushBytes(length: number(8))
        case UInt8(ascii: "("): push(index: Self.mark)
        case UInt8(ascii: ")"): push(.tuple([]))
        case UInt8(ascii: "t"): try push(.tuple(popMarked()))
        case 0x85...0x87: try pushTuple(count: Int(opcode) - 0x84)
        case UInt8(ascii: "]"): push(.list([]))
        case UInt8(ascii: "}"): push(.dictionary([], ordered: false))
        case 0x8F: push(.set([]))
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
            throw refuse("calls", PickleGlobal.other(module: module, name: try name()).name)
        case UInt8(ascii: "o"):
            if let first = try popMarked().first, case .global(.forbidden(let name)) = values[first] {
                throw refuse("calls", name)
            }
        default: if lesserFault != nil, try executeText(opcode) { return }
        }
        if let lesserFault { throw lesserFault }
        let hexadecimal = String(opcode, radix: 16, uppercase: true)
        let shown = Self.names[opcode] ?? "0x" + (hexadecimal.count < 2 ? "0" : "") + hexadecimal
        throw FormatFault(
            reason: "refused: uses the opcode \(shown), which files of tensors do not need (this file may be malicious)"
        )
    }

    /// Opcodes of protocol 0, whose values stand as text in lines. Such a pickle is followed to what it calls, no further.
    private mutating func executeText(_ opcode: UInt8) throws(FormatFault) -> Bool {
        switch opcode {
        case UInt8(ascii: "S"), UInt8(ascii: "V"): push(.text(try name()))
        case UInt8(ascii: "I"), UInt8(ascii: "L"), UInt8(ascii: "F"):
            _ = try name()
            push(.int(0))
        case UInt8(ascii: "p"): try remember(Int(try name()) ?? 0)
        case UInt8(ascii: "g"): try recall(Int(try name()) ?? 0)
        case UInt8(ascii: "l"): push(.list(try popMarked()))
        case UInt8(ascii: "d"):
            _ = try popMarked()
            push(.dictionary([], ordered: false))
        default: return false
        }
        return true
    }

    private static let names: [UInt8: String] = [
        0x82: "EXT1", 0x83: "EXT2", 0x84: "EXT4", UInt8(ascii: "o"): "OBJ",
        UInt8(ascii: "P"): "PERSID", 0x97: "NEXT_BUFFER", 0x98: "READONLY_BUFFER",
    ]
}
