import GNCABasics
import GNCACells
import GNCARaster

/// The collection of textures of the hexells page: two layers for all of them together, each a PNG picture.
///
/// `{"model_names": [...], "layers": [{"scale", "data": "data:image/PNG;base64,...", "shape": [in + 1, out], "layout":
/// [columns, rows], "quant_scale_zero"}, ...]}`. The picture is a sheet of tiles, one for each name, row by row; a tile has
/// a row for each input and one for the bias, and four outputs in each pixel. A byte q means `(q - 127) / 255 * scale`.
/// Cells have 12 channels, and the inputs are filter-major. The page keeps everything as bytes, which cuts off what lies
/// outside a range: what leaves the first layer at 0 and 2, the state at about -2 and 2. Most textures need that.
public enum Hexells: CheckpointFormat {
    public static let name = "hexells"
    public static let summary = "the hexells page: many textures in one JSON: read only"

    public static func recognises(_ bytes: [UInt8]) -> Bool {
        let space: Set<UInt8> = [0x20, 0x0A, 0x0D, 0x09]
        guard bytes.first(where: { !space.contains($0) }) == UInt8(ascii: "{") else { return false }
        return bytes.contain("\"model_names\"", within: StrictJSON.byteLimit)
    }

    public static func read(_ bytes: [UInt8], file: String, options: ReadingOptions) throws(ModelError) -> Reading {
        try Reading(file: file, options: options) { () throws(FormatFault) in try tensors(bytes, entry: options.entry) }
    }

    // MARK: entries

    /// The names of the textures, in the order of the file.
    static func entries(_ bytes: [UInt8]) throws(FormatFault) -> [String] { try entries(StrictJSON.parse(bytes)) }

    private static func entries(_ json: JSONValue) throws(FormatFault) -> [String] {
        guard let values = json["model_names"]?.elements, !values.isEmpty else {
            throw FormatFault(reason: "the collection has no list of names (expected model_names)")
        }
        var names: [String] = []
        for value in values {
            guard let name = value.text else { throw FormatFault(reason: "a name in model_names is \(value.kind)") }
            names.append(name)
        }
        return names
    }

    /// One texture; `entry` is its name, which need not be given where there is one alone.
    static func tensors(_ bytes: [UInt8], entry: String?) throws(FormatFault) -> TensorSet {
        let json = try StrictJSON.parse(bytes)
        let names = try entries(json)
        let place = try place(of: entry, in: names)
        guard let values = json["layers"]?.elements, values.count == 2 else {
            throw FormatFault(reason: "the collection has not two layers (expected a list of two objects)")
        }
        let first = try HexellsLayer(values[0], ordinal: 1, entries: names.count)
        let second = try HexellsLayer(values[1], ordinal: 2, entries: names.count)
        guard first.outputs == second.inputs, first.inputs == filters.count * second.outputs else {
            throw FormatFault(
                reason:
                    "the layers do not fit each other (got \(first.inputs) inputs and \(first.outputs) outputs, then "
                    + "\(second.inputs) inputs and \(second.outputs) outputs)")
        }
        let tensors = first.tensors(place, name: "layer1") + second.tensors(place, name: "layer2")
        var set = try TensorSet(tensors, network: network(tensors, first, second))
        set.family = name
        return set
    }

    private static func place(of entry: String?, in names: [String]) throws(FormatFault) -> Int {
        let some = names.prefix(4).map(JSONText.shown).joined(separator: ", ") + (names.count > 4 ? ", ..." : "")
        guard let entry else {
            guard names.count > 1 else { return 0 }
            throw FormatFault(
                reason: "the file holds \(names.count) textures (there are \(some))", remedy: .entry)
        }
        guard let place = names.firstIndex(of: entry) else {
            throw FormatFault(
                reason: "the file holds no texture \(JSONText.shown(entry)) (there are \(names.count): \(some))")
        }
        return place
    }

    // MARK: what it means

    /// Identity, Sobel's two and a Laplacian, as the page computes them.
    private static let filters: [[Float]] = [
        [0, 0, 0, 0, 1, 0, 0, 0, 0], [-1, 0, 1, -2, 0, 2, -1, 0, 1].map { $0 / 8 },
        [-1, -2, -1, 0, 0, 0, 1, 2, 1].map { $0 / 8 }, [1, 2, 1, 2, -12, 2, 1, 2, 1].map { $0 / 8 },
    ]

