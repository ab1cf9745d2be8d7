package import ColophonCore

extension RegistryEvent {
  /// Reads the fields back from the text that the digest covers; nil for anything else.
  ///
  /// Whether the text is whole is for its digest to tell.
  package init?(text: String) {
    var text = text
    guard let event = text.withUTF8({ RegistryEvent(bytes: $0) }) else { return nil }
    self = event
  }

  /// Reads the fields back from the text's bytes.
  init?(bytes: UnsafeBufferPointer<UInt8>) {
    let pieces = bytes.split(
      separator: RegistryEvent.separator,
      maxSplits: 17,
      omittingEmptySubsequences: false
    )
    guard pieces.count == 17, pieces[0].elementsEqual(RegistryEvent.format.utf8) else {
      return nil
    }
    func field(_ index: Int) -> String {
      String(decoding: UnsafeBufferPointer(rebasing: pieces[index]), as: UTF8.self)
    }
    guard let sequence = Int(field(1)), let kind = Kind(rawValue: field(3)),
      let version = Int(field(5)), let time = Int(field(12))
    else { return nil }
    self.init(
      kind,
      group: field(4),
      sequence: sequence,
      previous: field(2),
      actor: field(11),
      time: time
    )
    self.version = version
    alias = field(6)
    expected = field(7)
    new = field(8)
    bound = field(9)
    detail = field(10)
    reason = field(13)
    head = field(14)
    key = field(15)
    signature = field(16)
  }

  /// The event as JSON shows it, with the same names in every format.
  package var value: Value {
    var members: [String: Value] = [
      "sequence": .integer(sequence), "previous": .string(previous), "kind": .string(kind.rawValue),
      "actor": .string(actor), "time": .integer(time),
      "at": .string(Moment(milliseconds: time).text),
      "digest": .string(digest),
    ]
    if version > 0 { members["version"] = .integer(version) }
    let texts = [
      ("group", group), ("alias", alias), ("expected", expected), ("new", new), ("bound", bound),
      ("detail", detail), ("reason", reason), ("head", head), ("key", key),
      ("signature", signature),
    ]
    for (name, text) in texts where !text.isEmpty { members[name] = .string(text) }
    return .object(members)
  }

  /// Reads the event from JSON; nil where a member is missing or the digest is not its own.
  package init?(_ value: Value) {
    guard let members = value.asObject,
      let sequence = members["sequence"]?.asInteger, let previous = members["previous"]?.asString,
      let kind = members["kind"]?.asString.flatMap({ Kind(rawValue: $0) }),
      let actor = members["actor"]?.asString, let time = members["time"]?.asInteger
    else { return nil }
    func field(_ name: String) -> String { members[name]?.asString ?? "" }
    self.init(
      kind,
      group: field("group"),
      sequence: sequence,
      previous: previous,
      actor: actor,
      time: time
    )
    version = members["version"]?.asInteger ?? 0
    alias = field("alias")
    expected = field("expected")
    new = field("new")
    bound = field("bound")
    detail = field("detail")
    reason = field("reason")
    head = field("head")
    key = field("key")
    signature = field("signature")
    // Every member must be one that this event writes, so that no byte is without meaning.
    guard self.value == value else { return nil }
  }

  /// What happened in a few words: `churn@2 Approved`, `churn champion: 1 → 2`.
  package var summary: String {
    let subject = version > 0 ? "\(group)@\(version)" : group
    switch kind {
    case .registered: return "\(subject) registered"
    case .decided: return "\(subject) \(expected) \u{2192} \(new)"
    case .moved: return "\(group) \(alias): \(expected) \u{2192} \(new)"
    case .verified: return "\(subject) verified: \(new)"
    case .signed: return "\(subject) signed by the key \(new)"
    case .refused: return "\(subject)\(alias.isEmpty ? "" : " " + alias) refused: \(new)"
    case .granted: return "\(subject)\(alias.isEmpty ? "" : " " + alias) granted: \(new)"
    case .revoked: return "\(subject)\(alias.isEmpty ? "" : " " + alias) revoked: \(new)"
    case .ruled: return "\(group) rule: \(new)"
    case .withdrawn: return "withdrawn: \(new)"
    case .merged: return "\(subject) merged from another registry"
    }
  }
}
