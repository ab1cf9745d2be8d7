import ColophonCore

extension DataFault {
  /// The fault with the path that was opened written as the notebook writes it.
  package func naming(_ path: String, as name: String?) -> DataFault {
    guard let name else { return self }
    var fault = self
    fault.message = message.replacing("'\(path)'", with: "'\(name)'")
    return fault
  }

  static func unknownFormat(_ path: String) -> DataFault {
    DataFault(
      "data.unknown-format",
      "the name '\(path)' doesn't tell how its table is written",
      hint: "names that do end in .csv, .tsv, .csv.gz or .tsv.gz"
    )
  }

  static let utf16 = DataFault(
    "data.encoding",
    "the file is UTF-16, not UTF-8",
    hint: "save it as UTF-8",
    place: Place(line: 1, column: 1)
  )

  static let tooLarge = DataFault(
    "data.too-large",
    "the file holds 4 GiB of text or more, which this version doesn't read"
  )

  static func gzip(_ problem: Gzip.Problem) -> DataFault {
    switch problem {
    case .truncated:
      DataFault("data.gzip", "the compressed file ends too early", hint: "fetch it again")
    case .corrupt:
      DataFault(
        "data.gzip",
        "the compressed file is damaged (its checksum or its form is wrong)",
        hint: "fetch it again"
      )
    case .trailing:
      DataFault("data.gzip", "the compressed file is followed by bytes that aren't gzip")
    case .tooLarge: tooLarge
    }
  }

  static func unreadableText(_ problem: UTF8Check.Problem, at place: Place) -> DataFault {
    switch problem {
    case .invalid:
      DataFault(
        "data.encoding",
        "line \(place.line), column \(place.column) is not UTF-8",
        hint: "save the file as UTF-8",
        place: place
      )
    case .nul:
      DataFault(
        "data.nul-byte",
        "line \(place.line), column \(place.column) is a NUL byte",
        hint: "the file may be binary, UTF-16, or damaged",
        place: place
      )
    }
  }

  static func record(
    _ problem: RecordScanner.Problem,
    _ bytes: UnsafeBufferPointer<UInt8>,
    row: Int
  ) -> DataFault {
    let name = row == 0 ? "the header" : "row \(row)"
    switch problem {
    case .unclosedQuote(let offset):
      let place = RecordScanner.place(bytes, offset)
      return DataFault(
        "data.unclosed-quote",
        "\(name) opens a quote on line \(place.line) that nothing closes",
        hint: "a quote inside of a quoted field is written twice",
        place: place
      )
    case .strayQuote(let offset):
      let place = RecordScanner.place(bytes, offset)
      return DataFault(
        "data.stray-quote",
        "\(name) goes on after a closing quote on line \(place.line)",
        hint: "a quote inside of a quoted field is written twice",
        place: place
      )
    }
  }

  static let emptyFile = DataFault("data.empty-file", "the file is empty")

  static let noRows = DataFault("data.no-rows", "the file has a header and no rows")

  static func emptyName(_ column: Int, place: Place) -> DataFault {
    DataFault(
      "data.column-name",
      "column \(column) has no name",
      hint: column == 1
        ? "a first column without a name is often an index of rows; name it, or write without it"
        : "name it in the file's first line",
      place: place
    )
  }

  static func duplicateName(_ name: String, first: Int, second: Int, place: Place) -> DataFault {
    DataFault(
      "data.column-name",
      "columns \(first) and \(second) are both named '\(name)'",
      place: place
    )
  }

  static func ragged(row: Int, found: Int, expected: Int, place: Place) -> DataFault {
    DataFault(
      "data.ragged-row",
      "row \(row) (line \(place.line)) has \(counted(found, "field")), the header has \(expected)",
      place: place
    )
  }

  static func moreRagged(_ count: Int) -> DataFault {
    DataFault(
      "data.ragged-row",
      "\(counted(count, "more row")) \(count == 1 ? "has" : "have") another number of fields "
        + "than the header"
    )
  }

  static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
