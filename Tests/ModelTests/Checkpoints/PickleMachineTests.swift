import Testing

@testable import GNCABasics
@testable import GNCACells
@testable import GNCACheckpoints

/// Every file here would run something, exhaust something or confuse something in a careless reader.
@Suite struct PickleMachineTests {
    struct Exploit: Sendable, CustomTestStringConvertible {
        var name: String
        var pickle: [UInt8]
        var reason: String
        var testDescription: String { name }

        init(_ name: String, _ pickle: [UInt8], _ reason: String) {
            (self.name, self.pickle, self.reason) = (name, pickle, reason)
        }

        /// One that is refused for what it calls.
        static func call(_ name: String, _ pickle: [UInt8], _ called: String) -> Exploit {
            Exploit(name, pickle, "refused: calls \(called) (this file may be malicious)")
        }

        /// One that is refused for a function that nobody knows.
        static func unknown(_ name: String, _ pickle: [UInt8], _ called: String) -> Exploit {
            .call(name, pickle, "\(called), which is not known to make only data")
        }

        /// One that is refused for what it names, without a call.
        static func naming(_ name: String, _ pickle: [UInt8], _ named: String) -> Exploit {
            Exploit(name, pickle, "refused: names \(named) (this file may be malicious)")
        }

        /// One that is refused for an opcode.
        static func opcode(_ name: String, _ pickle: [UInt8]) -> Exploit {
            Exploit(
                name, pickle,
                "refused: uses the opcode \(name), which files of tensors do not need (this file may be malicious)")
        }
    }

    private static func op(_ text: String) -> [UInt8] { Pickle.op(text) }
    private static let command = Pickle.text("touch /tmp/owned")
    private static let float = Pickle.storage("0", count: 4)

    /// What runs things, whatever it is called with.
    private static let running: [(module: String, name: String)] = [
        ("os", "system"), ("posix", "system"), ("nt", "system"), ("builtins", "eval"), ("builtins", "exec"),
        ("__builtin__", "eval"), ("builtins", "__import__"), ("builtins", "open"), ("builtins", "setattr"),
        ("builtins", "globals"), ("builtins", "breakpoint"), ("subprocess", "Popen"), ("subprocess", "check_output"),
        ("runpy", "run_path"), ("torch.hub", "load"), ("torch.utils.cpp_extension", "load_inline"),
        ("torch.package.package_importer", "PackageImporter"), ("webbrowser", "open"), ("pickle", "loads"),
        ("_pickle", "Unpickler"), ("operator", "attrgetter"), ("_operator", "methodcaller"), ("ctypes", "CDLL"),
        ("code", "InteractiveInterpreter"), ("types", "FunctionType"), ("types", "CodeType"), ("socket", "socket"),
        ("importlib", "import_module"), ("imp", "load_source"), ("shutil", "rmtree"), ("sys", "exit"),
        ("marshal", "loads"), ("timeit", "timeit"), ("pdb", "run"), ("bdb", "Bdb"), ("cProfile", "runctx"),
        ("profile", "run"), ("trace", "Trace"), ("pty", "spawn"), ("commands", "getoutput"), ("pip", "main"),
        ("idlelib.pyshell", "ModifiedInterpreter"), ("lib2to3.pgen2.grammar", "Grammar"), ("pydoc", "pipepager"),
        ("asyncio.unix_events", "_UnixSubprocessTransport"), ("multiprocessing.util", "spawnv_passfds"),
        ("zipfile", "ZipFile"), ("tarfile", "open"), ("gzip", "GzipFile"), ("logging", "FileHandler"),
        ("logging.config", "listen"), ("tempfile", "NamedTemporaryFile"), ("mailbox", "Maildir"),
        ("numpy.f2py.crackfortran", "getlincoef"), ("distutils.spawn", "spawn"), ("ensurepip", "bootstrap"),
        ("http.server", "HTTPServer"), ("urllib.request", "urlopen"), ("requests.api", "get"),
        ("smtplib", "SMTP"), ("sqlite3", "connect"), ("dill", "loads"), ("cloudpickle", "loads"),
        ("joblib", "load"), ("pandas", "eval"), ("atexit", "register"), ("gc", "get_objects"),
        ("inspect", "getattr_static"),
        ("torch", "os.system"), ("torch", "serialization.os.Popen"), ("model", "Net.__init__.__globals__"),
        ("model", "Net.__class__"), ("builtins", "object.__subclasses__"), ("builtins", "str.__class__"),
        ("builtins", "subprocess.Popen"),
    ]

