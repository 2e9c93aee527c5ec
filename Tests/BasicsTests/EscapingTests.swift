import Testing

@testable import GNCABasics

/// Every text has a combining mark behind the scalar that has to be escaped: Swift's characters hide one behind the other.
@Suite struct EscapingTests {
    @Test func htmlIsSafeInTextAndInAttributes() {
        #expect(Escaping.html("<\u{301}a> & \"\u{301}b\"") == "&lt;\u{301}a&gt; &amp; &quot;\u{301}b&quot;")
    }

    @Test func xmlLosesWhatItCannotSay() {
        #expect(Escaping.xml("<\u{301}a> &\t\n\u{1}\u{FFFE}é \"") == "&lt;\u{301}a&gt; &amp;\t\né \"")
    }

    @Test func latexIsOnOneLine() {
        #expect(
            Escaping.latex("50 %\u{301} of\n\r\n{a_b} \\ ~^#$&")
                == "50 \\%\u{301} of \\{a\\_b\\} \\textbackslash{} \\textasciitilde{}\\textasciicircum{}\\#\\$\\&")
        #expect(Escaping.latexAddress("a%\u{301}20b#c_d") == "a\\%\u{301}20b\\#c_d")
    }

    @Test func markdownIsOnOneLine() {
        #expect(
            Escaping.markdown("[a]*\u{301}\u{2028}b_`c`<d>#|~$&\\")
                == "\\[a\\]\\*\u{301} b\\_\\`c\\`\\<d\\>\\#\\|\\~\\$\\&\\\\")
    }

    @Test(arguments: [
        ("plain-1_./:,@%+=#", "plain-1_./:,@%+=#"), ("", "''"), ("#a", "'#a'"), ("a b", "'a b'"), ("$HOME", "'$HOME'"),
        ("it's", "'it'\\''s'"), ("'\u{301}; rm", "''\\''\u{301}; rm'"), ("é", "'é'"), ("e\u{301}", "'e\u{301}'"),
        ("*.png", "'*.png'"),
    ])
    func aShellReadsTheSameWord(word: String, quoted: String) {
        #expect(Array(Escaping.shellWord(word).utf8) == Array(quoted.utf8))
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
