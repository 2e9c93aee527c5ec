import Foundation
import GNCATestSupport
import Testing

@testable import GNCABasics

/// Every text has a combining mark behind the scalar that has to be escaped: Swift's characters hide one behind the other.
@Suite struct EscapingTests {
    @Test func htmlIsSafeInTextAndInAttributes() {
        #expect(
            Escaping.html("<\u{301}a> & \"\u{301}b\" 'c'\r\u{1B}")
                == "&lt;\u{301}a&gt; &amp; &quot;\u{301}b&quot; &#39;c&#39;&#13;\\u001b")
    }

    @Test func xmlSpellsWhatItCannotSay() {
        #expect(Escaping.xml("<\u{301}a> &\t\n\u{1}\u{FFFE}é \"") == "&lt;\u{301}a&gt; &amp;\t\n\\u0001\\ufffeé \"")
    }

    @Test func latexIsOnOneLine() {
        #expect(
            Escaping.latex("50 %\u{301} of\n\r\n{a_b} \\ ~^#$&<>|\"")
                == "50 \\%\u{301} of \\{a\\_b\\} \\textbackslash{} \\textasciitilde{}\\textasciicircum{}\\#\\$\\&"
                + "\\textless{}\\textgreater{}\\textbar{}\\char34{}")
        #expect(Escaping.latex("--steps ?`it''s") == "-\\/-steps ?\\/`it'\\/'s")
        #expect(Escaping.latexAddress("a%\u{301}20b#c_d") == "a\\%\u{301}20b\\#c_d")
    }

    @Test func latexNamesFiles() {
        #expect(Escaping.latexPath("my film_1.png") == "my film\\string_1.png")
        #expect(
            Escaping.latexPath("~a%\u{301}#{}") == "./\\string~a\\csname @percentchar\\endcsname \u{301}"
                + "\\csname c_hash_str\\endcsname \\csname @charlb\\endcsname \\csname @charrb\\endcsname ")
        for name in ["a\"b", "a  b", " a", "a ", "a\nb", "a\u{202E}b"] { #expect(Escaping.latexPath(name) == nil) }
    }

    @Test func markdownIsOnOneLine() {
        #expect(
            Escaping.markdown(" [a]*\u{301}\u{2028}b_`c`<d>#|~$&{\\\u{3000}\n")
                == "\\[a\\]\\*\u{301} b\\_\\`c\\`\\<d\\>\\#\\|\\~\\$\\&\\{\\\\")
        #expect(Escaping.markdown("\n \t") == "" && Escaping.markdown("") == "" && Escaping.markdown("a") == "a")
        #expect(Escaping.markdownAddress("a?b&copy;_c") == "a?b&amp;copy;_c")
    }

    @Test(arguments: [
        ("plain-1_./:,@%+=", "plain-1_./:,@%+="), ("", "''"), ("#a", "'#a'"), ("a b", "'a b'"), ("$HOME", "'$HOME'"),
        ("it's", "'it'\\''s'"), ("'\u{301}; rm", "\\''\u{301}; rm'"), ("é", "'é'"), ("e\u{301}", "'e\u{301}'"),
        ("*.png", "'*.png'"), ("=ls", "'=ls'"), ("%self", "'%self'"), ("a\\b", "'a'\\\\'b'"), ("a\nb", "'a\nb'"),
        ("\u{1B}[31m\u{202E}", "\"$(printf '\\033')\"'[31m'\"$(printf '\\342\\200\\256')\""),
        ("\t$x", "\"$(printf '\\011')\"\\$'x'"),
    ])
    func aShellReadsTheSameWord(word: String, quoted: String) {
        #expect(Array(Escaping.shellWord(word).utf8) == Array(quoted.utf8))
    }

    /// What each language's reader makes of every special character with every neighbour is what was written.
    @Test func nothingHidesBehindItsNeighbours() {
        for text in HostileTexts.all {
            let printable = Escaping.printable(text)
            let line = Escaping.oneLine(printable)
            #expect(StrictReaders.markup(Escaping.html(text), quotes: false)?.isExactly(printable) == true)
            #expect(StrictReaders.markup(Escaping.xml(text), quotes: true)?.isExactly(printable) == true)
            #expect(StrictReaders.latex(Escaping.latex(text))?.isExactly(line) == true, "\(Escaping.latex(text))")
            let words = StrictReaders.markdown(Escaping.markdown(text))
            #expect(words?.isExactly(line.trimmingCharacters(in: .whitespacesAndNewlines)) == true, "\(line)")
            #expect(StrictReaders.shell(Escaping.shellWord(text)).map { $0.map(ExactText.init) } == [ExactText(text)])
            #expect(StrictReaders.isShown(Escaping.shellWord(text), lines: true))
            #expect(StrictReaders.url(Escaping.urlPath(text)) == Array(text.utf8))
            #expect(StrictReaders.url(Escaping.url(text)) != nil)
            #expect(StrictReaders.isShown(Escaping.visible(text)))
            #expect(StrictReaders.isShown(JSONText.quoted(text)))
            let read = (try? StrictJSON.parse(JSONText.quoted(text).utf8))?.text
            #expect(read?.isExactly(text) == true)
        }
    }

    @Test func everyWordStandsForItself() {
        let line = HostileTexts.all.map(Escaping.shellWord).joined(separator: " ")
        #expect(StrictReaders.shell(line)?.map(ExactText.init) == HostileTexts.all.map(ExactText.init))
    }

    @Test func addressesThatSomebodyWroteStayAddresses() {
        #expect(
            Escaping.url("https://a.b/c d?e=%20&f=%zz#(g)'\"<é")
                == "https://a.b/c%20d?e=%20&f=%25zz#%28g%29%27%22%3C%C3%A9")
        #expect(
            Escaping.scheme("HTTPS://a") == "https" && Escaping.scheme("a/b:c") == nil && Escaping.scheme("a") == nil)
        #expect(
            Escaping.scheme(Escaping.url(" java\nscript:x")) == nil && Escaping.scheme("javascript:x") == "javascript")
    }

    @Test func aPatternMatchesItsTextOnly() {
        let text = "*\u{301}[a]?\\"
        let pattern = Escaping.shellPattern(text)
        #expect(Array(pattern.utf8) == Array("\\*\u{301}\\[a\\]\\?\\\\".utf8))
        #expect(fnmatch(pattern, text, 0) == 0)
        #expect(fnmatch(pattern, "x\u{301}[a]?\\", 0) != 0)
    }

    @Test(arguments: [
        ("a/b c.mp4", "a/b%20c.mp4"), ("50%.gif", "50%25.gif"), ("ü?&#.mp4", "%C3%BC%3F%26%23.mp4"), ("\n(", "%0A%28"),
    ])
    func addressesAreEncoded(path: String, address: String) {
        #expect(Escaping.urlPath(path) == address)
    }

    @Test func aTerminalShowsWhatItWouldObey() {
        #expect(Escaping.visible("a\u{1B}[2Jb\u{202E}c\u{9B}\n\t\\") == "a\\u001b[2Jb\\u202ec\\u009b\\n\\t\\")
        #expect(Escaping.visible("a\nb\r", keepsLines: true) == "a\nb\\r")
        #expect(Escaping.visible("é🦎👩‍🔬") == "é🦎👩‍🔬")
    }
}
