import GNCABasics
import GNCACells
import GNCACheckpoints
import GNCARaster

/// All that a training needs to go on, in one file: safetensors with the pool, the optimiser and the settings.
extension Trainer {
    fileprivate static let versionKey = "gnca_training"
    private static let version = "6"
    private static let settingPrefix = "setting."
    /// Numbers in one tensor of the file.
    private static let elementLimit = 1 << 28
    /// Larger files are refused unread.
    public static let byteLimit = 1 << 30

    /// The file's bytes, header and data: a large pool is not copied once more to join them. `seconds`: of training so
    /// far. Throws `ModelError.cannotWrite` where no hash can be made.
    public func encoded(seconds: Double, file: String) throws(ModelError) -> (header: [UInt8], data: [UInt8]) {
        var tensors: [(name: String, shape: [Int], values: [Float])] = []
        func add(_ name: String, _ values: [Float], _ shape: [Int]? = nil) {
            tensors.append((name, shape ?? [values.count], values))
        }
        add("target", target.values, [target.height, target.width, 4])
        for (name, weights) in [("weights", weights), ("good", lastGood)] {
            add(name, weights.values)
            add("\(name).mean", weights.memory.adam.mean)
            add("\(name).square", weights.memory.adam.square)
            if let muon = weights.memory.muon { add("\(name).momentum", muon.momentum) }
        }
        add("losses", losses)
        add("qualities", qualities)
        add("pool.counts", pool.states.map { Float($0.cells.count) })
        add("pool.losses", pool.states.map(\.loss))
        add("pool.cells", pool.states.flatMap { $0.cells.map { Float($0) } })
        add("pool.values", pool.states.flatMap(\.values))
        var metadata = [
            Self.versionKey: Self.version, "iteration": "\(iteration)", "seconds": "\(seconds)",
            "updates": "\(weights.memory.adam.updates)", "good_updates": "\(lastGood.memory.adam.updates)",
            "skipped": "\(incidents.skipped)", "returns": "\(incidents.returns)", "reseeds": "\(incidents.reseeds)",
            "failures_in_a_row": "\(incidents.failuresInARow)", "rate_factor": "\(incidents.rateFactor)",
        ]
        for (key, value) in settings.texts { metadata[Self.settingPrefix + key] = value }
        let data = SafetensorsFile.data(tensors)
        do {
            metadata[SafetensorsFile.hashKey] = try SafetensorsFile.hash(metadata: metadata, data: data)
        } catch {
            throw .cannotWrite(file: file, reason: error.reason)
        }
        return (SafetensorsFile.header(metadata: metadata, tensors: tensors), data)
    }

    /// Goes on from what `encoded` wrote. Throws `ModelError.badCheckpoint`.
    public convenience init(resuming bytes: [UInt8], file: String, threads: Int) throws(ModelError) {
        do throws(FormatFault) {
            let reader = try TrainingStateReader(bytes, elementLimit: Self.elementLimit)
            let settings = try Self.settings(in: reader)
            let target = try reader.target()
            let pool = try reader.pool(settings: settings, target: target)
            let shape = settings.firstRule()
            let memory = OptimiserMemory(settings.optimiser, of: shape)
            let weights = try reader.weights("weights", updates: "updates", shape.parameterCount, memory)
            let good = try reader.weights("good", updates: "good_updates", shape.parameterCount, memory)
            do throws(ModelError) {
                try self.init(
                    target: target, settings: settings, threads: threads, shape: shape, weights: weights, pool: pool)
            } catch {
                throw FormatFault(error)
            }
            lastGood = good
            losses = try reader.numbers("losses", allow: { $0 >= 0 || $0.isNaN })
            qualities =
                try reader.qualities() ?? [Float](repeating: .nan, count: losses.count)
            iteration = try reader.whole("iteration", most: TrainingSettings.mostIterations)
            guard iteration == losses.count, iteration == qualities.count else {
                throw FormatFault(
                    reason: "losses and iterations do not fit together (got \(losses.count) and \(iteration))")
            }
            // A training may go on as often as it likes.
            secondsBefore = try reader.number("seconds", most: 100 * TrainingSettings.longestTime)
            incidents.skipped = try reader.whole("skipped", most: iteration)
            incidents.returns = try reader.whole("returns", most: iteration)
            incidents.reseeds = try reader.whole("reseeds", most: iteration)
            incidents.failuresInARow = try reader.whole("failures_in_a_row", most: iteration)
            incidents.rateFactor = Float(try reader.number("rate_factor", most: 1))
        } catch {
            throw .badCheckpoint(file: file, reason: error.reason)
        }
    }
}

