import GNCATraining

extension TrainingOptions {
    /// Refuses what a training with these settings would ignore.
    func checkUses(_ settings: TrainingSettings) throws {
        let hasPool = Regimes.withPool.contains(settings.regime)
        let hasDamage = Regimes.withDamage.contains(settings.regime)
        let pools = "belongs to a regime with a pool (\(OptionText.choice(of: Regimes.withPool)))"
        let stays =
            "belongs to a training that teaches a pattern to stay (\(OptionText.choice(of: Regimes.withPool)); with "
            + "--time from 3m on)"
        let isMuon = settings.optimiser == .muon
        let damages = "belongs to a regime with damage (\(OptionText.choice(of: Regimes.withDamage)))"
        let onlyGrows = growFirst == 1
        let goesOn = "belongs to a training that does more than grow (--grow-first is 1)"
        let damagesAny = settings.damaged > 0
        let anyDamaged = "belongs to a training with damaged states (--damaged is 0)"
        try OptionUse.check([
            OptionUse(
                "--grow-first", growFirst != nil, counts: settings.regime != Regimes.onlyGrowing,
                "belongs to a regime that does more than grow"),
            OptionUse("--pool", pool != nil, counts: !onlyGrows, goesOn),
            OptionUse("--reseed", reseed != nil, counts: !onlyGrows, goesOn),
            OptionUse("--damaged", damaged != nil, counts: !onlyGrows, goesOn),
            OptionUse("--ongoing-damage", ongoingDamage != nil, counts: !onlyGrows, goesOn),
            OptionUse("--damage-shapes", damageShapes != nil, counts: !onlyGrows, goesOn),
            OptionUse("--settle", settle != nil, counts: !onlyGrows, goesOn),
            OptionUse("--death-rate", deathRate != nil, counts: !onlyGrows, goesOn),
            OptionUse("--until", settings.until > 0, counts: Regimes.usesPool(settings.learned), stays),
            OptionUse("--pool", pool != nil, counts: hasPool, pools),
            OptionUse("--reseed", reseed != nil, counts: hasPool, pools),
            OptionUse("--settle", settle != nil, counts: hasPool, pools),
            OptionUse(
                "--settle", (settle ?? 0) > 0, counts: settings.hasRoomToSettle,
                "belongs to a pool with room for old states (--pool is small beside --batch)"),
            OptionUse("--damaged", damaged != nil, counts: hasDamage, damages),
            OptionUse("--ongoing-damage", ongoingDamage != nil, counts: hasDamage, damages),
            OptionUse("--damage-shapes", damageShapes != nil, counts: hasDamage, damages),
            OptionUse("--ongoing-damage", ongoingDamage != nil, counts: damagesAny, anyDamaged),
            OptionUse("--damage-shapes", damageShapes != nil, counts: damagesAny, anyDamaged),
            OptionUse(
                "--damage-shapes", damageShapes != nil, counts: settings.ongoingDamage < 1,
                "belongs to damage that comes once (--ongoing-damage is 1, and those are circles)"),
            OptionUse(
                "--death-rate", deathRate != nil, counts: Regimes.withDeaths.contains(settings.regime),
                "belongs to --regime \(OptionText.choice(of: Regimes.withDeaths))"),
            OptionUse(
                "--clip-norm", clipNorm != nil, counts: settings.gradient == .clipped, "belongs to --gradient clipped"),
            OptionUse(
                "--warm-up-steps", warmUpSteps != nil, counts: settings.warmUpIterations > 0,
                "belongs to --warm-up-iterations"),
            OptionUse("--loss-floor", lossFloor != nil, counts: settings.loss == .log, "belongs to --loss log"),
            OptionUse(
                "--decay-at", decayAt != nil, counts: settings.schedule == .steps, "belongs to --schedule steps"),
            OptionUse(
                "--decay-factor", decayFactor != nil, counts: settings.schedule == .steps,
                "belongs to --schedule steps"),
            OptionUse("--momentum", momentum != nil, counts: isMuon, "belongs to --optimiser muon"),
            OptionUse("--adam-rate", adamRate != nil, counts: isMuon, "belongs to --optimiser muon"),
            OptionUse(
                "--decay-factor", decayFactor != nil, counts: !settings.decayAt.isEmpty, "belongs to --decay-at"),
        ])
    }
}
