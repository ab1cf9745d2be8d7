import ColophonCore

extension Staleness {
  /// Looks for one kind of change between the last run's key and the present one.
  typealias Predicate = @Sendable (CellKey, CellKey) -> [Reason]

  /// All of them, the author's own changes first.
  static let predicates: [Predicate] = [
    kindChanged, settingsChanged, filesChanged, inputsChanged, seedChanged, buildChanged,
  ]

  package static func kindChanged(_ was: CellKey, _ now: CellKey) -> [Reason] {
    was.kind == now.kind ? [] : [.kind(was: was.kind, now: now.kind)]
  }

  package static func settingsChanged(_ was: CellKey, _ now: CellKey) -> [Reason] {
    ValueChange.between(was.configuration, now.configuration).map { .setting($0) }
  }

  package static func filesChanged(_ was: CellKey, _ now: CellKey) -> [Reason] {
    changed(was.files, now.files).map { .file($0, was: was.files[$0], now: now.files[$0]) }
  }

  package static func inputsChanged(_ was: CellKey, _ now: CellKey) -> [Reason] {
    changed(was.inputs, now.inputs).map { .input($0, was: was.inputs[$0], now: now.inputs[$0]) }
  }

  package static func seedChanged(_ was: CellKey, _ now: CellKey) -> [Reason] {
    was.seed.root == now.seed.root ? [] : [.seed(was: was.seed.root, now: now.seed.root)]
  }

  package static func buildChanged(_ was: CellKey, _ now: CellKey) -> [Reason] {
    was.build == now.build ? [] : [.build]
  }

  private static func changed(_ was: [String: Digest], _ now: [String: Digest]) -> [String] {
    Set(was.keys).union(now.keys).sorted().filter { was[$0] != now[$0] }
  }
}