extension Trainer {
    /// The settings that a whole state has.
    private static func settings(in reader: TrainingStateReader) throws(FormatFault) -> TrainingSettings {
        let version = reader.container.metadata[versionKey]
        guard let version, [Self.version, "5", "4", "3", "2", "1"].contains(version) else {
            throw FormatFault(reason: "not the state of a training (train writes MODEL.ckpt.state beside the model)")
        }
        var texts = Dictionary(
            uniqueKeysWithValues: reader.container.metadata.compactMap { key, value in
                key.begins(with: settingPrefix) ? (String(key.dropFirst(settingPrefix.count)), value) : nil
            })
        if version == "1" { TrainingSettings.translateFirstVersion(&texts) }
        if version != Self.version { TrainingSettings.addLaterSettings(to: &texts) }
        let settings = try TrainingSettings(texts: texts)
        try reader.checkHash()
        return settings
    }

    /// Whether `bytes` are a state that this training has been in: that of a training of the same picture and the same
    /// settings, whatever its length, whose losses were those that this one had at the time.
    public func hasBeen(in bytes: [UInt8]) -> Bool {
        guard let reader = try? TrainingStateReader(bytes, elementLimit: Self.elementLimit),
            var past = try? Self.settings(in: reader), let target = try? reader.target(),
            let losses = try? reader.numbers("losses", allow: { _ in true })
        else { return false }
        past.takeLength(of: settings)
        return past == settings && target.values == self.target.values && losses.count <= self.losses.count
            && zip(losses, self.losses).allSatisfy { $0.bitPattern == $1.bitPattern }
    }

    /// Goes on to the length that other settings have, with what follows from it.
    public func takeLength(of other: TrainingSettings) { settings.takeLength(of: other) }
}

/// Reads the parts of a training state, each checked before it is used.
private struct TrainingStateReader {
    let container: SafetensorsFile

    init(_ bytes: [UInt8], elementLimit: Int) throws(FormatFault) {
        guard SafetensorsFile.looksLike(bytes) else { throw FormatFault(reason: "not the state of a training") }
        container = try SafetensorsFile(bytes, elementLimit: elementLimit)
    }

    func checkHash() throws(FormatFault) {
        guard try container.matchesHash() == true else { throw .damaged }
    }

    /// The numbers of a tensor, each of which is one that a training can have made.
    func numbers(_ name: String, allow: (Float) -> Bool = { $0.isFinite }) throws(FormatFault) -> [Float] {
        guard let tensor = container.tensor(name), tensor.type == "F32" else {
            throw FormatFault(reason: "tensor \(name) is missing")
        }
        let numbers = container.floats(tensor)
        if let wrong = numbers.first(where: { !allow($0) }) {
            throw FormatFault(reason: "tensor \(name) holds a number that no training makes (got \(wrong))")
        }
        return numbers
    }

    private func numbers(
        _ name: String, count: Int, allow: (Float) -> Bool = { $0.isFinite }
    ) throws(FormatFault) -> [Float] {
        let numbers = try numbers(name, allow: allow)
        guard numbers.count == count else {
            throw FormatFault(reason: "tensor \(name) has the wrong shape (got \(numbers.count), expected \(count))")
        }
        return numbers
    }

