/// Everything that a report's page says.
package struct PageContent: Sendable {
  /// A part of the body, in the notebook's order.
  package enum Part: Sendable {
    case prose(Prose.Block)
    case cell(CellSection)
  }

  /// A sentence at the head of the page, with a link to the place that it is about.
  package struct TopNotice: Hashable, Sendable {
    package var kind: NoticeKind
    package var text: String
    package var anchor: String?

    package init(_ kind: NoticeKind, _ text: String, anchor: String? = nil) {
      self.kind = kind
      self.text = text
      self.anchor = anchor
    }
  }

  /// How many conditions of the notebook's `require` cells hold.
  package struct Verdict: Hashable, Sendable {
    package var held: Int
    package var total: Int
    /// The first cell with a condition that doesn't hold, or the first `require` cell.
    package var anchor: String?

    package init(held: Int, total: Int, anchor: String? = nil) {
      self.held = held
      self.total = total
      self.anchor = anchor
    }
  }

  /// The language of the text, as a BCP 47 tag.
  package var language = "en"
  package var title: String
  package var subtitle: String?
  package var authors: [String] = []
  package var abstract: Prose?
  package var keywords: [String] = []
  package var parameters: [Fact] = []
  /// Nil where the notebook requires nothing.
  package var verdict: Verdict?
  package var notices: [TopNotice] = []
  /// Every advice of the run, in order of place.
  package var advice: [AdviceItem] = []
  package var body: [Part] = []
  package var colophon: Colophon
  /// The text of the machine-readable manifest, as JSON.
  package var manifest: String

  package init(title: String, colophon: Colophon, manifest: String) {
    self.title = title
    self.colophon = colophon
    self.manifest = manifest
  }
}

/// What the engine would do otherwise, and where.
package struct AdviceItem: Hashable, Sendable {
  /// Such as `eval.test-reused`.
  package var code: String
  package var message: String
  package var hint: String?
  /// The line of the notebook; it links to the source where the page carries it.
  package var line: Int?
  /// The cell it is about; nil where it is about the notebook.
  package var anchor: String?

  package init(
    code: String,
    message: String,
    hint: String? = nil,
    line: Int? = nil,
    anchor: String? = nil
  ) {
    self.code = code
    self.message = message
    self.hint = hint
    self.line = line
    self.anchor = anchor
  }
}
