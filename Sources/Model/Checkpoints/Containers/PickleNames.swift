import GNCABasics

/// Everything that a pickle may name. It stands for what Python would call, and is never called.
enum PickleGlobal: Equatable {
    case orderedDict
    case rebuildTensor
    /// The same before PyTorch 0.4.
    case rebuildOldTensor
    case rebuildParameter
    /// `torch._tensor._rebuild_from_type_v2`, which wraps one of the two above.
    case rebuildSubclass
    /// Python's `getattr`, by which a file names an attribute of a class: an activation, a member of an enumeration.
    case attribute
    case storage(ElementType)
    /// Whatever else a file names. What Python would make with it becomes a `PickleRecord`.
    case other(module: String, name: String)

    private static let storages: [String: ElementType] = [
        "DoubleStorage": .f64, "FloatStorage": .f32, "HalfStorage": .f16, "BFloat16Storage": .bf16,
        "LongStorage": .i64, "IntStorage": .i32, "ShortStorage": .i16, "CharStorage": .i8, "ByteStorage": .u8,
        "BoolStorage": .bool,
    ]

    /// nil for what no file of data names.
    init?(module: String, name: String) {
        switch (module, name) {
        case ("collections", "OrderedDict"): self = .orderedDict
        case ("torch._utils", "_rebuild_tensor_v2"): self = .rebuildTensor
        case ("torch._utils", "_rebuild_tensor"): self = .rebuildOldTensor
        case ("torch._utils", "_rebuild_parameter"): self = .rebuildParameter
        case ("torch._tensor", "_rebuild_from_type_v2"): self = .rebuildSubclass
        case ("builtins", "getattr"), ("__builtin__", "getattr"): self = .attribute
        default:
            if module == "torch", let type = Self.storages[name] {
                self = .storage(type)
            } else if PickleNames.runs(module: module, name: name) {
                return nil
            } else {
                self = .other(module: module, name: name)
            }
        }
    }

    /// As messages name it.
    var name: String {
        switch self {
        case .orderedDict: "collections.OrderedDict"
        case .rebuildTensor: "torch._utils._rebuild_tensor_v2"
        case .rebuildOldTensor: "torch._utils._rebuild_tensor"
        case .rebuildParameter: "torch._utils._rebuild_parameter"
        case .rebuildSubclass: "torch._tensor._rebuild_from_type_v2"
        case .attribute: "builtins.getattr"
        case .storage(let type): "torch storage of \(type.rawValue)"
        case .other(let module, let name): String(JSONText.shown("\(module).\(name)").dropFirst().dropLast())
        }
    }

    /// Whether this makes a NumPy array.
    var makesArray: Bool {
        guard case .other(let module, let name) = self else { return false }
        return module.begins(with: "numpy.") && (name == "_reconstruct" || name == "_frombuffer")
    }
}

/// Which names a file of data may hold. Nothing that a pickle names is ever called here, so that no name can do harm to
/// this program; but Python would call it, and a file that names `os.system` is not one that anybody should keep.
enum PickleNames {
    /// Packages of Python that start programs, run code, or reach files and the network. Naming them is enough.
    private static let packages: Set<String> = [
        "os", "posix", "nt", "posixpath", "ntpath", "genericpath", "subprocess", "_posixsubprocess", "commands",
        "popen2",
        "pty", "sys", "shutil", "tempfile", "glob", "fileinput", "io", "_io", "mmap", "fcntl", "socket", "_socket",
        "socketserver", "ssl", "select", "selectors", "asyncio", "urllib", "urllib2", "http", "httplib", "ftplib",
        "smtplib", "telnetlib", "poplib", "imaplib", "nntplib", "xmlrpc", "webbrowser", "requests", "importlib",
        "_frozen_importlib",
        "_frozen_importlib_external", "imp", "zipimport", "pkgutil", "runpy", "codeop", "marshal", "shelve", "pickle",
        "_pickle", "cPickle", "pickletools", "dill", "cloudpickle", "joblib", "ctypes", "_ctypes", "cffi",
        "multiprocessing",
        "concurrent", "threading", "_thread", "thread", "atexit", "gc", "inspect", "ast", "operator", "_operator",
        "pdb",
        "bdb", "cProfile", "timeit", "doctest", "unittest", "distutils", "setuptools", "pip", "ensurepip", "venv",
        "sysconfig", "py_compile", "compileall", "sqlite3", "dbm", "IPython",
    ]

