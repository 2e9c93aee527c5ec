"""Writes leftovers.txt: what trainings leave beside weights, as PyTorch pickles it.

    python3 leftovers.py > leftovers.txt        # needs torch and numpy

A line holds a name, the protocol, the pickle in base64, and every storage of it as KEY=base64.
"""

import argparse, array, base64, collections, dataclasses, datetime, decimal, enum, fractions, functools, io, ipaddress
import itertools, logging, math, operator, os, pathlib, random, re, time, types, typing, uuid, warnings, zipfile
import numpy as np
import torch
from torch import nn

warnings.filterwarnings("ignore")


class Colour(enum.Enum):
    RED = 1


class Level(enum.IntEnum):
    LOW = 1


class Bits(enum.Flag):
    A = 1
    B = 2


@dataclasses.dataclass
class Config:
    rate: float = 0.1
    tags: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass(frozen=True, slots=True)
class Slots:
    rate: float = 0.1


Pair = collections.namedtuple("Pair", "a b")


class config:
    def __init__(self):
        self.rate = 0.1


class Dict(dict):
    pass


class List(list):
    pass


class Text(str):
    pass


class State:
    def __getstate__(self):
        return 1, "a", [2]

    def __setstate__(self, state):
        pass


class Reduced:
    def __init__(self, *arguments):
        pass

    def __reduce__(self):
        return Reduced, (1,), None, iter([1, 2])


class Keywords:
    def __new__(cls, *arguments, **keywords):
        return object.__new__(cls)

    def __getnewargs_ex__(self):
        return (1,), {"k": 2}


class Subclass(torch.Tensor):
    pass


def function(x):
    return x


def itself(container):
    container.append(container)
    return container


def dictionary_of_itself():
    container = {}
    container["me"] = container
    return container


def module_with_its_parent():
    parent, child = nn.Linear(1, 1), nn.Linear(1, 1)
    parent.child, child.__dict__["parent"] = child, parent
    return parent


def optimiser(kind, **options):
    model = nn.Linear(2, 2)
    made = kind(model.parameters(), **options)

    def closure():
        made.zero_grad()
        loss = model(torch.ones(1, 2)).square().sum()
        loss.backward()
        return loss

    made.step(closure)
    return made


def parameter_with_attribute():
    parameter = nn.Parameter(torch.ones(3))
    parameter.note = "x"
    return parameter


