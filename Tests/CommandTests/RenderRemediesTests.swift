import GNCARender
import Testing

@testable import gnca_render

@Suite struct RenderRemediesTests {
    static let errors: [(RenderError, String)] = [
        (.invalid("too large", remedy: .smallerScale), "too large; choose a smaller --scale"),
        (.invalid("too large"), "too large"),
        (.option(.fireRate, "has one value here (got 2)"), "--fire-rate has one value here (got 2)"),
        (.unknown(kind: "overlay", name: "x", known: ["y"]), "there is no overlay \"x\" (there are: y)"),
    ]

    @Test(arguments: errors)
    func theCommandNamesTheOptionsOfARemedy(error: RenderError, sentence: String) {
        #expect(error.sentence == sentence)
    }

    @Test(arguments: RenderError.Remedy.allCases)
    func aLibraryNamesNoOption(remedy: RenderError.Remedy) {
        let error = RenderError.invalid("wrong", remedy: remedy)
        #expect(error.description == "wrong")
        #expect(error.sentence.hasPrefix("wrong; ") && error.sentence.contains(" --"))
    }
}
