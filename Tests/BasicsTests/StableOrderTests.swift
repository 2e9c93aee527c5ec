import Testing

@testable import GNCABasics

@Suite struct StableOrderTests {
    @Test func equalKeysStayInTheirOrder() {
        let numbers = (0..<500).map { $0 * 37 % 500 }
        let ordered = numbers.inOrder { $0 % 3 }
        for remainder in 0..<3 {
            #expect(ordered.filter { $0 % 3 == remainder } == numbers.filter { $0 % 3 == remainder })
        }
        #expect(ordered.map { $0 % 3 } == numbers.map { $0 % 3 }.sorted())
    }

    @Test func nothingStaysNothing() {
        #expect([Int]().inOrder { $0 }.isEmpty)
    }
}
