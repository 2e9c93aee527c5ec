import Testing

@testable import GNCABasics
@testable import GNCACells
@testable import GNCACheckpoints

@Suite struct DialectTests {
    /// Every family, and every part of a dialect once.
    static let dialects =
        Family.all.filter { $0.layers.count == 2 }.map(\.dialect.spelled) + [
            "negate=x", "negate=y,exchange=yes", "exchange=yes,order=channel,negate=x,scale=1/2", "alpha=last",
            "alpha=last,order=channel,seed=alpha", "gain=2,life=none,padding=torus", "scale=3/8,negate=xy,life=before",
            "threshold=0.3,life=after",
        ]

    @Test(arguments: dialects, [true, false])
    func aFoldedRuleDoesWhatTheLayersDoInTheirDialect(spelled: String, outputBias: Bool) throws {
        let dialect = try DialectChoice(spelled).applied(to: Dialect())
        let layers = try SmallLayers(outputBias: outputBias).layers
        let rule = try DialectFolding(layers, dialect).rule
        let (worst, living) = try DialectReference.difference(rule, layers, dialect)
        #expect(worst <= 1e-5)
        #expect(living > 100, "a pattern that dies proves nothing")
    }

    @Test
    func everyWayToWriteADialectMatters() throws {
        let layers = try SmallLayers().layers
        let plain = try DialectFolding(layers, Dialect()).rule
        for part in [
            "order=channel", "scale=1", "negate=x", "negate=y", "negate=xy", "exchange=yes", "alpha=last", "life=after",
            "threshold=0.2", "padding=torus", "seed=alpha", "fire=0.25", "gain=2",
        ] {
            let dialect = try DialectChoice(part).applied(to: Dialect())
            #expect(try DialectFolding(layers, dialect).rule != plain, "\(part)")
            #expect(try DialectChoice(dialect.spelled).applied(to: Dialect()) == dialect, "\(part)")
        }
    }

    @Test(
        "what is folded is told",
        arguments: [
            ("order=filter", []), ("order=channel", ["columns of layer 1 put in filter-major order"]),
            ("exchange=yes", ["columns of the x- and y-gradients exchanged"]),
            ("scale=1", ["columns of the gradients multiplied by 8.0, for Sobel / 8"]),
            ("negate=y", ["columns of the y-gradients negated"]), ("negate=xy", ["columns of the gradients negated"]),
            ("alpha=last,gain=2", ["the last four channels moved to the front", "layer 2 multiplied by 2.0"]),
        ] as [(String, [String])])
    func notes(spelled: String, notes: [String]) throws {
        let dialect = try DialectChoice(spelled).applied(to: Dialect())
        #expect(try DialectFolding(SmallLayers().layers, dialect).notes == notes)
    }

    @Test
    func weightsThatOverflowAreRefused() throws {
        var dialect = Dialect()
        dialect.rule.network.gain = 1e38
        #expect {
            var layers = try SmallLayers().layers
            layers.layers[1].weights[0] = 100
            _ = try DialectFolding(layers, dialect)
        } throws: {
            ($0 as? FormatFault)?.reason == "tensor w2 has 1 non-finite value"
        }
    }

    @Test(
        "wrong spellings are named",
        arguments: [
            (
                "scale",
                #"there is no part "scale" of a dialect (expected guess, or KEY=VALUE,... with the keys "#
                    + "order, scale, negate, exchange, alpha, filters, global, activation, update, gain, life, threshold, life-channel, "
                    + "reach, birth, clamp, picture, first, colormap, seed, seed-value, start, fire, padding)"
            ),
            (
                "size=3",
                #"there is no part "size=3" of a dialect (expected guess, or KEY=VALUE,... with the keys "#
                    + "order, scale, negate, exchange, alpha, filters, global, activation, update, gain, life, threshold, life-channel, "
                    + "reach, birth, clamp, picture, first, colormap, seed, seed-value, start, fire, padding)"
            ),
            ("order=row", #"the dialect has a wrong order (got "row", expected filter, channel)"#),
            ("scale=1/0", #"the dialect has a wrong scale (got "1/0", expected a number, as 1/8 or 1)"#),
            ("scale=nan", #"the dialect has a wrong scale (got "nan", expected a number, as 1/8 or 1)"#),
            ("scale=", #"the dialect has a wrong scale (got "", expected a number, as 1/8 or 1)"#),
            ("scale=1/2/3", #"the dialect has a wrong scale (got "1/2/3", expected a number, as 1/8 or 1)"#),
            ("exchange=maybe", #"the dialect has a wrong exchange (got "maybe", expected yes or no)"#),
            (
                "life=always",
                #"the dialect has a wrong life (got "always", expected before+after, before, after, none)"#
            ),
            ("fire=2", #"the dialect has a wrong fire (got "2", expected a number from 0 to 1)"#),
            ("alpha=four", #"the dialect has a wrong alpha (got "four", expected last, or a channel as 3)"#),
            ("seed=all", #"the dialect has a wrong seed (got "all", expected hidden, alpha, or from:CHANNEL)"#),
            ("fire=1,fire=1", "the dialect names fire twice"),
        ])
    func spelling(text: String, reason: String) {
        #expect(throws: ModelError.badDialect(reason)) { try DialectChoice(text) }
    }
}