    /// Functions and methods of which nobody knows here what they do.
    private static let unknown: [(module: String, name: String)] = [
        ("torch", "load"), ("torch", "FloatStorage.from_file"), ("collections", "OrderedDict.__reduce__"),
        ("model", "build"), ("__main__", "_helper"), ("torch.storage", "_load_from_bytes"), ("torch.jit", "load"),
        ("numpy.testing._private.utils", "runstring"), ("numpy", "load"), ("codecs", "decode"),
        ("functools", "reduce"), ("itertools", "starmap"), ("builtins", "str.format"), ("builtins", "map"),
        ("builtins", "print"), ("pandas", "read_csv"), ("posixpath", "exists"), ("torch._inductor.codecache", "load"),
        ("copyreg", "add_extension"), ("copy", "deepcopy"), ("nose.tools", "run"), ("reprlib", "repr"),
    ]

    static let calls: [Exploit] =
        running.map { Exploit.call("\($0).\($1)", calling($0, $1), "\($0).\($1)") }
        + unknown.map { Exploit.unknown("\($0).\($1)", calling($0, $1), "\($0).\($1)") } + [
            .call("getattr", calling("builtins", "getattr"), "builtins.getattr")
        ]

    private static func calling(_ module: String, _ name: String) -> [UInt8] {
        Pickle.program(Pickle.global(module, name), op("("), command, op("tR"))
    }

    /// With a frame and two memoized short texts.
    private static let protocol4: [UInt8] = [
        [0x80, 4, 0x95, 30, 0, 0, 0, 0, 0, 0, 0, 0x8C, 5], op("posix"), [0x94, 0x8C, 6], op("system"),
        [0x94, 0x93, 0x94], op("."),
    ].flatMap { $0 }

