import Testing

@testable import GNCACells

/// What a run remembers lies in memory that grows.
struct GrowingMemoryTests {
    @Test func numbersKeepTheirValuesAndBeginAtARowOfTheCache() throws {
        var memory = GrowingMemory()
        let nothing = memory.numbers
        #expect(nothing == nil)
        var written = 0
        // From a few numbers in the heap to megabytes of their own.
        for size in [3, 50, 1000, 40_000, 3_000_000, 2, 3_000_001, 9_000_000] {
            memory.extend(to: size)
            let start = memory.numbers
            let numbers = try #require(start)
            #expect(UInt(bitPattern: numbers) % 64 == 0)
            let wrong = (0..<written).first { numbers[$0] != Float($0) }
            #expect(wrong == nil, "size \(size)")
            while written < size {
                numbers[written] = Float(written)
                written += 1
            }
        }
    }
}
