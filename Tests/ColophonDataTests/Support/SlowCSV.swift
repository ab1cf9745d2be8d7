/// A table reader written for its obviousness: one character after the other, one state.
enum SlowCSV {
  /// The records, or nil where a quote is never closed or something follows a closing quote.
  static func records(_ text: String, delimiter: Unicode.Scalar = ",") -> [[String]]? {
    let scalars = Array(text.unicodeScalars)
    var records: [[String]] = []
    var fields: [String] = []
    var field = ""
    var wasQuoted = false
    var i = 0
    func isEnd(_ i: Int) -> Bool { scalars[i] == "\n" || scalars[i] == "\r" }
    func finishRecord() {
      fields.append(field)
      if fields != [""] || wasQuoted { records.append(fields) }
      (fields, field, wasQuoted) = ([], "", false)
    }
    while i < scalars.count {
      if field.isEmpty, !wasQuoted, scalars[i] == "\"" {
        wasQuoted = true
        i += 1
        while true {
          guard i < scalars.count else { return nil }
          if scalars[i] == "\"" {
            if i + 1 < scalars.count, scalars[i + 1] == "\"" {
              field.unicodeScalars.append("\"")
              i += 2
              continue
            }
            i += 1
            break
          }
          field.unicodeScalars.append(scalars[i])
          i += 1
        }
        if i < scalars.count, scalars[i] != delimiter, !isEnd(i) { return nil }
      } else if scalars[i] == delimiter {
        fields.append(field)
        (field, wasQuoted) = ("", fields.isEmpty)
        i += 1
        // A delimiter at the very end opens one more, empty field.
        if i == scalars.count {
          fields.append("")
          records.append(fields)
          return records
        }
      } else if isEnd(i) {
        if scalars[i] == "\r", i + 1 < scalars.count, scalars[i + 1] == "\n" { i += 1 }
        i += 1
        finishRecord()
      } else {
        field.unicodeScalars.append(scalars[i])
        i += 1
      }
    }
    if !field.isEmpty || !fields.isEmpty || wasQuoted { finishRecord() }
    return records
  }
}
