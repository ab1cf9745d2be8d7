import ColophonCore
import ColophonData

/// A long table, a row for each step of each series, folded into a row for each series.
struct SeriesSource: DatasetSource {
  static let key: String? = "series"
  static var form: FieldType {
    var blank = FieldReader()
    _ = fields(&blank)
    return .section(blank.fields)
  }

  let file: Located<String>
  private let fold: SeriesFold

  init?(_ node: Node, reading fields: inout FieldReader, _ places: inout FieldPlaces) {
    var inner = FieldReader(node.entries ?? [], context: "a source of series", at: node.position)
    let (file, fold) = SeriesSource.fields(&inner)
    inner.finish()
    fields.absorb(inner)
    fields.resolve("source", to: .object(inner.configuration))
    guard let file, let fold else { return nil }
    guard TableFormat(path: file.value) != nil else {
      let place = node.entries?.first { $0.key == SeriesSource.key }?.value ?? node
      fields.report(.unknownFormat(place))
      return nil
    }
    (self.file, self.fold) = (file, fold)
  }

  private static func fields(_ fields: inout FieldReader) -> (Located<String>?, SeriesFold?) {
    let file = fields.file(
      "series",
      required: true,
      "A table with a row for each step of each series."
    )
    let id = fields.string("id", required: true, "The column that names the series.")
    let step = fields.string("step", required: true, "The column that orders a series's rows.")
    let once = fields.strings(
      "once",
      "Columns that hold one value for a whole series, such as its label; the others become a "
        + "column for each step: NAME_1, NAME_2 …."
    )
    guard let id, let step else { return (file, nil) }
    return (
      file, SeriesFold(id: id.value, step: step.value, once: once.map { $0.value })
    )
  }

  var caption: String { file.value }
  var path: String { file.value }

  /// The series's name is no feature unless the cell says so.
  func complete(_ recipe: DatasetRecipe) -> DatasetRecipe {
    var recipe = recipe
    let isRole = [recipe.target, recipe.weight, recipe.group, recipe.time].contains(fold.id)
    if recipe.columns[fold.id] == nil, !isRole { recipe.columns[fold.id] = .ignore }
    return recipe
  }

  /// How many steps there are only the rows tell; what the header lacks is told at once.
  func columns(in survey: Survey) throws(DataFaults) -> [String] {
    throw DataFaults(fold.faults(header: try survey.columns(of: file.value)))
  }

  func table(in workshop: Workshop) throws -> TextTable {
    guard let format = TableFormat(path: file.value) else {
      throw CellFailure("the cell names no file that can be read", field: "source")
    }
    let read = try workshop.read(file.value)
    return try TextTable(read.bytes, digest: read.digest, format: format).folded(fold)
  }
}
