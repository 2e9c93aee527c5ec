import GNCABasics

/// Everything that a pickle may name. It stands for what Python would call, and is never called.
enum PickleGlobal: Equatable {
    case orderedDict
    case rebuildTensor
    /// The same with the type of the numbers beside a storage of bytes.
    case rebuildTypedTensor
    /// The same before PyTorch 0.4.
    case rebuildOldTensor
    /// A parameter, whose first argument is its tensor.
    case rebuildParameter
    /// `torch._tensor._rebuild_from_type_v2`, which wraps one of the above.
    case rebuildSubclass
    /// Another function of PyTorch that makes a tensor: a sparse one, a quantised one, one without numbers.
    case rebuildUnread(name: String)
    /// Python's `getattr`, by which a file names an attribute of a class: an activation, a member of an enumeration.
    case attribute
    case storage(ElementType)
    /// What runs things (`PickleNames`): a file that names it is refused.
    case forbidden(name: String)
    /// Whatever else a file names. What Python would make with it becomes a `PickleRecord`.
    case other(module: String, name: String)

    private static let known: [String: PickleGlobal] = [
        "collections.OrderedDict": .orderedDict, "torch._utils._rebuild_tensor_v2": .rebuildTensor,
        "torch._utils._rebuild_tensor_v3": .rebuildTypedTensor, "torch._utils._rebuild_tensor": .rebuildOldTensor,
        "torch._utils._rebuild_parameter": .rebuildParameter,
        "torch._utils._rebuild_parameter_with_state": .rebuildParameter,
        "torch._tensor._rebuild_from_type_v2": .rebuildSubclass, "builtins.getattr": .attribute,
        "__builtin__.getattr": .attribute,
    ]

    private static let storages: [String: ElementType] = [
        "DoubleStorage": .f64, "FloatStorage": .f32, "HalfStorage": .f16, "BFloat16Storage": .bf16,
        "LongStorage": .i64, "IntStorage": .i32, "ShortStorage": .i16, "CharStorage": .i8, "ByteStorage": .u8,
        "BoolStorage": .bool,
    ]

    init(module: String, name: String) {
        if let known = Self.known["\(module).\(name)"] {
            self = known
        } else if module == "torch", let type = Self.storages[name] {
            self = .storage(type)
        } else if module == "torch._utils", name.begins(with: "_rebuild_") {
            self = .rebuildUnread(name: Self.shown(module, name))
        } else if PickleNames.runs(module: module, name: name) {
            self = .forbidden(name: Self.shown(module, name))
        } else {
            self = .other(module: module, name: name)
        }
    }

    /// A name from a file as messages may show it.
    private static func shown(_ module: String, _ name: String) -> String {
        String(JSONText.shown("\(module).\(name)").dropFirst().dropLast())
    }

