package import ColophonCore

/// A model with its evidence that asks to become a version.
package struct Candidate: Sendable {
  package var group: String
  package var content: VersionContent
  package var source: VersionSource
  /// The alias that it gets where the gate approves it.
  package var alias: String?

  package init(
    group: String,
    content: VersionContent,
    source: VersionSource,
    alias: String? = nil
  ) {
    self.group = group
    self.content = content
    self.source = source
    self.alias = alias
  }
}

/// What became of a candidate.
package struct Registration: Hashable, Sendable {
  package var group: String
  package var number: Int
  /// The digest of the content: the version's name for ever; 64 digits.
  package var content: String
  package var decision: GateDecision
  /// The head of the group's moves after the registration, 64 digits.
  package var head: String
  /// Whether it was registered just now; else it was known.
  package var isNew: Bool

  package init(
    group: String,
    number: Int,
    content: String,
    decision: GateDecision,
    head: String,
    isNew: Bool
  ) {
    self.group = group
    self.number = number
    self.content = content
    self.decision = decision
    self.head = head
    self.isNew = isNew
  }
}

/// The version that is in production, asked for by conditions while a candidate is judged.
package struct ChampionView: Sendable {
  package var version: Int
  package var status: VersionStatus
  package var content: VersionContent

  package init(version: Int, status: VersionStatus, content: VersionContent) {
    self.version = version
    self.status = status
    self.content = content
  }

  /// What a decision keeps of it: the values that conditions read.
  package func reading(_ paths: [ValuePath]) -> GateDecision.Champion {
    var champion = GateDecision.Champion(
      version: version,
      status: status.rawValue,
      model: content.modelDigest?.description ?? ""
    )
    for path in paths {
      champion.values[GateDecision.Champion.key(path)] = content.value(at: path.segments)
    }
    return champion
  }
}
