package import ColophonCore
package import ColophonLineage
import GRDB

/// A model registry: groups of immutable versions, their statuses, and aliases that point at them.
///
/// Its state is a fold over a journal of events, each of which holds the digest of the one before
/// it; tables for searching follow from the journal, and `audit` compares them. One file, no server;
/// several processes may use it at once.
package final class Registry: Sendable {
  let file: RegistryFile

  /// A registry in a file, which need not exist: the first version creates it.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - readOnly: Whether nothing may change.
  ///   - patience: How long a writer waits for another, in seconds.
  package init(path: String, readOnly: Bool = false, patience: Double = 60) {
    file = RegistryFile(path: path, readOnly: readOnly, patience: patience)
  }

  package var path: String { file.path }

  /// Whether anything was ever registered.
  package var exists: Bool { file.exists }

  /// Reads; refused where there is no registry yet.
  func reading<Result>(_ body: (Database) throws -> Result) throws -> Result {
    guard let result = try file.read(body) else {
      throw RegistryRefusal(
        .unknown,
        "there is no registry yet",
        hint: "a register cell in a notebook creates it"
      )
    }
    return result
  }

  /// Changes the registry; where the rules refuse, the attempt stays in the journal as an event.
  func writing<Result>(
    by hand: RegistryHand,
    attempt: RegistryEvent,
    _ body: (inout Ledger) throws -> Result
  ) throws -> Result {
    try file.write(
      { database in
        var ledger = try Ledger(database, hand)
        return try body(&ledger)
      },
      refused: { database, refusal in
        // Who mistypes a name has tried nothing.
        guard refusal.kind != .unknown else { return }
        var ledger = try Ledger(database, hand)
        var event = attempt
        event.kind = .refused
        event.reason = refusal.message
        event.detail = refusal.kind.rawValue
        try ledger.append(event)
      }
    )
  }

  /// A document of the registry by the digest that an event names.
  package func document(_ digest: String) throws -> String {
    try reading { try Documents.text($0, digest) }
  }

  /// The last event: how long the journal is, and the digest that stands for all of it.
  package func tail() throws -> (sequence: Int, digest: String) {
    try file.read { database in
      let row = try Row.fetchOne(database, sql: "SELECT sequence, digest FROM tail")
      guard let row else { throw StoreDamage.registry(path: path, reason: "it has no end") }
      return (try row.decode(atIndex: 0), try row.decode(atIndex: 1))
    } ?? (0, RegistryEvent.start)
  }
}
