extension [UInt8] {
    /// Whether the bytes of `text` stand among the first `limit`.
    package func contain(_ text: String, within limit: Int = .max) -> Bool {
        let wanted = Array(text.utf8)
        guard let first = wanted.first else { return true }
        let end = Swift.min(count, limit) - wanted.count
        var index = 0
        while index <= end {
            if self[index] == first, self[index..<(index + wanted.count)].elementsEqual(wanted) { return true }
            index += 1
        }
        return false
    }
}
