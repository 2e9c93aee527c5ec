import GNCABasics
import Testing

@testable import GNCAExport

/// Sources become shorter and mean the same.
@Suite struct LeanTextTests {
    private func code(_ text: String) -> String { LeanText.script(Array(text.utf8)) }

    @Test func commentsIndentationAndSpacesGo() {
        #expect(
            code("/** What\n * it is. */\nfunction f(a, b) {\n  // why\n\n  return a + b;\n}\n")
                == "function f(a,b){return a+b}")
        #expect(code("/* one line */\nlet x = 1;\nlet y = 2;") == "let x=1;let y=2;")
    }

    @Test func signsThatWouldJoinStayApart() {
        #expect(code("a = b - -c + +d") == "a=b- -c+ +d")
    }

    @Test func textsAndTemplatesStay() {
        #expect(code(#"let a = "x  ;  y \" { ";"#) == #"let a="x  ;  y \" { ";"#)
        #expect(
            code("let a = `x ; ${ f( { b } ) } ; ${`in ; ${ c } ner`} ; y` ;")
                == "let a=`x ; ${f({b})} ; ${`in ; ${c} ner`} ; y`;")
    }

    @Test func linesOfThePreprocessorStay() {
        let source = "#define A (1 + 2)\nfloat f() {\n#if A || B\n  return 1.0;\n#endif\n  return 2.0;\n}"
        let lean = "#define A (1 + 2)\nfloat f(){\n#if A || B\nreturn 1.0;\n#endif\nreturn 2.0;}"
        #expect(LeanText.shader(Array(source.utf8)) == lean)
    }

    @Test func selectorsKeepTheirSpaces() {
        let css = LeanText.css(Array(".a :is(b, c) > d {\n  font: 1px/2 \"A B\", c;\n}\n".utf8))
        #expect(css == ".a :is(b,c) > d{font:1px/2 \"A B\",c}")
    }
}
