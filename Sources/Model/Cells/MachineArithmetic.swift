import CGNCAKernels

/// What multiplies on this machine.
public enum MachineArithmetic {
    /// Our kernels that this CPU runs, by their instruction sets ("x86-64-v4"), the one in use first.
    public static var kernels: [String] {
        var names: [String] = []
        while let kernels = ck_kernels_at(names.count) { names.append(String(cString: kernels.pointee.name)) }
        return names
    }
}