    static let hiddenCalls: [Exploit] = [
        .call(
            "inside the dictionary",
            Pickle.program(
                Pickle.orderedDict, op("("), Pickle.text("w1"), Pickle.global("os", "system"), op("("), command,
                op("tRu")), "os.system"),
        .naming("named and never called", Pickle.program(Pickle.global("os", "system")), "os.system"),
        .naming(
            "named before something else is wrong",
            Pickle.program(Pickle.global("os", "system"), op("]NNs")), "os.system"),
        .naming(
            "kept for later",
            Pickle.program(
                Pickle.global("functools", "partial"), Pickle.tuple(Pickle.global("os", "system"), command), op("R")),
            "os.system"),
        .naming(
            "as the default of a dictionary",
            Pickle.program(
                Pickle.global("collections", "defaultdict"), Pickle.tuple(Pickle.global("os", "system")), op("R")),
            "os.system"),
        .naming(
            "as what is done with a list",
            Pickle.program(Pickle.global("builtins", "map"), Pickle.tuple(Pickle.global("os", "system"), op("]"))),
            "os.system"),
        .naming(
            "as a hook of a tensor",
            Pickle.program(
                Pickle.global("torch._utils", "_rebuild_tensor_v2"),
                op("("), float, Pickle.int(0), Pickle.ints([4]), Pickle.ints([1]), [0x89],
                Pickle.global("os", "system"), op("tR")), "os.system"),
        .naming(
            "as a type of storage",
            Pickle.program(
                op("("), Pickle.text("storage"), Pickle.global("os", "system"), Pickle.text("0"),
                Pickle.text("cpu"),
                Pickle.int(4), op("tQ")), "os.system"),
        .call("INST", Pickle.program(op("("), command, op("ios\nsystem\n")), "os.system"),
        .call("OBJ", Pickle.program(op("("), Pickle.global("os", "system"), command, op("o")), "os.system"),
        .naming(
            "as an attribute of an object",
            Pickle.program(
                Pickle.object("model", "Net"), op("}"), Pickle.text("a"), Pickle.global("os", "system"), op("sb")),
            "os.system"),
        .naming(
            "as an attribute of a module",
            Pickle.program(
                Pickle.global("builtins", "getattr"), Pickle.tuple(Pickle.global("torch", "os"), Pickle.text("system")),
                op("R")), "torch.os.system"),
        .naming(
            "as an attribute of an attribute",
            Pickle.program(
                Pickle.global("builtins", "getattr"),
                Pickle.tuple(Pickle.global("torch", "Tensor"), Pickle.text("__globals__")), op("R")),
            "torch.Tensor.__globals__"),
        .unknown(
            "as an attribute that is called",
            Pickle.program(
                Pickle.global("__builtin__", "getattr"),
                Pickle.tuple(Pickle.global("model", "Net"), Pickle.text("run")), op("R)R")), "model.Net.run"),
        .call(
            "as an attribute of a module that is called",
            Pickle.program(
                Pickle.global("builtins", "getattr"), Pickle.tuple(Pickle.global("torch", "os"), Pickle.text("system")),
                op("R("), command, op("tR")), "torch.os.system"),
        .call(
            "as an attribute of an object that leads anywhere",
            Pickle.program(
                Pickle.global("builtins", "getattr"),
                Pickle.tuple(Pickle.object("model", "Net"), Pickle.text("__class__")), op("R")), "builtins.getattr"),
        .call(
            "as an attribute of a number",
            Pickle.program(
                Pickle.global("builtins", "getattr"), Pickle.tuple(Pickle.int(1), Pickle.text("real")), op("R")),
            "builtins.getattr"),
        .call(
            "through __setstate__",
            Pickle.program(
                Pickle.object("model", "Net"), op("}"), Pickle.text("__setstate__"), Pickle.global("os", "system"),
                op("sb"), command, op("b"), Pickle.global("os", "system"), op(")R")), "os.system"),
        .call(
            "remembered and recalled",
            Pickle.program(Pickle.global("os", "system"), op("q"), [7], op("0h"), [7], op("("), command, op("tR")),
            "os.system"),
        .call(
            "as the maker of a class that is made from parts",
            Pickle.program(
                Pickle.global("copyreg", "__newobj__"), op("0"), Pickle.global("subprocess", "Popen"),
                Pickle.tuple(command), op("}"), [0x92]), "subprocess.Popen"),
        .call("NEWOBJ of Popen", Pickle.program(Pickle.object("subprocess", "Popen")), "subprocess.Popen"),
        .unknown(
            "inside a subclass of Tensor",
            Pickle.program(
                Pickle.global("torch._tensor", "_rebuild_from_type_v2"), op("("), Pickle.global("model", "run"),
                op("N)NtR")), "model.run"),
        .call("NEWOBJ", Pickle.program(Pickle.global("os", "system"), op(")"), [0x81]), "os.system"),
        .call(
            "STACK_GLOBAL",
            Pickle.program(Pickle.text("os"), Pickle.text("system"), [0x93], op("("), command, op("tR")),
            "os.system"),
        .naming("protocol 4", protocol4, "posix.system"),
        .call("protocol 0", op("cos\nsystem\n(S'ls'\ntR."), "os.system"),
        .naming("a name that a terminal obeys", Pickle.program(op("cos\u{1B}[2J\nsystem\n")), "os\\u001b[2J.system"),
        .call(
            "a class that a terminal obeys", Pickle.program(Pickle.object("model", "Net\u{1B}[2J")),
            "model.Net\\u001b[2J"),
        .call("a class without a name", Pickle.program(Pickle.object("model", "")), "model."),
        .call(
            "a name without module", Pickle.program(op("]"), Pickle.text("system"), [0x93]),
            "something without a name"),
    ]

    static let opcodes: [Exploit] = [
        .opcode("EXT1", Pickle.program([0x82, 1])),
        .opcode("EXT2", Pickle.program([0x83, 1, 0])), .opcode("EXT4", Pickle.program([0x84, 1, 0, 0, 0])),
        .opcode("OBJ", Pickle.program(op("("), Pickle.global("collections", "OrderedDict"), op("o"))),
        .opcode("PERSID", Pickle.program(op("Pstorage\n"))), .opcode("0x49", Pickle.program(op("I1\n"))),
        .opcode("0xFF", Pickle.program([0xFF])), .opcode("NEXT_BUFFER", Pickle.program([0x97])),
        .opcode("READONLY_BUFFER", Pickle.program(op("N"), [0x98])),
    ]

