import GNCABasics
import GNCACells

/// One dense layer as Distill's JSON holds it: a byte a weight, and the scales that turn bytes into numbers.
struct DistillLayer: Equatable {
    private static let fields = ["data_b64", "in_ch", "out_ch", "weight_scale", "bias_scale", "type"]

    let inputs: Int
    let outputs: Int
    let weightScale: Double
    let biasScale: Double
    /// `[inputs + 1, outputs]` row-major, the last row is the bias.
    let bytes: [UInt8]

    /// `[outputs, inputs]` row-major, as `Rule` has them.
    var weights: [Float] {
        (0..<outputs).flatMap { output in
            (0..<inputs).map { Self.value(bytes[$0 * outputs + output], scale: weightScale) }
        }
    }

    /// `[outputs]`.
    var biases: [Float] {
        bytes[(inputs * outputs)...].map { Self.value($0, scale: biasScale) }
    }

    /// Weights `[outputs, inputs]` and biases `[outputs]` as tensors.
    func tensors(name: String) -> [NamedTensor] {
        [
            NamedTensor("\(name).weight", [outputs, inputs], weights, type: ElementType.u8.rawValue),
            NamedTensor("\(name).bias", [outputs], biases, type: ElementType.u8.rawValue),
        ]
    }

    private static func value(_ byte: UInt8, scale: Double) -> Float {
        Float((Double(byte) / 255 - 0.5) * scale)
    }

    /// Quantises a layer: `weights` `[outputs, inputs]` row-major, `biases` `[outputs]`. Each scale is twice the
    /// largest magnitude, the smallest that reaches every number; all zeros get the scale 0, which is exact.
    init(weights: [Float], biases: [Float]) {
        outputs = biases.count
        inputs = weights.count / outputs
        weightScale = Self.scale(weights)
        biasScale = Self.scale(biases)
        var bytes: [UInt8] = []
        bytes.reserveCapacity((inputs + 1) * outputs)
        for input in 0..<inputs {
            for output in 0..<outputs {
                bytes.append(Self.byte(weights[output * inputs + input], scale: weightScale))
            }
        }
        bytes += biases.map { [biasScale] in Self.byte($0, scale: biasScale) }
        self.bytes = bytes
    }

    private static func scale(_ values: [Float]) -> Double {
        2 * Double(values.map(abs).max() ?? 0)
    }

    private static func byte(_ value: Float, scale: Double) -> UInt8 {
        guard scale > 0 else { return 128 }
        // Within 0...255 but for rounding, since |value| <= scale / 2.
        return UInt8(min(max(((Double(value) / scale + 0.5) * 255).rounded(), 0), 255))
    }

    /// The layer as JSON text.
    var json: String {
        JSONText.object([
            "data_b64": JSONText.quoted(Base64.encode(bytes)), "in_ch": "\(inputs)", "out_ch": "\(outputs)",
            "weight_scale": "\(weightScale)", "bias_scale": "\(biasScale)", "type": JSONText.quoted("uint8"),
        ])
    }

    /// Reads a layer; `ordinal` (1...) names it in messages.
    init(_ json: JSONValue, ordinal: Int) throws(FormatFault) {
        guard case .object(let members) = json else {
            throw FormatFault(reason: "layer \(ordinal) is \(json.kind) (expected an object)")
        }
        if let extra = members.first(where: { !Self.fields.contains($0.name) }) {
            throw FormatFault(reason: "layer \(ordinal) has a field \(JSONText.shown(extra.name)) that is not known")
        }
        let layer = LayerFields(members: members, ordinal: ordinal)
        guard case .string("uint8") = try layer.value("type") else {
            throw layer.wrong("type", expected: "\"uint8\"")
        }
        inputs = try layer.size("in_ch")
        outputs = try layer.size("out_ch")
        // Both are at most 65536: no overflow.
        let expected = (inputs + 1) * outputs
        guard expected <= TensorLimits.elements else {
            throw FormatFault(
                reason: "layer \(ordinal) is too large (got \(expected) weights, limit \(TensorLimits.elements))")
        }
        weightScale = try layer.scale("weight_scale")
        biasScale = try layer.scale("bias_scale")
        guard case .string(let text) = try layer.value("data_b64"), let bytes = Base64.decode(text) else {
            throw layer.wrong("data_b64", expected: "base64")
        }
        guard bytes.count == expected else {
            throw FormatFault(
                reason: "layer \(ordinal) has the wrong number of weights (got \(bytes.count) bytes, expected "
                    + "(\(inputs) + 1) x \(outputs) = \(expected))")
        }
        self.bytes = bytes
    }
}

/// The fields of one layer, and what to say when one of them is wrong.
private struct LayerFields {
    let members: [JSONMember]
    let ordinal: Int

    func value(_ name: String) throws(FormatFault) -> JSONValue {
        guard let member = members.first(where: { $0.name == name }) else {
            throw FormatFault(reason: "layer \(ordinal) has no field \"\(name)\"")
        }
        return member.value
    }

    func wrong(_ name: String, expected: String) -> FormatFault {
        let got =
            switch members.first(where: { $0.name == name })?.value {
            case .string(let text): JSONText.shown(text)
            case .number(let text): text
            case let value?: value.kind
            case nil: "nothing"
            }
        return FormatFault(reason: "layer \(ordinal) has a wrong \(name) (got \(got), expected \(expected))")
    }

    /// A number of inputs or outputs.
    func size(_ name: String) throws(FormatFault) -> Int {
        guard case .number(let text) = try value(name), let number = Int(text), (1...65_536).contains(number) else {
            throw wrong(name, expected: "a whole number from 1 to 65536")
        }
        return number
    }

    /// A factor for bytes.
    func scale(_ name: String) throws(FormatFault) -> Double {
        guard case .number(let text) = try value(name), let number = Double(text), number >= 0,
            number <= Double(Float.greatestFiniteMagnitude)
        else { throw wrong(name, expected: "a number, 0 or more") }
        return number
    }
}
