/// Something that an author can fix: what is wrong, where, and what would mend it.
///
/// Problems of the world (a full disk, a damaged store) are thrown errors; a diagnostic is a value
/// that readers collect while they go on, so that one run reports everything at once.
package struct Diagnostic: Hashable, Sendable {
  /// Whether the notebook can be run in spite of it.
  package enum Severity: String, Sendable, Comparable {
    /// The notebook can't run.
    case error
    /// A trap that the notebook may accept with `advice: [CODE]`.
    case advice

    package static func < (a: Severity, b: Severity) -> Bool { a == .error && b == .advice }
  }

  /// The one spelling of a kind of problem, as `family.kebab-case`.
  package struct Code: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
    package init(stringLiteral value: String) { self.init(value) }
  }

  /// A related place, such as the first of two equal names.
  package struct Note: Hashable, Sendable {
    package var message: String
    package var position: SourcePosition

    package init(_ message: String, at position: SourcePosition) {
      self.message = message
      self.position = position
    }
  }

  package var severity: Severity
  package var code: Code
  package var position: SourcePosition
  /// How many bytes from `position` the caret underlines; at least 1.
  package var length: Int
  /// One sentence, without a full stop.
  package var message: String
  package var hint: String?
  package var notes: [Note]

  package init(
    _ severity: Severity = .error,
    _ code: Code,
    at position: SourcePosition,
    length: Int = 1,
    _ message: String,
    hint: String? = nil,
    notes: [Note] = []
  ) {
    self.severity = severity
    self.code = code
    self.position = position
    self.length = max(length, 1)
    self.message = message
    self.hint = hint
    self.notes = notes
  }
}

extension Diagnostic: Comparable {
  package static func < (a: Diagnostic, b: Diagnostic) -> Bool {
    if a.position != b.position { return a.position < b.position }
    if a.code != b.code { return a.code.description < b.code.description }
    return a.message < b.message
  }
}
