package import ColophonCore

/// Something wrong with a data file, or with what a dataset cell says about it.
///
/// The reader of a file knows nothing of the notebook, so a fault names the cell's field that it
/// is about, and `diagnostic` puts it where that field stands.
package struct DataFault: Error, Hashable, Sendable {
  /// A place in the data file: lines and byte columns from 1.
  package struct Place: Hashable, Sendable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }
  }

  package var code: Diagnostic.Code
  /// One sentence, without a full stop.
  package var message: String
  package var hint: String?
  /// The field that the fault is about, such as `target`, `columns.age` or `split.column`.
  package var field: String
  package var place: Place?
  /// The byte of the field's text that it is about, from 0.
  package var offset: Int?

  package init(
    _ code: Diagnostic.Code,
    _ message: String,
    hint: String? = nil,
    field: String = "source",
    place: Place? = nil,
    offset: Int? = nil
  ) {
    self.code = code
    self.message = message
    self.hint = hint
    self.field = field
    self.place = place
    self.offset = offset
  }

  /// The fault without the line it stands on, for rows that come from no text file.
  package var withoutPlace: DataFault {
    guard let place else { return self }
    var fault = self
    fault.message = message.replacing(" (line \(place.line))", with: "")
    fault.place = nil
    return fault
  }

  /// The fault as a finding about the notebook.
  ///
  /// A note leads to the place in the data file, called by `path` as the notebook does; `position`
  /// tells where a field of the cell stands.
  package func diagnostic(path: String, position: (String) -> SourcePosition) -> Diagnostic {
    let notes = place.map {
      Diagnostic.Note(
        "it stands here",
        at: SourcePosition(path: path, line: $0.line, column: $0.column)
      )
    }
    return Diagnostic(
      .error,
      code,
      at: position(field),
      message,
      hint: hint,
      notes: notes.map { [$0] } ?? []
    )
  }
}

/// Every fault that one reading found; never empty.
package struct DataFaults: Error, Hashable, Sendable {
  package var faults: [DataFault]
  package init(_ faults: [DataFault]) { self.faults = faults }
  package init(_ fault: DataFault) { faults = [fault] }
}
