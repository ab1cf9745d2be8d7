package import ColophonCore

/// Why a cell ran, or why it did not have to.
package enum Staleness: Hashable, Sendable {
  /// The stored result stands; how many digests were compared and found the same.
  case kept(digests: Int)
  /// The cell ran, for at least one reason, the most telling first.
  case ran([Reason])

  /// What the store said of the cell's key.
  package enum Found: Hashable, Sendable {
    case result
    case nothing
    case damage
    /// A result that the registry does not know, so that it must be registered again.
    case unregistered
    /// Nobody looked: the run was asked to start afresh.
    case notAsked
  }

  /// One thing that differs from the last run of the same cell in the same notebook.
  package enum Reason: Hashable, Sendable {
    case firstRun
    case askedToRunAfresh
    case resultDamaged
    /// Nothing changed, but the store no longer holds the result.
    case resultGone
    /// The registry does not hold the version.
    case notInRegistry
    case kind(was: String, now: String)
    case setting(ValueChange)
    case file(String, was: Digest?, now: Digest?)
    case input(String, was: Digest?, now: Digest?)
    case seed(was: UInt64, now: UInt64)
    case build
  }

  /// Compares a cell's key with the one of its last run.
  ///
  /// - Parameters:
  ///   - previous: The ingredients recorded at the cell's last run; nil where there was none.
  ///   - present: What the cell depends on now.
  ///   - found: What the store holds under the present key.
  /// - Returns: All reasons; its description says the first three.
  package static func explain(
    previous: CellKey?,
    present: CellKey,
    found: Found
  ) -> Staleness {
    switch found {
    case .result: return .kept(digests: present.digestCount)
    case .notAsked: return .ran([.askedToRunAfresh])
    case .damage: return .ran([.resultDamaged])
    case .unregistered: return .ran([.notInRegistry])
    case .nothing: break
    }
    guard let previous else { return .ran([.firstRun]) }
    let reasons = predicates.flatMap { $0(previous, present) }
    return .ran(reasons.isEmpty ? [.resultGone] : reasons)
  }
}

extension CellKey {
  /// How many digests stand for everything that the result depends on: one for each input and each
  /// file, one for the configuration with its seed, one for the build.
  package var digestCount: Int { inputs.count + files.count + 2 }
}
