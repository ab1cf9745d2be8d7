package import ColophonCore
import ColophonMath

/// Takes the natural logarithm of numbers, of 1 + x unless another offset is given.
///
/// Nothing is learned. A value whose sum with the offset is not above 0 is an error that names its
/// row, since no number could stand for it.
package struct Logarithm: Transform {
  package static let name = "log"
  package static let summary = "The natural logarithm of numbers."

  package var columns: ColumnChoice
  package var offset: Double

  package init(reading fields: inout FieldReader) {
    columns = fields.columnChoice([.numeric], "The columns of numbers; by default all.")
    offset = fields.number(
      "offset",
      in: .finite,
      default: 1,
      "What is added before: log(x + offset); 1 gives log1p, which is exact near 0."
    )
  }

  package func foresee(_ preview: inout DatasetPreview) -> [DataFault] {
    columns.faults(in: preview, of: [.numeric])
  }

  package func fit(_ training: FittingRows) throws(DataFaults) -> LogarithmTaken {
    let places = try columns.places(in: training.dataset, of: [.numeric])
    return LogarithmTaken(
      columns: places.map { training.dataset.table.columns[$0].name },
      offset: offset
    )
  }
}

/// The columns of which the logarithm is taken.
package struct LogarithmTaken: FittedTransform {
  package static let name = Logarithm.name

  package var columns: [String]
  package var offset: Double

  package var learned: [String: Value] {
    ["offset": .byColumn(columns.map { ($0, .number(offset)) })]
  }

  package func apply(to dataset: Dataset) throws(DataFaults) -> Dataset {
    var made = dataset
    var faults: [DataFault] = []
    for name in columns {
      let values = try dataset.numbers(of: name)
      let outside = values.indices.filter { values[$0] + offset <= 0 }
      faults += outside.prefix(TextTable.shown).map {
        .outsideLog(name, row: $0 + 1, value: values[$0], offset: offset)
      }
      if outside.count > TextTable.shown {
        faults.append(.moreOutside(name, outside.count - TextTable.shown))
      }
      made.replace(
        name,
        with: values.map { offset == 1 ? Elementary.log1p($0) : Elementary.log($0 + offset) }
      )
    }
    if !faults.isEmpty { throw DataFaults(faults) }
    return made
  }
}
