import GNCABasics
import GNCACells
import GNCAExport
import Testing

@testable import gnca_render

@Suite struct RemediesTests {
    @Test func anErrorSaysWhichOptionMendsIt() {
        #expect(
            Remedies.message(WriteFault.existsAlready(file: "a"))
                == "a: cannot be created: it exists already (--overwrite replaces it)")
        #expect(
            Remedies.message(ExportError.invalid("needs an even width (got 63)", .evenScale))
                == "needs an even width (got 63; choose an even --scale)")
        #expect(Remedies.message(ExportError.invalid("the film has no frames")) == "the film has no frames")
        #expect(
            Remedies.message(ModelError.unsettled(file: "a", reason: "tells no dialect", missing: .dialect))
                == "a: tells no dialect (name it with --dialect KEY=VALUE,... or try --dialect guess)")
    }

    /// Libraries know no options; what mends their errors has to name one here.
    @Test func everyRemedyNamesAnOption() {
        for remedy in Remedy.allCases {
            #expect(Remedies.message(ExportError.invalid("wrong", remedy)).contains("--"), "\(remedy)")
        }
    }
}