random.seed(1)
adam = optimiser(torch.optim.Adam)
schedule = torch.optim.lr_scheduler
values = {
    # Python's own
    "int": 5, "big int": 1 << 600, "float": 0.5, "infinity": math.inf, "nan": math.nan, "bool": True, "none": None,
    "complex": 1j, "text": "turtle", "empty text": "", "bytes": b"abc", "bytearray": bytearray(b"ab"), "list": [1, [2]],
    "tuple": (1, 2), "set": {1, 2}, "frozenset": frozenset([1]), "dictionary": {"a": 1, 1: 2, (1, 2): 3, 0.5: 1, None: 1},
    "range": range(3), "slice": slice(1, 2), "ellipsis": ..., "not implemented": NotImplemented,
    "array": array.array("f", [1, 2]), "type": int, "built-in function": len, "exception": ValueError("a"),
    "iterator": iter([1, 2]), "deep": functools.reduce(lambda inner, _: [inner], range(100), 1),
    "list of itself": itself([]), "dictionary of itself": dictionary_of_itself(),
    # the standard library's
    "namespace": argparse.Namespace(rate=1, path=pathlib.PurePosixPath("a"), device=torch.device("cpu")),
    "simple namespace": types.SimpleNamespace(a=1), "path": pathlib.PurePosixPath("/a/b"),
    "datetime": datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone.utc), "date": datetime.date(2026, 1, 2),
    "timedelta": datetime.timedelta(1), "struct_time": time.gmtime(0), "decimal": decimal.Decimal("1.5"),
    "fraction": fractions.Fraction(1, 3), "uuid": uuid.UUID(int=1), "address": ipaddress.ip_address("127.0.0.1"),
    "ordered dictionary": collections.OrderedDict(a=1), "default dictionary": collections.defaultdict(list, a=[1]),
    "counter": collections.Counter("aab"), "deque": collections.deque([1], maxlen=3), "named tuple": Pair(1, 2),
    "chain map": collections.ChainMap({"a": 1}), "user dictionary": collections.UserDict(a=1), "enum": Colour.RED,
    "int enum": Level.LOW, "flag": Bits.A | Bits.B, "data class": Config(), "data class with slots": Slots(),
    "partial": functools.partial(torch.clamp, min=0), "partial of a function": functools.partial(function, 1),
    "expression": re.compile("a+"), "logger": logging.getLogger("x"), "item getter": operator.itemgetter(1),
    "operator": operator.add, "count": itertools.count(3), "bytes file": io.BytesIO(b"a"), "text file": io.StringIO("a"),
    "stat": os.stat_result(range(10)), "alias": list[int], "optional": typing.Optional[int], "class": Config,
    "method": Config.__init__, "bound method": collections.Counter("a").most_common, "function": function,
    "random state": random.getstate()[1][:8], "random": None,
    # a user's own
    "lower-case class": config(), "class of dictionary": Dict(a=1), "class of list": List([1]), "class of text": Text("a"),
    "own state": State(), "own reduce": Reduced(), "keywords": Keywords(),
    # NumPy's
    "array of objects": np.array([{"a": 1}, None], dtype=object), "array of records": np.zeros(2, [("a", "i4")]),
    "array of texts": np.array(["a", "bc"]), "array of dates": np.array(["2026-01-01"], "datetime64[D]"),
    "array without dimensions": np.array(5.0), "empty array": np.zeros(0), "column-major array": np.ones((3, 4), order="F"),
    "big-endian array": np.ones(3, ">f4"), "masked array": np.ma.array([1, 2], mask=[0, 1]), "dtype": np.dtype("f4"),
    "datetime64": np.datetime64("2026-01-01"), "numpy text": np.str_("a"), "numpy type": np.float32, "ufunc": np.tanh,
    "numpy function": np.mean, "generator": np.random.default_rng(1), "polynomial": np.poly1d([1, 2]),
    # PyTorch's
    "device": torch.device("cuda:0"), "torch dtype": torch.bfloat16, "size": torch.Size([1, 2]), "layout": torch.strided,
    "torch function": torch.tanh, "functional": nn.functional.relu, "module class": nn.ReLU, "loss": nn.MSELoss(),
    "another module": nn.Sequential(nn.Conv2d(1, 1, 3), nn.BatchNorm2d(1)), "a layer": nn.Linear(3, 2),
    "module with its parent": module_with_its_parent(), "parameters": nn.ParameterList([nn.Parameter(torch.ones(2))]),
    "scalar": torch.tensor(5.0), "nan scalar": torch.tensor(math.nan), "empty tensor": torch.zeros(0),
    "row": torch.ones(3), "matrix": torch.ones(5, 7), "picture": torch.ones(4, 3, 2), "batch": torch.ones(2, 4, 3, 2),
    "strided": torch.ones(6, 2).t()[:, ::2], "expanded": torch.ones(1).expand(9), "complex tensor": torch.ones(2) * 1j,
    "sparse": torch.eye(2).to_sparse(), "compressed": torch.eye(2).to_sparse_csr(),
    "quantised": torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.qint8), "meta": torch.ones(2, device="meta"),
    "parameter": nn.Parameter(torch.ones(2)), "parameter with an attribute": parameter_with_attribute(),
    "subclass": torch.ones(2).as_subclass(Subclass), "storage": torch.ones(2).untyped_storage(),
    "8-bit float": torch.ones(2).to(torch.float8_e4m3fn), "unsigned": torch.ones(2, dtype=torch.uint16),
    "losses": [torch.tensor(float(i)) for i in range(3)],
    "optimiser": adam, "plateau": schedule.ReduceLROnPlateau(adam).state_dict(),
    "lambda": schedule.LambdaLR(adam, [lambda epoch: 1]).state_dict(), "step": schedule.StepLR(adam, 1),
    "scaler": torch.amp.GradScaler("cpu").state_dict(),
}
del values["random"]
for name in "bool_ int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64 longdouble complex64".split():
    values["numpy " + name] = getattr(np, name)(1)
for name in "bool int8 uint8 int16 int32 int64 half bfloat16 double".split():
    values["tensor of " + name] = torch.ones(2).to(getattr(torch, name))
for name in "Adam AdamW SGD RMSprop Adagrad Adadelta Adamax NAdam RAdam ASGD Rprop Adafactor LBFGS".split():
    options = {"momentum": 0.9} if name == "SGD" else {}
    values["state of " + name] = optimiser(getattr(torch.optim, name), **options).state_dict()


def line(name, value, protocol):
    file = io.BytesIO()
    torch.save(value, file, pickle_protocol=protocol)
    archive = zipfile.ZipFile(io.BytesIO(file.getvalue()))
    members = {member.split("/", 1)[1]: archive.read(member) for member in archive.namelist()}
    storages = [
        f"{member[5:]}={base64.b64encode(data).decode()}" for member, data in members.items() if member.startswith("data/")
    ]
    return "\t".join([name, str(protocol), base64.b64encode(members["data.pkl"]).decode(), *storages])


for name, value in values.items():
    for protocol in (2, 4):
        print(line(name, value, protocol))
