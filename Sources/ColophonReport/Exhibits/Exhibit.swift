package import ColophonCore

/// One thing that a cell shows: the closed vocabulary between the cells and the page.
///
/// Cell kinds return exhibits and never markup, so the page never learns of a kind, and an exhibit
/// that was stored with a cell's outcome can be drawn again by a later page.
package indirect enum Exhibit: Codable, Hashable, Sendable {
  /// A short list of labelled values.
  case facts([Fact])
  case table(TableExhibit)
  case chart(Chart)
  /// Exhibits that belong together: side by side where the page is wide enough.
  case group([Exhibit])
  /// A sentence that must not be missed.
  case notice(kind: NoticeKind, text: String)
  /// Conditions with their verdicts.
  case requirements([Requirement])
  /// A paragraph of plain text.
  case text(String)
  /// What a model is, and what is known of it.
  case card(ModelCard)
  /// Text to be copied, set as it is; what it is, in a few words.
  case listing(caption: String, text: String)
}

/// A labelled value, such as *rows* 7,043.
package struct Fact: Codable, Hashable, Sendable {
  package var label: String
  /// The value as it is printed.
  package var value: String
  /// A few words after the value, such as where it comes from.
  package var note: String?

  package init(_ label: String, _ value: String, note: String? = nil) {
    self.label = label
    self.value = value
    self.note = note
  }
}

/// How loud a notice is.
package enum NoticeKind: String, Codable, Hashable, Sendable, CaseIterable {
  case info
  case advice
  case error
}

/// A condition of the author's, and whether it holds.
package struct Requirement: Codable, Hashable, Sendable {
  /// A value that the condition reads.
  package struct Reading: Codable, Hashable, Sendable {
    /// The value's path, such as `final.roc_auc`.
    package var path: String
    /// The value as it is printed.
    package var value: String

    package init(path: String, value: String) {
      self.path = path
      self.value = value
    }
  }

  /// The condition as the author wrote it.
  package var condition: String
  package var holds: Bool
  /// The values that the condition reads, in the order in which it names them.
  package var values: [Reading]

  package init(_ condition: String, holds: Bool, values: [Reading] = []) {
    self.condition = condition
    self.holds = holds
    self.values = values
  }
}
