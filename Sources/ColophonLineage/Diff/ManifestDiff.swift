package import ColophonCore

/// What changed between two reports: side by side, by subject.
package struct ManifestDiff: Hashable, Sendable {
  /// What kind of thing changed, in the order in which it is shown: causes before results.
  package enum Section: String, Hashable, Sendable, CaseIterable {
    case notebook
    case parameters
    case cells
    case configuration
    case data
    case engine
    case results
  }

  /// One thing that differs; nil on a side that lacks it.
  package struct Line: Hashable, Sendable {
    package var section: Section
    /// A full path, such as `final.roc_auc`, `fit.hyperparameters.eta` or `data/x.csv`.
    package var path: String
    package var was: Value?
    package var now: Value?

    /// The step from one number to another; nil for anything else.
    package var step: Double? {
      guard let was = was?.asNumber, let now = now?.asNumber else { return nil }
      let step = now - was
      return step.isFinite ? step : nil
    }
  }

  package let stamps: (was: Digest, now: Digest)
  /// In the order of the sections, then of the first report's cells.
  package let lines: [Line]

  package init(_ was: Manifest, _ now: Manifest) {
    stamps = (was.stamp, now.stamp)
    lines =
      ManifestDiff.notebook(was, now) + ManifestDiff.parameters(was, now)
      + ManifestDiff.cells(was, now) + ManifestDiff.configuration(was, now)
      + ManifestDiff.data(was, now) + ManifestDiff.engine(was, now)
      + ManifestDiff.results(was, now)
  }

  /// Whether the two reports show the same for the same reasons.
  package var isEmpty: Bool { lines.isEmpty && stamps.was == stamps.now }

  package func lines(of section: Section) -> [Line] { lines.filter { $0.section == section } }

  package static func == (a: ManifestDiff, b: ManifestDiff) -> Bool {
    a.stamps == b.stamps && a.lines == b.lines
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(stamps.was)
    hasher.combine(stamps.now)
    hasher.combine(lines)
  }
}
