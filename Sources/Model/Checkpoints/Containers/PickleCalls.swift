import GNCABasics

/// What Python would call, make or set while it reads a pickle; here it becomes data, or a refusal.
extension PickleMachine {
    mutating func globalOnStack() throws(FormatFault) {
        let (name, module) = (try pop(), try pop())
        guard case .text(let name) = values[name], case .text(let module) = values[module] else {
            throw refuse(calling: "something without a name")
        }
        try global(module: module, name)
    }

    mutating func global(module: String, _ name: String) throws(FormatFault) {
        guard let global = PickleGlobal(module: module, name: name) else { throw refuse(calling: "\(module).\(name)") }
        try push(.global(global))
    }

    private func tuple(_ index: Int, of opcode: String) throws(FormatFault) -> [Int] {
        guard case .tuple(let items) = values[index] else {
            throw fault("\(opcode) with arguments that are no tuple (got \(values[index].kind))")
        }
        return items
    }

    /// What Python would call, by the opcode REDUCE.
    mutating func call(_ callee: Int, _ arguments: Int) throws(FormatFault) {
        let items = try tuple(arguments, of: "REDUCE")
        guard case .global(let global) = values[callee] else {
            throw fault("REDUCE on something that cannot be called (got \(values[callee].kind))")
        }
        try push(result(of: global, items))
    }

    private mutating func result(of global: PickleGlobal, _ items: [Int]) throws(FormatFault) -> PickleValue {
        switch global {
        case .orderedDict:
            guard items.isEmpty else {
                throw fault("an OrderedDict made from \(items.count) arguments (expected none)")
            }
            return .dictionary([], ordered: true)
        case .rebuildTensor: return .tensor(try tensor(items))
        case .rebuildOldTensor:
            guard items.count == 4 else { throw fault("a tensor with other arguments than PyTorch writes") }
            return .tensor(try tensor(storage: items[0], offset: items[1], shape: items[2], strides: items[3]))
        case .rebuildParameter:
            guard items.count == 3, case .tensor(let tensor) = values[items[0]] else {
                throw fault("a parameter that is made from something else than a tensor")
            }
            return .tensor(tensor)
        case .rebuildSubclass:
            // (function, class, its arguments, attributes)
            guard items.count == 4, case .global(let inner) = values[items[0]], inner != .rebuildSubclass,
                case .tuple(let arguments) = values[items[2]]
            else { throw fault("a tensor of a class of its own with other arguments than PyTorch writes") }
            return try result(of: inner, arguments)
        case .attribute: return .global(try attribute(items))
        case .other("torch._utils", let name) where name.begins(with: "_rebuild_"):
            throw fault("a tensor of a kind that is not read (got \(global.name))")
        case .other(let module, let name):
            guard PickleNames.makesData(module: module, name: name) else {
                throw refuse(calling: "\(module).\(name)")
            }
            return .record(PickleRecord(maker: global, arguments: items))
        case .storage: throw fault("REDUCE on something that cannot be called (got \(global.name))")
        }
    }

    /// An object made from its class without a call, by the opcodes NEWOBJ and NEWOBJ_EX.
    mutating func make(_ type: Int, _ arguments: Int, _ keywords: Int? = nil) throws(FormatFault) {
        let items = try tuple(arguments, of: "NEWOBJ")
        switch values[type] {
        case .global(.orderedDict) where items.isEmpty: try push(.dictionary([], ordered: true))
        case .global(.other(let module, let name)):
            let maker = PickleGlobal.other(module: module, name: name)
            try push(.record(PickleRecord(maker: maker, arguments: items + (keywords.map { [$0] } ?? []))))
        default: throw fault("NEWOBJ on something that is no class (got \(values[type].kind))")
        }
    }

    /// An attribute of a class is a name like any other; of anything else, Python would look for it.
    private mutating func attribute(_ items: [Int]) throws(FormatFault) -> PickleGlobal {
        guard items.count == 2, case .global(.other(let module, let owner)) = values[items[0]],
            case .text(let name) = values[items[1]]
        else { throw refuse(calling: PickleGlobal.attribute.name) }
        guard let global = PickleGlobal(module: module, name: "\(owner).\(name)") else {
            throw refuse(calling: "\(module).\(owner).\(name)")
        }
        return global
    }

    /// `_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, backward_hooks[, metadata])`
    private func tensor(_ items: [Int]) throws(FormatFault) -> TorchTensor {
        guard items.count == 6 || items.count == 7, case .bool = values[items[4]],
            case .dictionary(let hooks, _) = values[items[5]], hooks.isEmpty
        else { throw fault("a tensor with other arguments than PyTorch writes") }
        return try tensor(storage: items[0], offset: items[1], shape: items[2], strides: items[3])
    }

    private func tensor(storage: Int, offset: Int, shape: Int, strides: Int) throws(FormatFault) -> TorchTensor {
        guard case .storage(let storage) = values[storage], case .int(let offset) = values[offset],
            let shape = integers(shape), let strides = integers(strides)
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
    mutating func build() throws(FormatFault) {
        let state = try pop()
        let target = try top()
        if case .record(var record) = values[target] {
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
            guard case .text("_metadata") = values[attribute.key] else {
                throw fault("BUILD sets an attribute other than _metadata")
            }
        }
    }

    /// `('storage', type, key, location, count[, None])`, or of old files `('module', class, source file, source)`.
    mutating func persistentValue() throws(FormatFault) {
        let id = try pop()
        let other = fault("a persistent id other than PyTorch's ('storage', type, key, location, count)")
        guard case .tuple(let items) = values[id] else { throw other }
        if items.count == 4, case .text("module") = values[items[0]], case .global = values[items[1]] {
            return try push(index: items[1])
        }
        guard items.count == 5 || items.count == 6, case .text("storage") = values[items[0]],
            case .global(let kind) = values[items[1]], case .text(let key) = values[items[2]],
            case .text = values[items[3]], case .int(let count) = values[items[4]]
        else { throw other }
        guard case .storage(let type) = kind else {
            throw fault("a storage of numbers that are not read (got \(kind.name))")
        }
        if items.count == 6 {
            guard case .none = values[items[5]] else { throw fault("a storage that is a view of another one") }
        }
        guard (0...TensorLimits.elements).contains(count) else {
            throw fault("a storage that is too large (got \(count) numbers, limit \(TensorLimits.elements))")
        }
        try push(.storage(TorchStorage(key: key, type: type, count: count)))
    }
}