    /// The same, where a program of the user's may have a package of that name.
    private static let modules: Set<String> = [
        "code", "types", "site", "test", "trace", "profile", "signal", "platform", "resource", "pwd", "crypt",
    ]

    /// Attributes through which a name reaches anything.
    private static let functions: Set<String> = [
        "eval", "exec", "execfile", "compile", "open", "getattr", "__import__", "__getattribute__", "__globals__",
        "__builtins__", "__subclasses__",
    ]

    /// Lower-case names of Python that make nothing but data.
    private static let builtins: Set<String> = [
        "set", "frozenset", "list", "dict", "tuple", "int", "long", "float", "complex", "bool", "str", "unicode",
        "bytes",
        "bytearray", "slice", "range", "xrange", "object",
    ]

    /// Functions and lower-case classes with which data is made, by Python itself, NumPy and PyTorch.
    private static let makers: Set<String> = [
        "_codecs.encode", "copyreg._reconstructor", "copy_reg._reconstructor", "copyreg.__newobj__",
        "copy_reg.__newobj__", "collections.defaultdict", "collections.deque", "functools.partial",
        "datetime.datetime", "datetime.date", "datetime.time", "datetime.timedelta", "datetime.timezone",
        "types.SimpleNamespace", "logging.getLogger", "numpy.dtype", "numpy.ndarray",
        "numpy.core.multiarray.scalar", "numpy.core.multiarray._reconstruct", "numpy.core.numeric._frombuffer",
        "numpy._core.multiarray.scalar", "numpy._core.multiarray._reconstruct", "numpy._core.numeric._frombuffer",
        "torch.device", "torch.serialization._get_layout",
    ]

    private static func isBuiltin(_ module: String) -> Bool { module == "builtins" || module == "__builtin__" }

    /// Whether a name belongs to what runs things, so that no file of data holds it.
    static func runs(module: String, name: String) -> Bool {
        if makers.contains("\(module).\(name)") { return false }
        // Later protocols name attributes of attributes: "torch" and "os.system".
        let parts = name.parts(at: ".")
        if isBuiltin(module) { return parts.count > 1 || !(builtins.contains(name) || isClass(name)) }
        guard isSpelledAsName(module), isSpelledAsName(name) else { return true }
        let package = module.parts(at: ".")[0]
        return packages.contains(package) || modules.contains(module) || parts.contains(where: functions.contains)
            || parts.dropLast().contains { packages.contains($0) || modules.contains($0) || isBuiltin($0) }
    }

    /// Words that Python could have, joined by dots.
    private static func isSpelledAsName(_ text: String) -> Bool {
        text.parts(at: ".").allSatisfy { word in
            !word.isEmpty && word.unicodeScalars.allSatisfy { $0.properties.isXIDContinue }
        }
    }

    /// Whether a call of this name makes data: it is a class, or one of the functions that are known to. Classes begin
    /// with a capital, functions do not; those who do otherwise are refused.
    static func makesData(module: String, name: String) -> Bool {
        if makers.contains("\(module).\(name)") || (isBuiltin(module) && builtins.contains(name)) { return true }
        if module.begins(with: "numpy.random."), name.begins(with: "__") { return true }
        return isClass(name)
    }

    private static func isClass(_ name: String) -> Bool {
        let last = name.parts(at: ".").last { !$0.isEmpty } ?? ""
        return last.unicodeScalars.first { $0 != "_" }?.properties.isUppercase ?? false
    }
}
