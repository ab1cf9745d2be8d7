import ColophonMath

/// The processor's instructions that the kernels use; every choice gives the same bits.
package enum InstructionSet {
  /// The names of those that this processor has, the narrowest first.
  package static var available: [String] { CodePath.available.map { $0.rawValue } }

  /// Makes one of them the whole program's; false for a name that isn't available.
  package static func choose(_ name: String) -> Bool {
    guard let path = CodePath(rawValue: name), CodePath.available.contains(path) else {
      return false
    }
    return path.chooseForProcess()
  }
}
