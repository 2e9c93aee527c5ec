import Testing

@testable import GNCABasics

@Suite struct Base64Tests {
    /// RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func theStandardsExamples(plain: String, encoded: String) {
        #expect(Base64.encode(Array(plain.utf8)) == encoded)
        #expect(Base64.decode(encoded) == Array(plain.utf8))
    }

    @Test func everyByteSurvives() {
        let bytes = (0..<1024).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ $0 / 256) }
        #expect(Base64.decode(Base64.encode(bytes)) == bytes)
    }

    @Test(arguments: [
        "Z", "Zg", "Zg=", "Zg===", "====", "=Zg=", "Z===", "Zh==", "Zm9=", "Zm9v\n", "Zm 9", "Zm-_", "Zg==Zg==",
    ])
    func anyOtherSpellingIsRefused(text: String) {
        #expect(Base64.decode(text) == nil)
    }
}