    static let confusions: [Exploit] = [
        Exploit(
            "REDUCE on a text", Pickle.program(Pickle.text("os.system"), op(")R")),
            "REDUCE on something that cannot be called (got a text) (byte 18 of the pickle)"),
        Exploit(
            "REDUCE on a storage type", Pickle.program(Pickle.global("torch", "FloatStorage"), op(")R")),
            "REDUCE on something that cannot be called (got torch storage of F32) (byte 24 of the pickle)"),
        Exploit(
            "NEWOBJ on a tuple", Pickle.program(op("))"), [0x81]),
            "NEWOBJ on something that is no class (got a tuple) (byte 5 of the pickle)"),
        Exploit(
            "NEWOBJ on a storage type", Pickle.program(Pickle.object("torch", "FloatStorage")),
            "NEWOBJ on something that is no class (got torch storage of F32) (byte 24 of the pickle)"),
        Exploit(
            "NEWOBJ_EX with a text", Pickle.program(Pickle.global("model", "Net"), Pickle.text("a"), op("}"), [0x92]),
            "NEWOBJ with arguments that are no tuple (got a text) (byte 21 of the pickle)"),
        Exploit(
            "REDUCE on an object", Pickle.program(Pickle.object("model", "Net"), op(")R")),
            "REDUCE on something that cannot be called (got an object of model.Net) (byte 17 of the pickle)"),
        Exploit(
            "REDUCE on an attribute",
            Pickle.program(
                Pickle.global("builtins", "getattr"), Pickle.tuple(Pickle.object("model", "Net"), Pickle.text("run")),
                op("R)R")),
            "REDUCE on something that cannot be called (got an object of builtins.getattr) (byte 46 of the pickle)"),
        Exploit(
            "REDUCE on an element of something",
            Pickle.program(
                Pickle.global("_operator", "getitem"), Pickle.tuple(op("}"), Pickle.text("eval")), op("R)R")),
            "REDUCE on something that cannot be called (got an object of _operator.getitem) (byte 36 of the pickle)"),
        Exploit(
            "a subclass of a subclass of Tensor",
            Pickle.program(
                Pickle.global("torch._tensor", "_rebuild_from_type_v2"), op("("),
                Pickle.global("torch._tensor", "_rebuild_from_type_v2"), op("N)NtR")),
            "a tensor of a class of its own with other arguments than PyTorch writes (byte 82 of the pickle)"),
        Exploit(
            "REDUCE with a list", Pickle.program(Pickle.global("collections", "OrderedDict"), op("]R")),
            "REDUCE with arguments that are no tuple (got a list) (byte 29 of the pickle)"),
        Exploit(
            "an OrderedDict of something",
            Pickle.program(Pickle.global("collections", "OrderedDict"), op("]Na"), [0x85], op("R")),
            "an OrderedDict made from something else than a list of pairs (byte 32 of the pickle)"),
        Exploit(
            "BUILD on a dictionary", Pickle.program(op("}}b")),
            "BUILD on something that has no attributes (got a dictionary) (byte 5 of the pickle)"),
        Exploit(
            "BUILD on a tensor", Pickle.program(Pickle.tensor(storage: float, shape: [4]), op("}b")),
            "BUILD on something that has no attributes (got a tensor) (byte 141 of the pickle)"),
        Exploit(
            "BUILD with __setstate__",
            Pickle.program(Pickle.orderedDict, op("}"), Pickle.text("__setstate__"), op("Nsb")),
            "BUILD sets an attribute that a dictionary does not have (byte 50 of the pickle)"),
        Exploit(
            "BUILD with a tuple", Pickle.program(Pickle.orderedDict, op(")b")),
            "BUILD with something that is no dictionary (got a tuple) (byte 31 of the pickle)"),
        Exploit(
            "SETITEM on a tensor",
            Pickle.program(Pickle.tensor(storage: float, shape: [4]), Pickle.text("a"), op("Ns")),
            "SETITEM on something that is no dictionary (got a tensor) (byte 147 of the pickle)"),
        Exploit(
            "SETITEMS on a list", Pickle.program(op("]("), Pickle.text("a"), op("Nu")),
            "SETITEM on something that is no dictionary (got a list) (byte 12 of the pickle)"),
        Exploit(
            "a list as a key", Pickle.program(op("}]Ns")),
            "a key that no dictionary has (got a list) (byte 6 of the pickle)"),
        Exploit("a key without a value", Pickle.program(op("}(Nu")), "a key without a value (byte 6 of the pickle)"),
        Exploit(
            "APPEND to a tuple", Pickle.program(op(")Na")),
            "APPEND to something that is no list (got a tuple) (byte 5 of the pickle)"),
        Exploit(
            "a memo that was never set", Pickle.program(op("h"), [7]),
            "a value is recalled that was never remembered (got 7) (byte 4 of the pickle)"),
        Exploit(
            "a memo of nothing", Pickle.program(op("q"), [0]),
            "nothing on the stack where a value should be (byte 4 of the pickle)"),
        Exploit(
            "a tuple without a mark", Pickle.program(op("Nt")),
            "no mark on the stack where one should be (byte 4 of the pickle)"),
        Exploit(
            "an empty stack", Pickle.program(), "nothing on the stack where a value should be (byte 3 of the pickle)"),
        Exploit(
            "a mark as a value", Pickle.program(op("(")),
            "nothing on the stack where a value should be (byte 4 of the pickle)"),
        Exploit(
            "two values", Pickle.program(op("NN")), "1 values too many on the stack at the end (byte 5 of the pickle)"),
        Exploit("no end", [0x80, 2] + op("N"), "the pickle is cut off (byte 3 of the pickle)"),
        Exploit("protocol 2 twice", [0x80, 2, 0x80, 2] + op("N."), "a second protocol number (byte 3 of the pickle)"),
        Exploit(
            "protocol 6", [0x80, 6] + op("N."), "a pickle of protocol 6 (expected 2 to 5) (byte 2 of the pickle)"),
        Exploit("protocol 1", op("}."), "a pickle of protocol 0 or 1 (expected 2 to 5) (byte 1 of the pickle)"),
        Exploit(
            "an integer of 2 GB", Pickle.program([0x8B, 0xFF, 0xFF, 0xFF, 0x7F]),
            "the pickle is cut off (byte 7 of the pickle)"),
        Exploit(
            "a text of more bytes than there are integers", Pickle.program([0x8D] + [UInt8](repeating: 0xFF, count: 8)),
            "the pickle is cut off (byte 11 of the pickle)"),
        Exploit(
            "bytes longer than the file", Pickle.program(op("B"), [0xFF, 0xFF, 0xFF, 0xFF]),
            "the pickle is cut off (byte 7 of the pickle)"),
        Exploit(
            "a frame longer than the file", Pickle.program([0x95, 99, 0, 0, 0, 0, 0, 0, 0], op("N")),
            "a frame longer than the pickle (byte 11 of the pickle)"),
        Exploit(
            "ADDITEMS to a list", Pickle.program(op("](N"), [0x90]),
            "ADDITEMS to something that is no set (got a list) (byte 6 of the pickle)"),
        Exploit(
            "POP of nothing", Pickle.program(op("0")),
            "nothing on the stack where a value should be (byte 3 of the pickle)"),
        Exploit(
            "POP_MARK without a mark", Pickle.program(op("N1")),
            "no mark on the stack where one should be (byte 4 of the pickle)"),
        Exploit(
            "DUP of a mark", Pickle.program(op("(2")),
            "nothing on the stack where a value should be (byte 4 of the pickle)"),
        Exploit(
            "a text longer than the file", Pickle.program(op("X"), [0xFF, 0xFF, 0xFF, 0xFF]),
            "the pickle is cut off (byte 7 of the pickle)"),
        Exploit(
            "a text that is not UTF-8", Pickle.program(op("X"), [1, 0, 0, 0, 0xFF]),
            "a text that is not UTF-8 (byte 8 of the pickle)"),
        Exploit(
            "an endless name", Pickle.program(op("c" + String(repeating: "a", count: 300))),
            "a name that is cut off, too long or not UTF-8 (byte 3 of the pickle)"),
        Exploit(
            "another persistent id", Pickle.program(op("("), Pickle.text("module"), op("tQ")),
            "a persistent id other than PyTorch's ('storage', type, key, location, count) (byte 16 of the pickle)"),
        Exploit(
            "a view of a storage",
            Pickle.program(
                op("("), Pickle.text("storage"), Pickle.global("torch", "FloatStorage"), Pickle.text("0"),
                Pickle.text("cpu"), Pickle.int(4), op(")tQ")),
            "a storage that is a view of another one (byte 57 of the pickle)"),
        Exploit(
            "a huge storage", Pickle.program(Pickle.storage("0", count: 1 << 30)),
            "a storage that is too large (got 1073741824 numbers) (byte 56 of the pickle)"),
        Exploit(
            "a negative storage", Pickle.program(Pickle.storage("0", count: -1)),
            "a storage that is too large (got -1 numbers) (byte 56 of the pickle)"),
        Exploit(
            "a tensor larger than its storage", Pickle.program(Pickle.tensor(storage: float, shape: [5])),
            "a tensor that reaches outside its storage (got shape [5], strides [1], offset 0 in 4 numbers) (byte 139 of the pickle)"
        ),
        Exploit(
            "an offset outside", Pickle.program(Pickle.tensor(storage: float, shape: [2], offset: 3)),
            "a tensor that reaches outside its storage (got shape [2], strides [1], offset 3 in 4 numbers) (byte 139 of the pickle)"
        ),
        Exploit(
            "an offset before", Pickle.program(Pickle.tensor(storage: float, shape: [2], offset: -1)),
            "a tensor that reaches outside its storage (got shape [2], strides [1], offset -1 in 4 numbers) (byte 139 of the pickle)"
        ),
        Exploit(
            "a stride outside", Pickle.program(Pickle.tensor(storage: float, shape: [2, 2], strides: [3, 1])),
            "a tensor that reaches outside its storage (got shape [2, 2], strides [3, 1], offset 0 in 4 numbers) (byte 149 of the pickle)"
        ),
        Exploit(
            "a negative stride", Pickle.program(Pickle.tensor(storage: float, shape: [2], strides: [-1])),
            "a tensor that reaches outside its storage (got shape [2], strides [-1], offset 0 in 4 numbers) (byte 139 of the pickle)"
        ),
        Exploit(
            "an endless tensor of one number",
            Pickle.program(Pickle.tensor(storage: float, shape: [2_000_000_000, 2_000_000_000], strides: [0, 0])),
            "a tensor is too large (got shape [2000000000, 2000000000], limit 67108864 elements)"),
        Exploit(
            "nine dimensions", Pickle.program(Pickle.tensor(storage: float, shape: [1, 1, 1, 1, 1, 1, 1, 1, 1])),
            "a tensor has too many dimensions (got 9, limit 8)"),
        Exploit(
            "a hook",
            Pickle.program(
                Pickle.global("torch._utils", "_rebuild_tensor_v2"),
                op("("), float, Pickle.int(0), Pickle.ints([4]), Pickle.ints([1]), [0x89], op("]"), op("tR")),
            "a tensor with other arguments than PyTorch writes (byte 113 of the pickle)"),
        Exploit(
            "a parameter of a text",
            Pickle.program(
                Pickle.global("torch._utils", "_rebuild_parameter"), op("("), Pickle.text("os"), [0x89],
                Pickle.orderedDict, op("tR")),
            "a parameter that is made from something else than a tensor (byte 73 of the pickle)"),
        Exploit(
            "1,000,000 levels", Pickle.program(op(")"), [UInt8](repeating: 0x85, count: 1_000_000)),
            "more than 1000000 opcodes (byte 1000001 of the pickle)"),
        Exploit(
            "1,000,000 marks", Pickle.program(op(String(repeating: "(", count: 1_000_000))),
            "more than 1000000 opcodes (byte 1000001 of the pickle)"),
        Exploit(
            "pairs that are copied for ever",
            Pickle.program(
                op("]("), [UInt8](repeating: UInt8(ascii: ")"), count: 1000), op("e"), [0x85], op("q"), [0],
                (0..<1001).flatMap { _ in Pickle.global("collections", "OrderedDict") + op("h") + [0] + op("R0") }),
            "an OrderedDict made from something else than a list of pairs (byte 1036 of the pickle)"),
    ]

