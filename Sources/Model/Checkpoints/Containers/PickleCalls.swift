import GNCABasics

/// What Python would call, make or set while it reads a pickle; here it becomes data, or a refusal.
extension PickleMachine {
    mutating func globalOnStack() throws(FormatFault) {
        let (name, module) = (try pop(), try pop())
        guard case .text(let name) = values[name], case .text(let module) = values[module] else {
            throw refuse("calls", "something without a name")
        }
        try checkLength(module)
        try checkLength(name)
        try global(module: module, name)
    }

    private func checkLength(_ name: String) throws(FormatFault) {
        guard name.utf8.count <= Self.nameLimit else { throw fault("a name that is too long") }
    }

    mutating func global(module: String, _ name: String) throws(FormatFault) {
        let global = PickleGlobal(module: module, name: name)
        if case .forbidden(let name) = global { remember(named: name) }
        push(.global(global))
    }

    private func tuple(_ index: Int, of opcode: String) throws(FormatFault) -> [Int] {
        guard case .tuple(let items) = values[index] else {
            throw fault("\(opcode) with arguments that are no tuple (got \(values[index].kind))")
        }
        return items
    }

    /// What Python would call, by the opcode REDUCE.
    mutating func call(_ callee: Int, _ arguments: Int) throws(FormatFault) {
        if case .global(.forbidden(let name)) = values[callee] { throw refuse("calls", name) }
        let items = try tuple(arguments, of: "REDUCE")
        if let type = partialClass(callee), items.isEmpty {
            return push(.record(PickleRecord(maker: type, arguments: [])))
        }
        guard case .global(let global) = values[callee] else {
            throw fault("REDUCE on something that cannot be called (got \(values[callee].kind))")
        }
        try push(result(of: global, items))
    }

    /// `functools.partial(CLASS.__new__, ...)`, with which protocol 2 makes objects of classes with keywords.
    private func partialClass(_ callee: Int) -> PickleGlobal? {
        guard case .record(let record) = values[callee], record.maker.name == "functools.partial",
            let first = record.arguments.first, case .global(.other(let module, let name)) = values[first],
            name.ends(with: ".__new__")
        else { return nil }
        return .other(module: module, name: String(name.dropLast(".__new__".count)))
    }

    private mutating func result(of global: PickleGlobal, _ items: [Int]) throws(FormatFault) -> PickleValue {
        switch global {
        case .orderedDict: return .dictionary(try pairs(items), ordered: true)
        case .rebuildTensor: return try tensor(items)
        case .rebuildTypedTensor: return try typedTensor(items)
        case .rebuildOldTensor:
            guard items.count == 4 else { throw fault("a tensor with other arguments than PyTorch writes") }
            return try tensor(storage: items[0], offset: items[1], shape: items[2], strides: items[3])
        case .rebuildParameter:
            guard items.count == 3 || items.count == 4 else {
                throw fault("a parameter with other arguments than PyTorch writes")
            }
            switch values[items[0]] {
            case .tensor, .unread: return values[items[0]]
            default: throw fault("a parameter that is made from something else than a tensor")
            }
        case .rebuildSubclass:
            // (function, class, its arguments, attributes)
            guard items.count == 4, case .global(let inner) = values[items[0]], inner != .rebuildSubclass,
                case .tuple(let arguments) = values[items[2]]
            else { throw fault("a tensor of a class of its own with other arguments than PyTorch writes") }
            return try result(of: inner, arguments)
        case .rebuildUnread(let name): return .unread(kind: name, shape: [])
        case .attribute: return try attribute(items)
        case .forbidden(let name): throw refuse("calls", name)
        case .other(let module, let name):
            guard PickleNames.makesData(module: module, name: name) else {
                throw refuse("calls", global.name + ", which is not known to make only data")
            }
            return .record(PickleRecord(maker: global, arguments: items))
        case .storage: throw fault("REDUCE on something that cannot be called (got \(global.name))")
        }
    }

    /// What an OrderedDict is made from: nothing, or in files of Python 2 a list of pairs.
    private mutating func pairs(_ items: [Int]) throws(FormatFault) -> [(key: Int, value: Int)] {
        guard let list = items.first else { return [] }
        let wrong = fault("an OrderedDict made from something else than a list of pairs")
        guard items.count == 1, case .list(let elements) = values[list] else { throw wrong }
        pairsMade += elements.count
        guard pairsMade <= Self.opcodeLimit else { throw fault("too many pairs in dictionaries") }
        var pairs: [(key: Int, value: Int)] = []
        for element in elements {
            switch values[element] {
            case .list(let pair) where pair.count == 2, .tuple(let pair) where pair.count == 2:
                pairs.append((pair[0], pair[1]))
            default: throw wrong
            }
        }
        return pairs
    }

    /// An object made from its class without a call, by the opcodes NEWOBJ and NEWOBJ_EX.
    mutating func make(_ type: Int, _ arguments: Int, _ keywords: Int? = nil) throws(FormatFault) {
        if case .global(.forbidden(let name)) = values[type] { throw refuse("calls", name) }
        let items = try tuple(arguments, of: "NEWOBJ")
        switch values[type] {
        case .global(.orderedDict) where items.isEmpty: push(.dictionary([], ordered: true))
        case .global(.other(let module, let name)):
            let maker = PickleGlobal.other(module: module, name: name)
            push(.record(PickleRecord(maker: maker, arguments: items, items: keywords.map { [$0] } ?? [])))
        default: throw fault("NEWOBJ on something that is no class (got \(values[type].kind))")
        }
    }

