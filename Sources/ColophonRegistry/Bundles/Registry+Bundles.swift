package import ColophonCore
import ColophonLineage
import GRDB

extension Registry {
  /// A version as a bundle.
  ///
  /// A version that came from elsewhere is exported with its own journal's part, so bundles don't
  /// grow or change by travelling.
  /// - Parameters:
  ///   - name: The version.
  ///   - model: The bytes of a model by its digest; nil where the store has them no more.
  /// - Returns: The bundle.
  /// - Throws: `RegistryRefusal` where there is no such version.
  package func bundle(_ name: VersionName, model: (Digest) throws -> [UInt8]?) throws
    -> RegistryBundle
  {
    let version = try show(name)
    if let origin = version.events.first(where: { $0.kind == .merged }) {
      let text = try document(origin.detail)
      return try RegistryBundle(bytes: Array(text.utf8) + [UInt8(ascii: "\n")])
        .with(model: version.content.modelDigest.flatMap { try model($0) } ?? [])
    }
    var documents: [String: String] = [:]
    let events = version.events.filter { $0.kind != .refused }
    for event in events {
      let named =
        event.kind == .registered
        ? [event.new, event.bound, event.detail]
        : [.verified, .signed].contains(event.kind) ? [event.detail] : []
      for digest in named { documents[digest] = try document(digest) }
    }
    return RegistryBundle(
      group: version.group,
      number: version.number,
      documents: documents,
      events: events,
      model: try version.content.modelDigest.flatMap { try model($0) } ?? []
    )
  }

  /// Takes a version in from elsewhere.
  ///
  /// Versions merge by content: one that the group has already is found, whatever its number is. A
  /// new one gets the next number and waits for a decision here, since an approval is the word of
  /// the registry that gave it; the bundle's own journal stays with it, to be read and exported.
  /// - Returns: The registration here.
  package func merge(_ bundle: RegistryBundle, by hand: RegistryHand) throws -> Registration {
    let parts = try bundle.parts()
    let text = try parts.content.text()
    let content = Digest(of: text.utf8).hex
    guard content == parts.registered.new else {
      throw RegistryRefusal(.incomplete, "the bundle's content is not in its canonical form")
    }
    if let known = try known(content, in: bundle.group) { return known }
    let candidate = Candidate(group: bundle.group, content: parts.content, source: parts.source)
    let registration = try register(candidate, by: hand) { champion, _ in
      GateDecision(
        status: .pending,
        reason: "merged from another registry, where it was \(bundle.group)@\(bundle.number)",
        conditions: parts.decision.conditions,
        champion: parts.decision.champion,
        isBinding: false
      )
    }
    guard registration.isNew else { return registration }
    let origin = String(decoding: bundle.with(model: []).bytes.dropLast(), as: UTF8.self)
    try writing(by: hand, attempt: RegistryEvent(.merged, group: bundle.group)) { ledger in
      var event = RegistryEvent(.merged, group: bundle.group)
      event.version = registration.number
      event.new = "\(bundle.group)@\(bundle.number)"
      event.bound = bundle.events.last?.digest ?? ""
      event.detail = try ledger.keep(origin)
      try ledger.append(event)
    }
    return registration
  }
}

extension Registry {
  /// The names of all versions, in the order in which they were registered.
  package func names() throws -> [VersionName] {
    try reading { database in
      try Row.fetchAll(database, sql: "SELECT grp, number FROM versions ORDER BY id").map { row in
        VersionName(
          group: try row.decode(atIndex: 0),
          which: .number(try row.decode(atIndex: 1))
        )
      }
    }
  }
}

extension RegistryBundle {
  /// The bundle with other bytes of the model, or without.
  func with(model: [UInt8]) -> RegistryBundle {
    var bundle = self
    bundle.model = model
    return bundle
  }
}
