package import ColophonCore

/// One entry of the journal: something that happened to the registry, or was refused.
///
/// The state of a registry is a fold over its events in order. Each event holds the digest of the
/// one before it, so none can be edited, moved or taken away unseen. Times and actors live here and
/// nowhere else.
package struct RegistryEvent: Hashable, Sendable {
  /// What happened; what `expected`, `new`, `bound` and `detail` hold depends on it.
  package enum Kind: String, Sendable, CaseIterable {
    /// A version: its content's digest, bound to the gate's decision; detail: the notebook.
    case registered
    /// A status: from what to what; bound to what was judged.
    case decided
    /// An alias: from which version to which.
    case moved
    /// The verdict of a second run; detail: the verdict's document.
    case verified
    /// A signature over the model: the key's fingerprint, bound to the digest of the files; detail:
    /// the signature's document.
    case signed
    /// What somebody tried and the registry did not do; the reason says why.
    case refused
    /// A role for a key; detail: the public key.
    case granted
    /// A role taken away from a key.
    case revoked
    /// A rule of a group: from what to what.
    case ruled
    /// Data that nobody should rest on any more.
    case withdrawn
    /// An event of another registry; detail: that event's digest.
    case merged

    /// Whether it changes what a report may read: groups, versions, statuses, aliases.
    package var isMove: Bool {
      switch self {
      case .registered, .decided, .moved: true
      case .verified, .signed, .refused, .granted, .revoked, .ruled, .withdrawn, .merged: false
      }
    }
  }

  /// From 1, without gaps.
  package var sequence: Int
  /// The digest of the event before, 64 digits; of nothing for the first.
  package var previous: String
  package var kind: Kind
  package var group: String
  /// The version's number; 0 where none is meant.
  package var version = 0
  package var alias = ""
  package var expected = ""
  package var new = ""
  package var bound = ""
  package var detail = ""
  package var actor: String
  /// Milliseconds since 1970; never less than the event's before.
  package var time: Int
  package var reason = ""
  /// The head of the group's moves after this event, 64 digits; empty for what is no move.
  package var head = ""
  /// The fingerprint of the key that signed, where one did.
  package var key = ""
  /// The signature over the event without it, in hexadecimal digits.
  package var signature = ""

  package init(
    _ kind: Kind,
    group: String,
    sequence: Int = 0,
    previous: String = "",
    actor: String = "",
    time: Int = 0
  ) {
    self.kind = kind
    self.group = group
    self.sequence = sequence
    self.previous = previous
    self.actor = actor
    self.time = time
  }

  /// Stands where the first event names the one before it.
  package static let start = String(repeating: "0", count: 64)

  /// Keeps an event's text from being any other's; the number is the layout's version.
  static let format = "colophon-registry-event/1"

  /// Between two fields; no field holds it.
  static let separator: UInt8 = 0x1F

  /// The fields that are signed, in order.
  private var signedFields: [String] {
    [
      RegistryEvent.format, String(sequence), previous, kind.rawValue, group, String(version),
      alias, expected, new, bound, detail, actor, String(time), reason, head, key,
    ]
  }

  /// What a signature is over.
  package var signedText: String { signedFields.joined(separator: "\u{1F}") }

  /// Everything that the digest covers: every field.
  package var text: String { signedText + "\u{1F}" + signature }

  /// SHA-256 of the text: what the next event names.
  package var digest: String { Digest(of: text.utf8).hex }

  /// The head of a group's moves after this one.
  ///
  /// It covers what changed and leaves out who, when and why, so it is the same wherever the same
  /// moves were made, and a report that prints it tells nobody's name and no clock.
  func head(after before: String) -> String { headDigest(after: before).hex }

  /// The digest that the head writes in digits.
  func headDigest(after before: String) -> Digest {
    var text: [UInt8] = []
    text.reserveCapacity(512)
    text += "colophon-registry-head/1".utf8
    func add(_ field: String) {
      text.append(RegistryEvent.separator)
      text += field.utf8
    }
    add(before)
    add(kind.rawValue)
    add(group)
    add(String(version))
    add(alias)
    add(expected)
    add(new)
    add(bound)
    return Digest(of: text)
  }
}

extension RegistryEvent {
  /// A text without what would end a field or a line.
  static func field(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
      return text
    }
    let clean = text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }
    return String(String.UnicodeScalarView(clean))
  }
}
