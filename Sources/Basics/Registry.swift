import Synchronization

/// Things that are picked by name or asked in turn: those that a module brings, and those that programs which use it add.
public final class Registry<Element: Sendable>: Sendable {
    /// What the module brings.
    public let builtIn: [Element]
    private let addedFirst: Bool
    private let added = Mutex<[Element]>([])

    /// A registry of what the module brings. `addedFirst`: whether what is added comes before that.
    public init(_ builtIn: [Element], addedFirst: Bool = false) {
        self.builtIn = builtIn
        self.addedFirst = addedFirst
    }

    /// Everything; what was added stands in the order in which it came.
    public var all: [Element] {
        let added = added.withLock { $0 }
        return addedFirst ? added + builtIn : builtIn + added
    }

    /// Adds something for as long as the program runs. May be called from any thread; meant for the start of a program.
    public func add(_ element: Element) { added.withLock { $0.append(element) } }
}
