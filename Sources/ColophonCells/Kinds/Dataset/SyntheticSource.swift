import ColophonCore
import ColophonData

/// Rows made up by a known law.
struct SyntheticSource: DatasetSource {
  static let key: String? = "synthetic"
  static var form: FieldType {
    var blank = FieldReader()
    _ = fields(&blank)
    var fields = blank.fields
    for generator in generators.members {
      var reader = FieldReader()
      _ = generator.init(reading: &reader)
      for field in reader.fields where !fields.contains(where: { $0.name == field.name }) {
        // Defaults differ from one generator to the next.
        var field = field
        field.defaultValue = nil
        fields.append(field)
      }
    }
    return .section(fields)
  }

  private let rows: Int
  private let generator: any Generator

  init?(_ node: Node, reading fields: inout FieldReader, _ places: inout FieldPlaces) {
    var inner = FieldReader(node.entries ?? [], context: "a synthetic source", at: node.position)
    let (type, rows) = SyntheticSource.fields(&inner)
    let generator = type?.init(reading: &inner)
    // Without a generator nobody knows which fields it would have.
    if generator != nil { inner.finish() }
    fields.absorb(inner)
    fields.resolve("source", to: .object(inner.configuration))
    guard let generator, let rows else { return nil }
    (self.rows, self.generator) = (rows, generator)
  }

  private static func fields(
    _ fields: inout FieldReader
  ) -> (type: (any Generator.Type)?, rows: Int?) {
    let name = fields.choice(
      "synthetic",
      of: generators.names,
      required: true,
      noun: "generator",
      "The law: "
        + generators.members.map { "\($0.name) (\($0.summary.dropLast()))" }
        .joined(separator: ", ") + "."
    )
    let rows = fields.integer("rows", in: 1...10_000_000, required: true, "How many rows.")
    return (name.flatMap { generators[$0.value] }, rows)
  }

  private var name: String { type(of: generator).name }

  var caption: String { "synthetic: \(name)" }
  var path: String { name }
  var isQuicklyRead: Bool { rows <= 20_000 }

  /// The generator's own target, task, time and group where the cell names none; a clustering
  /// leaves the target out of the features.
  func complete(_ recipe: DatasetRecipe) -> DatasetRecipe {
    var recipe = recipe
    if recipe.task == .clustering, recipe.target == nil {
      recipe.columns[generator.target] = recipe.columns[generator.target] ?? .ignore
    } else {
      if recipe.target == nil { recipe.target = generator.target }
      if recipe.task == nil, recipe.target == generator.target { recipe.task = generator.task }
    }
    recipe.time = recipe.time ?? generator.time
    recipe.group = recipe.group ?? generator.group
    return recipe
  }

  func columns(in survey: Survey) throws(DataFaults) -> [String] { generator.columns }

  func table(in workshop: Workshop) throws -> TextTable {
    try generator.table(
      SyntheticDrawing(rows: rows) { purpose, index in
        workshop.random(for: "synthetic.\(purpose)", index: index)
      }
    )
  }
}
