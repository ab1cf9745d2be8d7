import ColophonCells
import ColophonCore

/// What the catalogue says of the cell kinds, as text and as the README's table.
package enum Reference {
  package static var names: [String] { cellKinds.names }

  /// A line for each kind.
  package static var overview: String {
    let width = names.map { $0.count }.max() ?? 0
    return cellKinds.members.map { kind in
      kind.name + String(repeating: " ", count: width - kind.name.count + 2) + kind.summary + "\n"
    }.joined()
  }

  /// The table of kinds, as Markdown.
  package static var markdownTable: String {
    let rows = cellKinds.members.map { "| `\($0.name)` | \($0.summary) |\n" }
    return "| cell | what it is |\n| --- | --- |\n" + rows.joined()
  }

  /// Every field of a kind; nil for an unknown one.
  package static func page(of name: String) -> String? {
    guard let kind = cellKinds[name] else { return nil }
    var reader = FieldReader()
    _ = kind.init(reading: &reader)
    let own = lines(reader.fields, indent: "  ")
    var common = FieldReader()
    _ = CommonFields(reading: &common)
    return "\(name): \(kind.summary)\n\n\(own)\nEvery cell may also carry\n\n"
      + lines(common.fields, indent: "  ")
  }

  private static func lines(_ fields: [FieldDescription], indent: String) -> String {
    fields.map { field in
      let mark = field.isRequired ? " (required)" : ""
      let value = field.defaultValue.map { ", default \(NumberFormat.plain($0))" } ?? ""
      var text = "\(indent)\(field.name): \(words(field.type))\(value)\(mark)\n"
      text += "\(indent)    \(field.documentation)\n"
      if let inner = inner(field.type) { text += lines(inner, indent: indent + "    ") }
      return text
    }.joined()
  }

  private static func inner(_ type: FieldType) -> [FieldDescription]? {
    switch type {
    case .section(let fields): fields
    case .list(let element): inner(element)
    case .union(let forms):
      forms.contains { inner($0) != nil } ? forms.flatMap { inner($0) ?? [] } : nil
    default: nil
    }
  }

  private static func words(_ type: FieldType) -> String {
    switch type {
    case .boolean: "true or false"
    case .integer(let range): "a whole number, \(FieldReader.words(range))"
    case .number(let interval): "a number, \(interval)"
    case .string: "a text"
    case .choice(let choices): choices.joined(separator: " | ")
    case .file: "a file, relative to the notebook"
    case .reference(let artifact): artifact.isEmpty ? "a cell" : "a cell that makes a \(artifact)"
    case .condition: "a condition"
    case .list(let element): "a list; each \(words(element))"
    case .map(let element): "a map; each value \(words(element))"
    case .section: "a map of"
    case .union(let forms): forms.map { words($0) }.joined(separator: ", or ")
    case .any: "any value"
    }
  }
}
