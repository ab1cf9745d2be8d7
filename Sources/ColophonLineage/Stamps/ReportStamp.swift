package import ColophonCore

/// One digest for a whole report: its cells' stamps in document order, and the notebook's digest.
package struct ReportStamp: Hashable, Sendable {
  package let digest: Digest

  /// - Parameters:
  ///   - notebook: The digest of the notebook's bytes.
  ///   - cells: The stamps of the cells that have one, in document order.
  package init(notebook: Digest, cells: [Digest]) {
    digest = Digest(
      of: [
        "format": "colophon-report-stamp/1",
        "notebook": .string(notebook.description),
        "cells": .array(cells.map { .string($0.description) }),
      ]
    )
  }

  /// Short enough to read aloud: `amber-finch-river 7c1e 90ab`.
  package var words: StampWords { StampWords(digest) }
}
