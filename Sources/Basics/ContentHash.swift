import CGNCALibav

/// SHA-256, by which films and `inspect` name the exact model file they were made from, and batches know their outputs.
///
/// libavutil's, because rendering loads libav in any case: a cryptography package would enlarge the program for one
/// function.
public enum ContentHash {
    /// SHA-256 of `bytes`, 64 lower-case hexadecimal digits. Throws where memory is short.
    public static func sha256(_ bytes: [UInt8]) throws(FileFault) -> String {
        let hash = try RunningHash()
        bytes.withUnsafeBytes { hash.add($0) }
        return hash.digest()
    }

    /// SHA-256 of a file's bytes, and how many there are; a film of any size takes one small buffer.
    /// Throws a sentence without the file's name.
    public static func sha256(file path: String) throws(FileFault) -> (digest: String, byteCount: Int) {
        let descriptor: Int32
        do { descriptor = try FileSystem.openForReading(path) } catch { throw FileFault(opening: error) }
        defer { close(descriptor) }
        let hash = try RunningHash()
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        var byteCount = 0
        while true {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw FileFault(reading: errno) }
            if count == 0 { return (hash.digest(), byteCount) }
            byteCount += count
            buffer.withUnsafeBytes { hash.add(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
    }
}

/// A SHA-256 that takes its bytes piece by piece.
private struct RunningHash: ~Copyable {
    private let context: OpaquePointer

    init() throws(FileFault) {
        guard let context = av_sha_alloc() else { throw FileFault("out of memory") }
        av_sha_init(context, 256)
        self.context = context
    }

    deinit { av_free(UnsafeMutableRawPointer(context)) }

    func add(_ bytes: UnsafeRawBufferPointer) {
        av_sha_update(context, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count)
    }

    /// 64 lower-case hexadecimal digits; nothing can be added any more.
    func digest() -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        digest.withUnsafeMutableBufferPointer { av_sha_final(context, $0.baseAddress) }
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
