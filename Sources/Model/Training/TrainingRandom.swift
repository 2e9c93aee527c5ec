import GNCACells

/// The random numbers of one training run: each is a function of what it is for, the iteration and its place there.
struct TrainingRandom {
    let seed: UInt32

    func bits(_ stream: RandomSource.Stream, iteration: Int, _ a: Int, _ b: Int = 0) -> UInt32 {
        RandomSource(seed: seed, stream: stream).bits(
            step: UInt32(truncatingIfNeeded: iteration), x: UInt32(truncatingIfNeeded: a),
            y: UInt32(truncatingIfNeeded: b))
    }

    /// 0..<1
    func fraction(_ stream: RandomSource.Stream, iteration: Int, _ a: Int, _ b: Int = 0) -> Double {
        Double(bits(stream, iteration: iteration, a, b) >> 8) * 0x1p-24
    }

    /// One of the numbers of `range`, each as likely.
    func whole(
        _ range: ClosedRange<Int>, _ stream: RandomSource.Stream, iteration: Int, _ a: Int, _ b: Int = 0
    ) -> Int {
        range.lowerBound + Int(fraction(stream, iteration: iteration, a, b) * Double(range.count))
    }
}

/// Numbers 0..<1, one after the other, for the damage of one sample.
struct DamageDraws {
    let random: TrainingRandom
    let iteration: Int
    let sample: Int
    private var drawn = 0

    init(random: TrainingRandom, iteration: Int, sample: Int) {
        self.random = random
        self.iteration = iteration
        self.sample = sample
    }

    mutating func fraction() -> Double {
        defer { drawn += 1 }
        return random.fraction(.trainingDamage, iteration: iteration, sample, drawn)
    }

    mutating func number(_ range: ClosedRange<Double>) -> Double {
        range.lowerBound + fraction() * (range.upperBound - range.lowerBound)
    }

    mutating func whole(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(fraction() * Double(range.count))
    }
}
