import GNCABasics
import GNCACheckpoints
import GNCARender

/// One file of a figure's numbers.
struct FigureData {
    private let path: String
    private let form: FigureNumbers.Form

    /// Throws where the extension says nothing, or a file must not be replaced.
    init(_ path: String, overwrite: Bool) throws {
        form = try Self.form(of: path, among: FigureNumbers.Form.allCases)
        try AtomicFile.check(path, overwrite: overwrite)
        self.path = path
    }

    /// Throws where the extension is none of these forms.
    static func check(_ path: String, forms: [FigureNumbers.Form]) throws(CommandError) {
        _ = try form(of: path, among: forms)
    }

    private static func form(
        of path: String, among forms: [FigureNumbers.Form]
    ) throws(CommandError) -> FigureNumbers.Form {
        guard let form = FigureNumbers.Form(rawValue: Paths.ending(path)), forms.contains(form) else {
            let names = OptionText.choice(of: forms.map { $0.rawValue.uppercased() })
            let endings = OptionText.choice(of: forms.map { ".\($0.rawValue)" })
            throw .usage("\(path): this figure's numbers are written as \(names) (name it \(endings))")
        }
        return form
    }

    /// The whole file, to be published.
    func file(_ numbers: FigureNumbers, overwrite: Bool) -> (path: String, bytes: [UInt8], overwrite: Bool) {
        let bytes =
            switch form {
            case .csv: Array((numbers.table ?? "").utf8)
            case .json: Array((numbers.json.map { JSONText.indented($0) + "\n" } ?? "").utf8)
            case .npz: Npz.encode(numbers.arrays)
            }
        return (path: path, bytes: bytes, overwrite: overwrite)
    }
}
