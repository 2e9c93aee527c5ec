extension EncodingOptions {
    /// The same options for several formats: each has those that mean something to it. What means nothing to any of them is
    /// left to all, so that they refuse it.
    public func shared(among formats: [any OutputFormat.Type]) -> [EncodingOptions] {
        var all = formats.map { $0.understood(self) }
        func restore<Value>(_ option: WritableKeyPath<EncodingOptions, Value?>) {
            guard all.allSatisfy({ $0[keyPath: option] == nil }) else { return }
            for index in all.indices { all[index][keyPath: option] = self[keyPath: option] }
        }
        restore(\.codec)
        restore(\.quality)
        restore(\.preset)
        restore(\.pixelFormat)
        restore(\.maxSize)
        let strange = encoderOptions.filter { option in !all.contains { $0.encoderOptions.contains(option) } }
        for index in all.indices {
            let own = all[index].encoderOptions
            all[index].encoderOptions = encoderOptions.filter { own.contains($0) || strange.contains($0) }
        }
        return all
    }
}
