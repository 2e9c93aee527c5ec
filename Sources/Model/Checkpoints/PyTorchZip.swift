import GNCABasics
import GNCACells

/// What `torch.save` writes today: a zip archive of a pickle (`NAME/data.pkl`) and one member a storage
/// (`NAME/data/KEY`). Of a whole module, what it holds is read, and no program of its class is needed.
public enum PyTorchZip: CheckpointFormat {
    public static let name = "pytorch"
    public static let summary = "PyTorch state dictionary or module (.pt, .pth): read only"

    private static let pickleName = "/data.pkl"

    public static func recognises(_ bytes: [UInt8]) -> Bool {
        guard let first = ZipArchive.firstName(bytes), !first.ends(with: ".npy") else { return false }
        return stands(pickleName, in: bytes)
    }

    /// Whether a member is called like this. Programs of TorchScript have their code first; but every name stands once more
    /// at the end of an archive.
    private static func stands(_ name: String, in bytes: [UInt8]) -> Bool {
        bytes.contain(name, within: 4096) || Array(bytes.suffix(1 << 16)).contain(name)
    }

    private static let program = FormatFault(
        reason: "this is a TorchScript program, which holds code (save the state dictionary: "
            + "torch.save(model.state_dict(), FILE))")

    public static func read(_ bytes: [UInt8], file: String, options: ReadingOptions) throws(ModelError) -> Reading {
        try Reading(file: file, options: options) { () throws(FormatFault) in try tensors(bytes) }
    }

    static func tensors(_ bytes: [UInt8]) throws(FormatFault) -> TensorSet {
        guard !stands("/code/__torch__", in: bytes) else { throw program }
        let archive = try ZipArchive(bytes, deflated: false)
        let pickles = archive.entries.filter { $0.name.ends(with: pickleName) }
        guard pickles.count == 1, let pickle = pickles.first else {
            throw FormatFault(reason: "the archive holds \(pickles.count) members called data.pkl (expected one)")
        }
        let folder = pickle.name.dropLast(pickleName.utf8.count)
        if archive.entries.contains(where: { $0.name.begins(with: folder + "/code/") }) {
            throw program
        }
        if let order = archive.entry(folder + "/byteorder"), try archive.contents(order) != Array("little".utf8) {
            throw FormatFault(reason: "the numbers are not little-endian")
        }
        let code = try archive.contents(pickle)
        let machine = try PickleMachine(code[...])
        guard machine.length == code.count else {
            throw FormatFault(
                reason: "there is something after the end of the pickle (got \(code.count) bytes, expected "
                    + "\(machine.length))")
        }
        return try TorchTensors.resolve(machine) { (storage) throws(FormatFault) in
            guard let entry = archive.entry("\(folder)/data/\(storage.key)") else {
                throw FormatFault(reason: "storage \(JSONText.shown(storage.key)) is missing from the archive")
            }
            return try archive.contents(entry)[...]
        }
    }
}
