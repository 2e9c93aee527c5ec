import GNCABasics

/// What the user's quality, preset and options mean for one codec.
enum EncoderSettings {
    /// Settings in the order in which they are applied; the user's own come last and win. `isFrugal`: whether
    /// the encoder is to take few threads. Throws `ExportError.invalid`.
    static func resolve(
        _ codec: Codec, _ options: EncodingOptions, isFrugal: Bool = false
    ) throws(ExportError) -> [KeyValue] {
        var settings = codec.options
        if let quality = options.quality {
            guard let option = codec.qualityOption else {
                throw .invalid("a quality means nothing to \(codec.name)", .noQuality)
            }
            guard codec.qualityRange.contains(quality) else {
                let range = codec.qualityRange
                throw .invalid(
                    "the quality is out of range for \(codec.name) (got \(quality), "
                        + "expected \(range.lowerBound)...\(range.upperBound))", .otherQuality)
            }
            if codec.name == Codec.webp.name { settings.removeAll { $0.key == "lossless" } }
            settings.append(KeyValue(option, "\(quality)"))
        } else if let option = codec.qualityOption, let quality = codec.defaultQuality {
            settings.append(KeyValue(option, "\(quality)"))
        }
        if let preset = options.preset ?? codec.defaultPreset {
            guard let option = codec.presetOption else {
                throw .invalid("a preset means nothing to \(codec.name)", .noPreset)
            }
            guard codec.presets.isEmpty || codec.presets.contains(preset) else {
                throw .invalid(
                    "\(codec.name) has no preset \"\(preset)\" (there are: \(codec.presets.joined(separator: ", ")))")
            }
            // libwebp takes a preset for a wish to lose something.
            guard codec.name != Codec.webp.name || options.quality != nil || preset == "none" else {
                throw .invalid("a preset of webp is for pictures that lose something, and needs a quality", .quality)
            }
            settings.append(KeyValue(option, preset))
        }
        if isFrugal { settings += codec.frugalOptions }
        for option in options.encoderOptions { try codec.userOptions.check(option, codec: codec.name) }
        try checkOrder("qmin", "qmax", options.encoderOptions)
        return joined(settings + options.encoderOptions, codec.userOptions.lists.keys)
    }

    /// Encoders exchange two limits that are in the wrong order, or leave one out.
    private static func checkOrder(
        _ low: String, _ high: String, _ options: [KeyValue]
    ) throws(ExportError) {
        func number(_ key: String) -> Double? { options.last { $0.key == key }.flatMap { Double($0.value) } }
        if let least = number(low), let most = number(high), least > most {
            throw .invalid("\(low) is above \(high) (got \(Int(least)) and \(Int(most)))")
        }
    }

    /// Lists of a library's own options are one list each, or the user's would replace the codec's own.
    private static func joined(
        _ settings: [KeyValue], _ lists: some Sequence<String>
    ) -> [KeyValue] {
        var joined: [KeyValue] = []
        for setting in settings {
            if lists.contains(setting.key), let index = joined.firstIndex(where: { $0.key == setting.key }) {
                joined[index].value += ":" + setting.value
            } else {
                joined.append(setting)
            }
        }
        return joined
    }
}