    /// An attribute of a class is a name like any other, one of an object a record that says so; of anything else, Python
    /// would look for it.
    private mutating func attribute(_ items: [Int]) throws(FormatFault) -> PickleValue {
        guard items.count == 2, case .text(let name) = values[items[1]] else {
            throw refuse("calls", PickleGlobal.attribute.name)
        }
        try checkLength(name)
        switch values[items[0]] {
        case .global(.other(let module, let owner)):
            try checkLength(owner)
            let global = PickleGlobal(module: module, name: "\(owner).\(name)")
            if case .forbidden(let name) = global { remember(named: name) }
            return .global(global)
        case .record where !PickleNames.reachesAnything(name):
            return .record(PickleRecord(maker: .attribute, arguments: items))
        default: throw refuse("calls", PickleGlobal.attribute.name)
        }
    }

    // MARK: tensors

    /// `_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, backward_hooks[, metadata])`
    private func tensor(_ items: [Int]) throws(FormatFault) -> PickleValue {
        guard items.count == 6 || items.count == 7 else { throw fault(Self.otherArguments) }
        try checkFlags(items)
        return try tensor(storage: items[0], offset: items[1], shape: items[2], strides: items[3])
    }

    /// `_rebuild_tensor_v3(storage, offset, size, stride, requires_grad, backward_hooks, dtype[, metadata])`: numbers that
    /// have no storage of their own, as 8-bit floats.
    private func typedTensor(_ items: [Int]) throws(FormatFault) -> PickleValue {
        guard items.count == 7 || items.count == 8, case .global(let type) = values[items[6]],
            let shape = integers(items[2]), case .storage = values[items[0]]
        else { throw fault(Self.otherArguments) }
        try checkFlags(items)
        _ = try TensorLimits.count(shape, of: "a tensor", limit: CheckpointFile.byteLimit)
        return .unread(kind: type.name, shape: shape)
    }

    private static let otherArguments = "a tensor with other arguments than PyTorch writes"

    /// Hooks would be functions to call; they are passed over with what they name.
    private func checkFlags(_ items: [Int]) throws(FormatFault) {
        guard case .bool = values[items[4]], case .dictionary = values[items[5]] else {
            throw fault(Self.otherArguments)
        }
    }

    private func tensor(storage: Int, offset: Int, shape: Int, strides: Int) throws(FormatFault) -> PickleValue {
        guard case .storage(let storage) = values[storage], case .int(let offset) = values[offset],
            let shape = integers(shape), let strides = integers(strides)
        else { throw fault(Self.otherArguments) }
        let layout = StridedLayout(offset: offset, shape: shape, strides: strides)
        // Larger ones than a weight may be stand beside weights: pools of states, batches of pictures.
        _ = try TensorLimits.count(shape, of: "a tensor", limit: CheckpointFile.byteLimit)
        guard layout.fits(storage.count) else {
            throw fault(
                "a tensor that reaches outside its storage (got shape \(shape), strides \(strides), offset \(offset) in "
                    + "\(storage.count) numbers)")
        }
        switch storage.type {
        case .read(let type): return .tensor(TorchTensor(storage: storage, type: type, layout: layout))
        case .unread(let name, _): return .unread(kind: name, shape: shape)
        }
    }

    private func integers(_ index: Int) -> [Int]? {
        guard case .tuple(let items) = values[index], items.count <= 64 else { return nil }
        var integers: [Int] = []
        for item in items {
            guard case .int(let integer) = values[item] else { return nil }
            integers.append(integer)
        }
        return integers
    }

    // MARK: attributes and storages

    /// Attributes of an object. PyTorch's state dictionaries have one, `_metadata`, which says nothing of the weights.
    mutating func build() throws(FormatFault) {
        let state = try pop()
        let target = try top()
        if case .record(var record) = values[target] {
            values[target] = .none  // so that the states are not copied
            record.states.append(state)
            values[target] = .record(record)
            return
        }
        guard case .dictionary(_, ordered: true) = values[target] else {
            throw fault("BUILD on something that has no attributes (got \(values[target].kind))")
        }
        guard case .dictionary(let attributes, _) = values[state] else {
            throw fault("BUILD with something that is no dictionary (got \(values[state].kind))")
        }
        for attribute in attributes {
            guard case .text(let name) = values[attribute.key], !name.begins(with: "__") else {
                throw fault("BUILD sets an attribute that a dictionary does not have")
            }
        }
    }

    /// `('storage', type, key, location, count[, None])`, or of old files `('module', class, source file, source)`.
    mutating func persistentValue() throws(FormatFault) {
        let id = try pop()
        let other = fault("a persistent id other than PyTorch's ('storage', type, key, location, count)")
        guard case .tuple(let items) = values[id] else { throw other }
        if items.count == 4, case .text("module") = values[items[0]], case .global = values[items[1]] {
            return push(index: items[1])
        }
        guard items.count == 5 || items.count == 6, case .text("storage") = values[items[0]],
            case .global(let kind) = values[items[1]], case .text(let key) = values[items[2]],
            case .text = values[items[3]], case .int(let count) = values[items[4]]
        else { throw other }
        try checkLength(key)
        guard let type = TorchNumbers(kind) else {
            throw fault("a storage of numbers that are not known (got \(kind.name))")
        }
        if items.count == 6 {
            guard case .none = values[items[5]] else { throw fault("a storage that is a view of another one") }
        }
        guard count >= 0, count <= CheckpointFile.byteLimit / type.size else {
            throw fault("a storage that is too large (got \(count) numbers)")
        }
        push(.storage(TorchStorage(key: key, type: type, count: count)))
    }
}