    /// nil where the state is of a version that did not keep them.
    func qualities() throws(FormatFault) -> [Float]? {
        if ["1", "2"].contains(container.metadata[Trainer.versionKey]) { return nil }
        return try numbers("qualities", allow: { $0.isFinite || $0.isNaN })
    }

    func number(_ key: String, most: Double) throws(FormatFault) -> Double {
        guard let text = container.metadata[key], let number = Double(text), (0...most).contains(number) else {
            throw FormatFault(reason: "the metadata entry \"\(key)\" is missing or wrong")
        }
        return number
    }

    func whole(_ key: String, most: Int) throws(FormatFault) -> Int {
        guard let text = container.metadata[key], let number = Int(text), (0...most).contains(number) else {
            throw FormatFault(reason: "the metadata entry \"\(key)\" is missing or wrong")
        }
        return number
    }

    func target() throws(FormatFault) -> Target {
        let values = try numbers("target")
        guard let shape = container.tensor("target")?.shape, shape.count == 3, shape[2] == 4, !values.isEmpty else {
            throw FormatFault(reason: "tensor target has the wrong shape")
        }
        return Target(width: shape[1], height: shape[0], values: values)
    }

    /// `empty`: an optimiser's memory of the right sizes.
    func weights(
        _ name: String, updates: String, _ count: Int, _ empty: OptimiserMemory
    ) throws(FormatFault) -> Trainer.Weights {
        var memory = empty
        let values = try numbers(name, count: count)
        memory.adam.mean = try numbers("\(name).mean", count: empty.adam.mean.count)
        // Squares of large gradients are infinite.
        memory.adam.square = try numbers("\(name).square", count: empty.adam.square.count, allow: { $0 >= 0 })
        memory.adam.updates = try whole(updates, most: TrainingSettings.mostIterations)
        if let muon = empty.muon {
            memory.muon?.momentum = try numbers("\(name).momentum", count: muon.momentum.count)
        }
        return Trainer.Weights(values: values, memory: memory)
    }

    func pool(settings: TrainingSettings, target: Target) throws(FormatFault) -> SamplePool {
        let counts = try numbers("pool.counts")
        let losses = try numbers("pool.losses", allow: { $0 >= 0 })
        let cells = try numbers("pool.cells")
        let values = try numbers("pool.values")
        let shape = settings.firstRule()
        let channels = shape.paddedToVectors().channels
        guard let grid = try? shape.grid(of: target) else {
            throw FormatFault(reason: "tensor target has the wrong shape")
        }
        let limit = Float(grid.width * grid.height)
        let expected = Regimes.named(settings.regime)?.usesPool == true ? settings.pool : 0
        guard counts.count == expected, losses.count == expected,
            counts.allSatisfy({ (0...limit).contains($0) && $0 == $0.rounded() }),
            cells.allSatisfy({ $0 >= 0 && $0 < limit && $0 == $0.rounded() }),
            Int(counts.reduce(0.0) { $0 + Double($1) }) == cells.count,
            values.count == cells.count * channels
        else { throw FormatFault(reason: "the tensors of the pool do not fit together") }
        let seed = shape.startState(width: grid.width, height: grid.height, randomSeed: settings.randomSeed)
        let loss = Float(target.loss(of: seed, rule: shape))
        var pool = SamplePool(seed: CompactState(seed.resized(channels: channels), loss: loss), count: 0)
        var start = 0
        for (count, loss) in zip(counts, losses) {
            let end = start + Int(count)
            guard zip(cells[start..<end], cells[start..<end].dropFirst()).allSatisfy({ $0 < $1 }) else {
                throw FormatFault(reason: "the tensors of the pool do not fit together")
            }
            pool.states.append(
                CompactState(
                    cells: cells[start..<end].map { UInt32($0) },
                    values: Array(values[(start * channels)..<(end * channels)]), loss: loss))
            start = end
        }
        return pool
    }
}