    /// As messages name it.
    var name: String {
        switch self {
        case .orderedDict: "collections.OrderedDict"
        case .rebuildTensor: "torch._utils._rebuild_tensor_v2"
        case .rebuildTypedTensor: "torch._utils._rebuild_tensor_v3"
        case .rebuildOldTensor: "torch._utils._rebuild_tensor"
        case .rebuildParameter: "torch._utils._rebuild_parameter"
        case .rebuildSubclass: "torch._tensor._rebuild_from_type_v2"
        case .attribute: "builtins.getattr"
        case .storage(let type): "torch storage of \(type.rawValue)"
        case .rebuildUnread(let name), .forbidden(let name): name
        case .other(let module, let name): Self.shown(module, name)
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
///
/// Names that run things are refused wherever they stand. Of all others, classes may make objects, and so may those
/// functions that are known to make nothing but data; a call of any other function is refused, for no list of bad ones
/// is ever complete.
enum PickleNames {
    private static func words(_ text: String) -> Set<String> {
        Set(text.unicodeScalars.split { $0.properties.isWhitespace }.map(String.init))
    }

    /// Packages that start programs, run code, or reach files and the network. Naming them is enough.
    private static let packages = words(
        """
        os posix nt subprocess _posixsubprocess commands popen2 pty sys shutil tempfile glob
        fileinput io _io mmap fcntl socket _socket socketserver ssl select selectors asyncio urllib urllib2 http httplib
        ftplib smtplib telnetlib poplib imaplib nntplib xmlrpc webbrowser requests importlib _frozen_importlib
        _frozen_importlib_external imp zipimport pkgutil runpy codeop marshal shelve pickle _pickle cPickle pickletools dill
        cloudpickle joblib ctypes _ctypes cffi multiprocessing concurrent threading _thread thread atexit gc inspect ast pdb
        bdb cProfile timeit doctest unittest distutils setuptools pip ensurepip venv sysconfig py_compile compileall sqlite3
        dbm IPython zipfile tarfile gzip bz2 _bz2 lzma _lzma mailbox smtpd wsgiref netrc idlelib lib2to3 pydoc curses
        readline rlcompleter tkinter turtle turtledemo antigravity cgi cgitb zipapp modulefinder linecache tracemalloc
        faulthandler symtable winreg _winreg _winapi msvcrt termios tty syslog _testcapi _xxsubinterpreters _interpreters
        paramiko pexpect ptyprocess psutil fabric invoke httpx aiohttp urllib3 ipykernel
        """)

    /// The same, where a program of the user's may have a package of that name, or where the rest of a package is harmless.
    private static let modules = words(
        """
        code types site test trace profile signal platform resource pwd crypt logging.handlers logging.config torch.hub
        torch.utils.cpp_extension torch.utils.tensorboard torch.package numpy.f2py numpy.distutils
        """)

    /// Attributes through which a name reaches anything, and single names that do.
    private static let functions = words(
        """
        eval exec execfile compile open getattr __import__ __getattribute__ __globals__ __builtins__ __subclasses__
        __class__ __base__ __bases__ __mro__ __dict__ __code__ __closure__ __loader__ __spec__ f_globals func_globals
        attrgetter methodcaller FileHandler
        """)

    /// Functions of Python itself that do more than make or measure data.
    private static let builtinsThatRun = words(
        """
        eval exec execfile compile open file input raw_input breakpoint globals locals vars setattr delattr getattr
        __import__ reload apply help exit quit
        """)

    /// Lower-case names of Python that make nothing but data.
    private static let builtins = words(
        """
        set frozenset list dict tuple int long float complex bool str unicode bytes bytearray slice range xrange object
        iter enumerate reversed zip type
        """)

    /// Functions and lower-case classes with which data is made, by Python itself, NumPy, PyTorch and what often stands
    /// beside them.
    private static let makers = words(
        """
        _codecs.encode copyreg._reconstructor copy_reg._reconstructor copyreg.__newobj__ copy_reg.__newobj__
        copyreg.__newobj_ex__ collections.defaultdict collections.deque functools.partial datetime.datetime datetime.date
        datetime.time datetime.timedelta datetime.timezone zoneinfo.ZoneInfo._unpickle time.struct_time
        types.SimpleNamespace types.GenericAlias types.UnionType logging.getLogger re._compile array.array
        array._array_reconstructor itertools.count itertools.cycle itertools.repeat itertools.chain operator.itemgetter
        operator.getitem _operator.getitem io.BytesIO _io.BytesIO io.StringIO _io.StringIO os.stat_result
        os.terminal_size os.uname_result platform.uname_result inspect.Signature inspect.Parameter
        inspect._ParameterKind urllib.parse.ParseResult urllib.parse.SplitResult
        numpy.dtype numpy.ndarray numpy.core.multiarray.scalar numpy.core.multiarray._reconstruct
        numpy.core.numeric._frombuffer numpy.core._ufunc_reconstruct numpy._core.multiarray.scalar
        numpy._core.multiarray._reconstruct numpy._core.numeric._frombuffer numpy._core._ufunc_reconstruct
        numpy.ma.core._mareconstruct torch.device torch.serialization._get_layout
        pandas._libs.internals._unpickle_block pandas.core.indexes.base._new_Index
        pandas.core.indexes.datetimes._new_DatetimeIndex pandas._libs.tslibs.timestamps._unpickle_timestamp
        pandas._libs.tslibs.timedeltas._timedelta_unpickle pandas._libs.tslibs.nattype._nat_unpickle pytz._UTC pytz._p
        dateutil.tz.tz.tzutc dateutil.tz.tz.tzlocal dateutil.tz.tz.tzfile
        """)

    private static func isBuiltin(_ module: String) -> Bool { module == "builtins" || module == "__builtin__" }

    /// Whether a name belongs to what runs things, so that no file of data holds it.
    static func runs(module: String, name: String) -> Bool {
        if makers.contains("\(module).\(name)") { return false }
        guard isSpelledAsName(module), isSpelledAsName(name) else { return true }
        // Later protocols name attributes of attributes: "torch" and "os.system".
        let parts = name.parts(at: ".")
        if isBuiltin(module) {
            return parts.contains {
                builtinsThatRun.contains($0) || functions.contains($0) || packages.contains($0) || modules.contains($0)
            }
        }
        let package = module.parts(at: ".")[0]
        return packages.contains(package) || isIn(modules, module) || parts.contains(where: functions.contains)
            || parts.dropLast().contains { packages.contains($0) || modules.contains($0) || isBuiltin($0) }
    }

    /// Whether a module is one of `modules`; those of PyTorch and NumPy have parts of their own.
    private static func isIn(_ modules: Set<String>, _ module: String) -> Bool {
        modules.contains(module) || modules.contains { $0.holds(".") && module.begins(with: $0 + ".") }
    }

    /// Whether an attribute of an object leads to what runs things.
    static func reachesAnything(_ attribute: String) -> Bool {
        functions.contains(attribute) || !isSpelledAsName(attribute)
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
        // What Cython's classes are made with.
        return isClass(name) || name.begins(with: "__pyx_unpickle_")
    }

    private static func isClass(_ name: String) -> Bool {
        let last = name.parts(at: ".").last { !$0.isEmpty } ?? ""
        return last.unicodeScalars.first { $0 != "_" }?.properties.isUppercase ?? false
    }
}
