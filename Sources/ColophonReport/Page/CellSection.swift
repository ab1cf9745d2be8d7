/// A cell as the page shows it.
package struct CellSection: Sendable {
  package enum Status: String, Hashable, Sendable, CaseIterable {
    case done
    case failed
    case skipped
    /// Not run again: its result was in the store. Set as `done`, so that the page is the same.
    case kept
  }

  /// Whether the configuration is printed.
  package enum Display: String, Hashable, Sendable, CaseIterable {
    case folded
    case open
    case hidden
  }

  package var kind: String
  package var name: String
  /// The section's id, such as `cell-baseline`.
  package var anchor: String
  /// The short stamp, such as `3f9a 2c1d`; nil where the cell has none.
  package var stamp: String?
  package var stampClass: StampClass?
  package var status: Status
  /// The cell's source as the author wrote it.
  package var configuration: String
  package var display: Display
  package var caption: [Prose.Inline]
  package var exhibits: [Exhibit]
  package var advice: [AdviceItem]
  /// Why the cell failed or was skipped.
  package var message: String?

  package init(
    kind: String,
    name: String,
    anchor: String? = nil,
    stamp: String? = nil,
    stampClass: StampClass? = nil,
    status: Status = .done,
    configuration: String,
    display: Display = .folded,
    caption: [Prose.Inline] = [],
    exhibits: [Exhibit] = [],
    advice: [AdviceItem] = [],
    message: String? = nil
  ) {
    self.kind = kind
    self.name = name
    self.anchor = anchor ?? "cell-\(name)"
    self.stamp = stamp
    self.stampClass = stampClass
    self.status = status
    self.configuration = configuration
    self.display = display
    self.caption = caption
    self.exhibits = exhibits
    self.advice = advice
    self.message = message
  }
}

/// How far a result repeats, as the page explains it.
package enum StampClass: String, Hashable, Sendable, CaseIterable {
  case exact
  case library
  case external

  /// What a stamp of this class promises, in a sentence.
  package var promise: String {
    switch self {
    case .exact: "bit for bit the same on any machine that runs the engine"
    case .library: "bit for bit the same with the same build of the named library"
    case .external: "run again and compared within a stated tolerance"
    }
  }
}
