import ColophonCore
import ColophonLineage
import GRDB

/// The journal in a transaction: what it ends with, and the way to add to it.
struct Ledger {
  let database: Database
  let hand: RegistryHand
  private var sequence: Int
  private var digest: String
  private var time: Int

  init(_ database: Database, _ hand: RegistryHand) throws {
    self.database = database
    self.hand = hand
    let tail = try Row.fetchOne(database, sql: "SELECT sequence, digest, time FROM tail")
    guard let tail else { throw StoreDamage.registry(path: "tail", reason: "it has no end") }
    sequence = try tail.decode(atIndex: 0)
    digest = try tail.decode(atIndex: 1)
    time = try tail.decode(atIndex: 2)
  }

  /// Adds an event: numbers, chains, dates, signs and writes it.
  ///
  /// - Returns: The event as it was written.
  @discardableResult
  mutating func append(_ draft: RegistryEvent) throws -> RegistryEvent {
    var event = draft
    event.sequence = sequence + 1
    event.previous = digest
    event.actor = RegistryEvent.field(hand.actor)
    event.reason = RegistryEvent.field(draft.reason)
    event.expected = RegistryEvent.field(draft.expected)
    event.new = RegistryEvent.field(draft.new)
    // A clock that was set back must not make the journal's order doubtful.
    time = max(time, hand.clock())
    event.time = time
    if event.kind.isMove {
      event.head = event.head(after: try head(of: event.group))
      try setHead(event.head, of: event.group)
    }
    if let key = hand.key {
      event.key = key.publicKey.fingerprint
      event.signature = try key.sign(event.signedText)
    }
    sequence = event.sequence
    digest = event.digest
    try write(event)
    return event
  }

  /// Keeps a document under its digest; 64 digits.
  @discardableResult
  func keep(_ text: String) throws -> String {
    let digest = Digest(of: text.utf8).hex
    try database.cachedStatement(
      sql: "INSERT OR IGNORE INTO documents (digest, content) VALUES (?, ?)"
    ).execute(arguments: [digest, text])
    return digest
  }

  private func write(_ event: RegistryEvent) throws {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO events (sequence, previous, kind, grp, version, alias, expected, new, bound,
        detail, actor, time, reason, head, key, signature, digest)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    )
    try statement.execute(
      arguments: [
        event.sequence, event.previous, event.kind.rawValue, event.group, event.version,
        event.alias, event.expected, event.new, event.bound, event.detail, event.actor, event.time,
        event.reason, event.head, event.key, event.signature, digest,
      ]
    )
    try database.cachedStatement(
      sql: "UPDATE tail SET sequence = ?, digest = ?, time = ? WHERE one = 1"
    ).execute(arguments: [event.sequence, digest, event.time])
  }

  /// The head of a group's moves; 64 zeros for a new group.
  func head(of group: String) throws -> String {
    try String.fetchOne(
      database.cachedStatement(sql: "SELECT head FROM groups WHERE grp = ?"),
      arguments: [group]
    ) ?? RegistryEvent.start
  }

  private func setHead(_ head: String, of group: String) throws {
    try database.cachedStatement(
      sql: """
        INSERT INTO groups (grp, versions, head) VALUES (?1, 0, ?2)
        ON CONFLICT (grp) DO UPDATE SET head = ?2
        """
    ).execute(arguments: [group, head])
  }
}