    @Test(arguments: calls + hiddenCalls + opcodes + confusions)
    func isRefusedWithWhatItTried(exploit: Exploit) {
        #expect(throws: FormatFault(reason: exploit.reason)) { try PickleMachine(exploit.pickle[...]) }
    }

    /// As whole files: in today's archives, and where the old format has its content.
    @Test(arguments: calls + hiddenCalls + opcodes)
    func isRefusedInFilesOfBothKinds(exploit: Exploit) throws {
        let zip = ModelFiles.torchZip(pickle: exploit.pickle).bytes
        #expect(throws: ModelError.badCheckpoint(file: "x", reason: exploit.reason)) {
            try CheckpointFile(bytes: zip, path: "x")
        }
        let legacy = ModelFiles.torchLegacy([])
        let head = try #require(legacy.firstIndex(of: UInt8(ascii: "u"))) + 2
        #expect(throws: ModelError.badCheckpoint(file: "x", reason: exploit.reason)) {
            try CheckpointFile(bytes: Array(legacy[..<head]) + exploit.pickle, path: "x")
        }
    }

    @Test(arguments: calls + hiddenCalls)
    func isRefusedAsABarePickle(exploit: Exploit) throws {
        let called = exploit.reason.dropFirst("refused: ".count)
        #expect {
            try CheckpointFile(bytes: exploit.pickle, path: "x")
        } throws: {
            "\($0)" == "x: this is a Python pickle, refused: \(called) (expected \(CheckpointFormats.names))"
        }
    }

    /// Values that hold themselves.
    private static let loops: [[UInt8]] = {
        let parts: [[[UInt8]]] = [
            [op("]q"), [0], op("h"), [0], op("a")],
            [op("}q"), [0], Pickle.text("a"), op("]h"), [0], op("as")],
            [[0x8F], op("q"), [0], op("(h"), [0, 0x90]],
            [Pickle.object("model", "Net"), op("q"), [0], op("}"), Pickle.text("a"), op("h"), [0], op("sb")],
        ]
        return parts.map { Array($0.joined()) }
    }()

    @Test(arguments: loops)
    func aValueThatContainsItselfEndsThere(pickle: [UInt8]) throws {
        let tensor = Pickle.tensor(storage: Self.float, shape: [4])
        let whole = Pickle.program(Pickle.dictionary([("loop", pickle), ("w", tensor)]))
        #expect(try PickleMachine(whole[...]).namedTensors().map(\.name) == ["w"])
    }

    @Test(arguments: [(199, nil), (200, "the pickle is nested too deep (limit 200 levels)")] as [(Int, String?)])
    func depthIsLimited(levels: Int, reason: String?) throws {
        let machine = try PickleMachine(Pickle.program(Self.op(")"), [UInt8](repeating: 0x85, count: levels))[...])
        if let reason {
            #expect(throws: FormatFault(reason: reason)) { try machine.namedTensors() }
        } else {
            #expect(try machine.namedTensors().isEmpty)
        }
    }

    /// Each list holds the one before twice: 2^59 ways to the first.
    @Test func waysThroughSharedValuesAreLimited() throws {
        var pickle = Self.op("]q") + [0]
        for level in 1..<60 {
            let last = UInt8(level - 1)
            pickle += Self.op("](h") + [last] + Self.op("h") + [last] + Self.op("eq") + [UInt8(level)]
        }
        let machine = try PickleMachine(Pickle.program(Self.op("("), pickle, Self.op("t"))[...])
        #expect(throws: FormatFault(reason: "the pickle holds too many values in each other")) {
            try machine.namedTensors()
        }
    }

    /// Objects that all hold each other, as a trainer's parts do.
    @Test func aWebOfObjectsIsWalkedOnce() throws {
        let objects = (0..<250).flatMap { Pickle.object("model", "Part") + Self.op("q") + [UInt8($0)] }
        let links = (0..<250).flatMap { number in
            let attributes = (0..<250).map { ("a\($0)", Self.op("h") + [UInt8($0)]) }
            return Self.op("h") + [UInt8(number)] + Pickle.dictionary(attributes) + Self.op("b0")
        }
        let tensor = Pickle.tensor(storage: Self.float, shape: [4])
        let whole = Pickle.program(Self.op("("), objects, links, tensor, Self.op("t"))
        #expect(try PickleMachine(whole[...]).namedTensors().map(\.name) == ["250"])
    }

    @Test func tensorsAreFoundUnderTheirKeys() throws {
        let one = Pickle.tensor(storage: Pickle.storage("0", count: 4), shape: [2, 2])
        let parameter =
            Pickle.global("torch._utils", "_rebuild_parameter") + Pickle.tuple(one, [0x88], Pickle.orderedDict)
            + Pickle.op("R")
        let pickle = Pickle.program(
            Pickle.op("}("), Pickle.text("epoch"), Pickle.int(3), Pickle.text("model"), Pickle.orderedDict,
            Pickle.op("("),
            Pickle.text("a"), one, Pickle.text("b"), parameter, Pickle.op("u"), Pickle.text("more"), Pickle.op("]"),
            one,
            Pickle.op("au"))
        let machine = try PickleMachine(pickle[...] + [1, 2, 3])
        #expect(machine.length == pickle.count)
        let named = try machine.namedTensors()
        #expect(named.map(\.name) == ["model.a", "model.b", "more.0"])
        #expect(named.allSatisfy { $0.shape == [2, 2] })
    }
}
