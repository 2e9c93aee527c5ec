import Testing

@testable import GNCABasics

@Suite struct SystemTextTests {
    @Test func textThatIsTextStaysAsItIs() {
        for text in ["", "a.mp4", "é", "e\u{301}", "🐢", "\u{10FF00}", "\u{10FF2F}", "\u{E000}"] {
            #expect(SystemText.text(Array(text.utf8)) == text)
            #expect(SystemText.bytes(text) == Array(text.utf8))
        }
    }

    @Test(
        arguments: [
            [0xFF], [0x61, 0x80, 0x62], [0xC3], [0xC3, 0x28], [0xE2, 0x82], [0xED, 0xA0, 0x80],
            [0xF4, 0x90, 0x80, 0x80],
            [0xC0, 0xAF], [0xF0, 0x9F, 0x90], [0xFF, 0xFE, 0x41], [0xF4, 0x8F, 0xBF, 0xBF], [0xF4, 0x8F, 0xBE, 0x80],
        ] as [[UInt8]])
    func bytesThatAreNoTextComeBack(bytes: [UInt8]) {
        let text = SystemText.text(bytes)
        #expect(SystemText.bytes(text) == bytes)
        #expect(text.utf8.contains(0xF4))
    }

    @Test func everyByteStringHasATextOfItsOwn() {
        // Bytes of which texts, broken texts and our own scalars consist.
        let alphabet: [UInt8] = [0x2F, 0x61, 0x80, 0x8F, 0xBE, 0xBF, 0xC3, 0xE2, 0xF4, 0xFF]
        var words: [[UInt8]] = [[]]
        var texts: Set<[UInt8]> = []
        var count = 0
        for _ in 0..<5 {
            words = words.flatMap { word in alphabet.map { word + [$0] } }
            for word in words {
                let text = SystemText.text(word)
                if SystemText.bytes(text) != word { Issue.record("\(word) comes back as \(SystemText.bytes(text))") }
                texts.insert(Array(text.utf8))
            }
            count += words.count
        }
        #expect(texts.count == count)
    }

    @Test func noTextHidesASlashOrAnEnd() {
        for value in 0x10FF00...0x10FFFF as ClosedRange<UInt32> {
            let bytes = Unicode.Scalar(value).map { SystemText.bytes(String($0)) } ?? []
            #expect(bytes.allSatisfy { $0 >= 0x80 })
        }
    }

    @Test func messagesSpellBytes() {
        let name = SystemText.text([0x61, 0xFF, 0x62])
        #expect(Escaping.visible("\(name): there is no such file") == "a\\xffb: there is no such file")
        #expect(SystemText.spelled(name) == "a\\xffb")
    }

    @Test func shellsAndAddressesSpellBytesInTheirOwnWays() {
        let name = SystemText.text([0x61, 0xFF, 0x62])
        #expect(Escaping.shellWord(name) == "'a'\"$(printf '\\377')\"'b'")
        #expect(Escaping.urlPath(name) == "a%FFb")
    }

    @Test func aNameWithAnEndInItIsRefused() {
        #expect(throws: SystemFault.holdsNUL) { try SystemText.terminated("a\0b") }
        #expect(throws: SystemFault.holdsNUL) { try FileSystem.status("a\0b") }
        #expect(throws: SystemFault.holdsNUL) { try FileSystem.makeFolder("a\0b") }
        #expect(FileSystem.resolved("a\0b") == nil)
    }
}