    /// The columns of the first layer, filter after filter in the file, become channel after channel.
    private static func network(
        _ tensors: [NamedTensor], _ first: HexellsLayer, _ second: HexellsLayer
    ) -> DescribedNetwork {
        let (inputs, channels) = (first.inputs, second.outputs)
        var weight = tensors[0]
        weight.values = weight.values.indices.map { index in
            let (row, column) = (index - index % inputs, index % inputs)
            return tensors[0].values[row + column % filters.count * channels + column / filters.count]
        }
        let kernels = (0..<channels).flatMap { _ in filters.flatMap { $0 } }
        let range = first.range
        return DescribedNetwork(
            layers: [
                .init(
                    weight: weight, bias: tensors[1],
                    activation: "clamp(\(spelled(range.lowerBound)),\(spelled(range.upperBound)))"),
                .init(weight: tensors[2], bias: tensors[3], activation: "none"),
            ], filters: NamedTensor("perception", [inputs, 1, 3, 3], kernels), clamp: second.range)
    }

    private static func spelled(_ number: Float) -> String { Int(exactly: number).map { "\($0)" } ?? "\(number)" }
}

/// One layer of all textures.
private struct HexellsLayer {
    let inputs: Int
    let outputs: Int
    /// What the bytes that the page keeps of its outputs can hold.
    let range: ClosedRange<Float>
    private let scale: Double
    /// Tiles in a row of the sheet.
    private let columns: Int
    /// `[rows * (inputs + 1), columns * outputs]`
    private let bytes: [UInt8]

    init(_ json: JSONValue, ordinal: Int, entries: Int) throws(FormatFault) {
        func wrong(_ field: String, _ expected: String) -> FormatFault {
            FormatFault(reason: "layer \(ordinal) has a wrong \(field) (expected \(expected))")
        }
        func numbers(_ field: String) -> [Double]? {
            guard let values = json[field]?.elements, values.count == 2 else { return nil }
            let numbers = values.compactMap { if case .number(let text) = $0 { Double(text) } else { nil } }
            return numbers.count == 2 ? numbers : nil
        }
        func sizes(_ field: String) throws(FormatFault) -> [Int] {
            let sizes = (numbers(field) ?? []).compactMap { Int(exactly: $0) }
            guard sizes.count == 2, sizes.allSatisfy({ (1...4096).contains($0) }) else {
                throw wrong(field, "two whole numbers from 1 to 4096")
            }
            return sizes
        }
        let (shape, layout) = (try sizes("shape"), try sizes("layout"))
        guard shape[0] >= 2, shape[1] % 4 == 0, shape[0] * shape[1] <= TensorLimits.elements else {
            throw wrong("shape", "[inputs + 1, outputs], four outputs in a pixel")
        }
        guard layout[0] * layout[1] >= entries else { throw wrong("layout", "places for \(entries) textures") }
        guard case .number(let text)? = json["scale"], let scale = Double(text), Float(scale).isFinite else {
            throw wrong("scale", "a number")
        }
        guard let quantised = numbers("quant_scale_zero"), Float(quantised[0]) > 0, (0...1).contains(quantised[1]),
            Float(quantised[0]).isFinite
        else { throw wrong("quant_scale_zero", "a scale and a zero from 0 to 1") }
        (inputs, outputs) = (shape[0] - 1, shape[1])
        (self.scale, columns) = (scale, layout[0])
        range = Float(-quantised[0] * quantised[1])...Float(quantised[0] * (1 - quantised[1]))

        let start = "data:image/png;base64,"
        guard let data = json["data"]?.text, data.beginning(start.utf8.count).lowercased().isExactly(start),
            let file = Base64.decode(String(data.unicodeScalars.dropFirst(start.utf8.count)))
        else { throw wrong("data", "a PNG picture in base64, as data:image/PNG;base64,...") }
        let sheet: (width: Int, height: Int, bytes: [UInt8])
        do {
            sheet = try ImageFile.bytesOfPNG(file, file: "the picture of layer \(ordinal)")
        } catch {
            throw FormatFault(reason: "\(error)")
        }
        guard sheet.width == layout[0] * outputs / 4, sheet.height == layout[1] * (inputs + 1) else {
            throw FormatFault(
                reason: "the picture of layer \(ordinal) does not have the size of its layout (got \(sheet.width)x"
                    + "\(sheet.height) pixels, expected \(layout[0] * outputs / 4)x\(layout[1] * (inputs + 1)))")
        }
        bytes = sheet.bytes
    }

    /// Weights `[outputs, inputs]` and biases `[outputs]` of the texture at `place`.
    func tensors(_ place: Int, name: String) -> [NamedTensor] {
        let width = columns * outputs
        let start = place / columns * (inputs + 1) * width + place % columns * outputs
        func value(_ input: Int, _ output: Int) -> Float {
            Float((Double(bytes[start + input * width + output]) - 127) / 255 * scale)
        }
        let weights = (0..<outputs).flatMap { output in (0..<inputs).map { value($0, output) } }
        let biases = (0..<outputs).map { value(inputs, $0) }
        return [
            NamedTensor("\(name).weight", [outputs, inputs], weights, type: ElementType.u8.rawValue),
            NamedTensor("\(name).bias", [outputs], biases, type: ElementType.u8.rawValue),
        ]
    }
}
