extension Sequence {
    /// The elements by their `key`, the smallest first. Those of equal keys stay in their order, which Swift's own sort
    /// happens to do, but does not promise.
    package func inOrder<Key: Comparable>(of key: (Element) -> Key) -> [Element] {
        let numbered = enumerated().map { (key: key($0.element), place: $0.offset, element: $0.element) }
        return numbered.sorted { ($0.key, $0.place) < ($1.key, $1.place) }.map(\.element)
    }
}
