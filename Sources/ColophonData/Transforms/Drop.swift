package import ColophonCore

/// Leaves columns out.
package struct Drop: Transform {
  package static let name = "drop"
  package static let summary = "Columns left out."

  package var columns: ColumnChoice

  package init(reading fields: inout FieldReader) {
    columns = fields.columnChoice(
      [.numeric, .category],
      required: true,
      "The columns to leave out."
    )
  }

  package func foresee(_ preview: inout DatasetPreview) -> [DataFault] {
    let faults = columns.faults(in: preview, of: ColumnType.allCases)
    if case .names(let names) = columns { for name in names { preview.remove(name) } }
    return faults
  }

  package func fit(_ training: FittingRows) throws(DataFaults) -> Dropped {
    let places = try columns.places(in: training.dataset, of: ColumnType.allCases)
    return Dropped(columns: places.map { training.dataset.table.columns[$0].name })
  }
}

/// Columns that are left out; later data need not have them.
package struct Dropped: FittedTransform {
  package static let name = Drop.name

  package var columns: [String]

  package var learned: [String: Value] {
    ["columns": .array(columns.map { .string($0) })]
  }

  package func apply(to dataset: Dataset) throws(DataFaults) -> Dataset {
    var made = dataset
    for name in columns { made.remove(name) }
    return made
  }
}
