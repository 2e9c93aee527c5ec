extension Frame {
    /// The picture reduced (or enlarged) to `width` x `height` pixels: each is the mean of the source's area below it,
    /// premultiplied, so that transparent pixels lend no colour.
    public func areaAveraged(width newWidth: Int, height newHeight: Int) -> Frame {
        let columns = coverage(from: width, to: newWidth)
        let rows = coverage(from: height, to: newHeight)
        var result = Frame(width: newWidth, height: newHeight)
        for (y, row) in rows.enumerated() {
            for (x, column) in columns.enumerated() {
                let start = (y * newWidth + x) * 4
                for channel in 0..<4 {
                    result.bytes[start + channel] = mean(row, column, channel: channel)
                }
            }
        }
        return result
    }

    /// The weighted mean of one channel, rounded half up.
    private func mean(_ rows: [(index: Int, share: Double)], _ columns: [(index: Int, share: Double)], channel: Int)
        -> UInt8
    {
        var sum = 0.0
        for row in rows {
            for column in columns {
                sum += row.share * column.share * Double(bytes[(row.index * width + column.index) * 4 + channel])
            }
        }
        return UInt8((sum + 0.5).rounded(.down))
    }

    /// Which of `source` pixels lie below each of `target` pixels, and which share of it each covers.
    private func coverage(from source: Int, to target: Int) -> [[(index: Int, share: Double)]] {
        let pitch = Double(source) / Double(target)
        return (0..<target).map { position in
            let begin = Double(position) * pitch
            let end = begin + pitch
            return (Int(begin)..<min(source, Int(end.rounded(.up)))).map { index in
                (index, (min(end, Double(index + 1)) - max(begin, Double(index))) / pitch)
            }
        }
    }
}
