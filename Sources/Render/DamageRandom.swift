/// Random numbers of one damage, keyed by counters: the same for the same random seed, step and entry on every run.
struct DamageRandom {
    let randomSeed: UInt32
    /// Steps done when the damage happens.
    let step: Int
    /// Index of the damage among all that is written down, 0...
    let entry: Int

    /// Number `component` of circle `index`, 0..<1 in steps of 2^-24.
    func uniform(_ index: Int, _ component: Int) -> Double {
        var bits = DamageRandom.mix(randomSeed ^ 0x6461_6d61)
        for key in [step, entry, index, component] {
            bits = DamageRandom.mix(bits ^ UInt32(truncatingIfNeeded: key))
        }
        return Double(bits >> 8) / 16_777_216
    }

    /// A bijection of 32-bit words in which every input bit reaches every output bit ("lowbias32", Chris Wellons).
    private static func mix(_ word: UInt32) -> UInt32 {
        var word = word &+ 0x9e37_79b9
        word = (word ^ (word >> 16)) &* 0x7feb_352d
        word = (word ^ (word >> 15)) &* 0x846c_a68b
        return word ^ (word >> 16)
    }
}
