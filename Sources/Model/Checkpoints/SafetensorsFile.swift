import GNCABasics

/// The safetensors container: named tensors and text metadata, whatever they mean.
///
/// Layout: header length (8 bytes, little-endian), header (JSON), data. Every tensor names its range of the data, and
/// the ranges must cover it exactly. https://github.com/huggingface/safetensors#format
package struct SafetensorsFile: Equatable {
    /// Where one tensor stands.
    package struct Tensor: Equatable {
        package var name: String
        /// Kind of number as the format spells it: "F32", "F16", "I64", ...
        package var type: String
        package var shape: [Int]
        /// Bytes of `data`.
        package var range: Range<Int>

        /// Numbers.
        package var count: Int { shape.reduce(1, *) }
    }

    package static let headerLimit = 1 << 20
    /// Bytes a number of every type that fills whole bytes.
    private static let sizes = [
        "BOOL": 1, "U8": 1, "I8": 1, "F8_E4M3": 1, "F8_E5M2": 1, "U16": 2, "I16": 2, "F16": 2, "BF16": 2, "U32": 4,
        "I32": 4, "F32": 4, "U64": 8, "I64": 8, "F64": 8, "C64": 8,
    ]

    package private(set) var metadata: [String: String] = [:]
    /// Ordered by name.
    package private(set) var tensors: [Tensor] = []
    package let data: [UInt8]
    private let elementLimit: Int

    /// Whether the bytes begin like a safetensors file, which other formats practically never do.
    package static func looksLike(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 8, bytes[8] == UInt8(ascii: "{") else { return false }
        return headerLength(bytes) <= 100_000_000  // the reference reader's limit
    }

    private static func headerLength(_ bytes: [UInt8]) -> UInt64 {
        bytes[..<8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Reads the container; every size is checked before it is used.
    package init(_ bytes: [UInt8], elementLimit: Int = TensorLimits.elements) throws(FormatFault) {
        self.elementLimit = elementLimit
        guard bytes.count > 8 else {
            throw FormatFault(
                reason: "too short for a safetensors file (got \(bytes.count) bytes, expected more than 8)")
        }
        let length = Self.headerLength(bytes)
        guard length <= UInt64(Self.headerLimit) else {
            throw FormatFault(reason: "the header is too long (got \(length) bytes, limit \(Self.headerLimit))")
        }
        let dataStart = 8 + Int(length)
        guard dataStart <= bytes.count else {
            throw FormatFault(
                reason: "the file is cut off (got \(bytes.count) bytes, expected at least \(dataStart))")
        }
        guard bytes[8] == UInt8(ascii: "{") else { throw FormatFault(reason: "the header does not begin with {") }
        data = Array(bytes[dataStart...])
        try readHeader(bytes[8..<dataStart])
    }

    private mutating func readHeader(_ text: ArraySlice<UInt8>) throws(FormatFault) {
        guard case .object(let members) = try StrictJSON.parse(text) else {
            throw FormatFault(reason: "the header is not an object")
        }
        guard members.count <= TensorLimits.tensors + 1 else {
            throw FormatFault(reason: "too many tensors (got \(members.count), limit \(TensorLimits.tensors))")
        }
        for member in members {
            if member.name == "__metadata__" {
                metadata = try Self.metadata(member.value)
            } else {
                tensors.append(try Self.tensor(member, elementLimit: elementLimit))
            }
        }
        tensors.sort { $0.name < $1.name }
        try checkTiling()
    }

    private static func metadata(_ value: JSONValue) throws(FormatFault) -> [String: String] {
        guard case .object(let members) = value else {
            throw FormatFault(reason: "__metadata__ is \(value.kind) (expected an object)")
        }
        var metadata: [String: String] = [:]
        for member in members {
            guard case .string(let text) = member.value else {
                throw FormatFault(
                    reason: "the metadata entry \(JSONText.shown(member.name)) is \(member.value.kind) "
                        + "(expected a text)")
            }
            metadata[member.name] = text
        }
        return metadata
    }

    private static func tensor(_ member: JSONMember, elementLimit: Int) throws(FormatFault) -> Tensor {
        let shown = "tensor \(JSONText.shown(member.name))"
        guard case .object(let fields) = member.value, fields.count == 3,
            case .string(let type)? = fields.first(where: { $0.name == "dtype" })?.value,
            let shape = wholeNumbers(fields.first { $0.name == "shape" }?.value),
            let offsets = wholeNumbers(fields.first { $0.name == "data_offsets" }?.value), offsets.count == 2
        else {
            throw FormatFault(reason: "\(shown) is not described as expected (dtype, shape and two data_offsets)")
        }
        guard let size = sizes[type] else {
            throw FormatFault(reason: "\(shown) has a type that is not known (got \(JSONText.shown(type)))")
        }
        let count = try TensorLimits.count(shape, of: shown, limit: elementLimit)
        guard offsets[0] <= offsets[1], offsets[1] - offsets[0] == count * size else {
            throw FormatFault(
                reason: "\(shown) has shape \(shape) of \(type), which does not fit its bytes (got \(offsets), "
                    + "expected \(count * size) bytes)")
        }
        return Tensor(name: member.name, type: type, shape: shape, range: offsets[0]..<offsets[1])
    }

    /// A list of numbers 0, 1, 2, ...; nil for anything else.
    private static func wholeNumbers(_ value: JSONValue?) -> [Int]? {
        guard case .array(let values)? = value else { return nil }
        var numbers: [Int] = []
        for value in values {
            guard case .number(let text) = value, let number = Int(text), number >= 0, text != "-0" else { return nil }
            numbers.append(number)
        }
        return numbers
    }

    /// Tensors must cover the data without gap, overlap or rest: otherwise something could hide there.
    private func checkTiling() throws(FormatFault) {
        var end = 0
        for tensor in tensors.sorted(by: {
            ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
        }) {
            guard tensor.range.lowerBound == end else {
                throw FormatFault(
                    reason: "tensor \(JSONText.shown(tensor.name)) leaves a gap or overlaps another (got offset "
                        + "\(tensor.range.lowerBound), expected \(end))")
            }
            end = tensor.range.upperBound
        }
        guard end == data.count else {
            throw FormatFault(
                reason: end > data.count
                    ? "the file is cut off (got \(data.count) bytes of data, expected \(end))"
                    : "there is something after the last tensor (got \(data.count) bytes of data, expected \(end))")
        }
    }

    /// The tensor called `name`, or nil.
    package func tensor(_ name: String) -> Tensor? { tensors.first { $0.name == name } }

    /// The numbers of a tensor of type F32, row-major.
    package func floats(_ tensor: Tensor) -> [Float] { ElementType.f32.floats(data[tensor.range]) }

    /// Every tensor with its numbers, in the order in which they stand in the file; those of types that `ElementType`
    /// does not know have none.
    package var namedTensors: [NamedTensor] {
        tensors.sorted { ($0.range.lowerBound, $0.name) < ($1.range.lowerBound, $1.name) }.map { tensor in
            guard let type = ElementType(rawValue: tensor.type) else {
                return NamedTensor(
                    tensor.name, tensor.shape, [], type: tensor.type,
                    unread: "has a type that is not read (got \(tensor.type))")
            }
            return NamedTensor(tensor.name, tensor.shape, type.floats(data[tensor.range]), type: tensor.type)
        }
    }

    /// The data of a file of these tensors.
    package static func data(_ tensors: [(name: String, shape: [Int], values: [Float])]) -> [UInt8] {
        var data: [UInt8] = []
        data.reserveCapacity(tensors.reduce(0) { $0 + 4 * $1.values.count })
        for tensor in tensors.sorted(by: { $0.name < $1.name }) {
            for value in tensor.values {
                withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
            }
        }
        return data
    }

    /// The metadata entry in which this program's files keep `hash`.
    package static let hashKey = "sha256"

    /// SHA-256 of all that a file says: of its metadata but for the hash itself, followed by the SHA-256 of its data.
    package static func hash(metadata: [String: String], data: [UInt8]) throws(FormatFault) -> String {
        let entries = metadata.filter { $0.key != hashKey }.sorted { $0.key < $1.key }
        let text = JSONText.object(entries.map { (name: $0.key, value: JSONText.quoted($0.value)) })
        do {
            return try ContentHash.sha256(Array((text + ContentHash.sha256(data)).utf8))
        } catch {
            throw FormatFault(reason: error.reason)
        }
    }

    /// Whether the file is as it was written; nil where it does not say its hash.
    package func matchesHash() throws(FormatFault) -> Bool? {
        guard let expected = metadata[Self.hashKey] else { return nil }
        return try Self.hash(metadata: metadata, data: data) == expected
    }

    /// A file of F32 tensors. The same bytes for the same content: names stand in order, and the data begins at a
    /// multiple of 8 bytes.
    package static func encode(
        metadata: [String: String], tensors: [(name: String, shape: [Int], values: [Float])]
    ) -> [UInt8] { header(metadata: metadata, tensors: tensors) + data(tensors) }

    /// What stands before the data.
    package static func header(
        metadata: [String: String], tensors: [(name: String, shape: [Int], values: [Float])]
    ) -> [UInt8] {
        let sorted = tensors.sorted { $0.name < $1.name }
        var entries: [(name: String, value: String)] = []
        if !metadata.isEmpty {
            let texts = metadata.sorted { $0.key < $1.key }.map { (name: $0.key, value: JSONText.quoted($0.value)) }
            entries.append(("__metadata__", JSONText.object(texts)))
        }
        var start = 0
        for (name, shape, values) in sorted {
            let end = start + 4 * values.count
            let description = JSONText.object([
                "dtype": JSONText.quoted("F32"), "shape": JSONText.list(shape.map(String.init)),
                "data_offsets": JSONText.list([start, end].map(String.init)),
            ])
            entries.append((name, description))
            start = end
        }
        var header = Array(JSONText.object(entries).utf8)
        while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
        let length = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) }
        return length + header
    }
}
