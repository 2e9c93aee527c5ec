import GNCABasics
import Testing

@Suite struct RegistryTests {
    @Test func whatIsAddedStandsLastOrFirst() {
        let last = Registry(["a", "b"])
        let first = Registry(["a", "b"], addedFirst: true)
        for registry in [last, first] { for name in ["c", "d"] { registry.add(name) } }
        #expect(last.all == ["a", "b", "c", "d"])
        #expect(first.all == ["c", "d", "a", "b"])
        #expect(last.builtIn == ["a", "b"])
    }

    @Test func manyThreadsMayAdd() async {
        let registry = Registry<Int>([])
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<100 { group.addTask { registry.add(number) } }
        }
        #expect(registry.all.sorted() == Array(0..<100))
    }
}
