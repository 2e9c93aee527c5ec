/// An object of a class that nobody knows here: what the file says of it, and no more.
struct PickleRecord {
    let maker: PickleGlobal
    /// What Python would give to the class or function that makes the object.
    let arguments: [Int]
    /// What Python would set of it afterwards: its attributes as a dictionary, or whatever its class understands.
    var states: [Int] = []
    /// What Python would append to it, add to it or set under keys; and the keywords of the class.
    var items: [Int] = []
    var pairs: [(key: Int, value: Int)] = []
}
