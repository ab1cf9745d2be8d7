import ColophonCore
import ColophonLearning
import ColophonReport

extension TrainReport {
  /// The model's name for ever, and its size.
  func modelFacts(_ bytes: [UInt8]) -> [Fact] {
    let size = (try? NumberFormat.bytes.text(of: .integer(bytes.count))) ?? "\(bytes.count) B"
    return [Fact("model", Digest(of: bytes).short, note: size)]
  }

  /// The columns that the model takes and what it says of each row, folded.
  var signatureTable: Exhibit {
    let signature = ModelSignature(job.trained)
    let inputs = signature.inputs.map { input -> [TableCell] in
      [
        .code(input.name), .text("input"),
        .text(input.levels.map { TrainReport.brief($0) } ?? input.type),
        .text(input.missing),
      ]
    }
    let outputs = signature.outputs.map { output -> [TableCell] in
      [.code(output.name), .text("output"), .text(output.type), .missing]
    }
    return .table(
      TableExhibit(
        caption: "What the model takes and gives",
        columns: [
          TableColumn("name"), TableColumn("role"), TableColumn("type"),
          TableColumn("where missing"),
        ],
        rows: outputs + inputs,
        isSortable: false,
        visibleRows: outputs.count
      )
    )
  }

  /// A category's levels, the first of many.
  private static func brief(_ levels: [String]) -> String {
    let shown = levels.prefix(8).joined(separator: ", ")
    return "one of " + (levels.count > 8 ? "\(shown) and \(levels.count - 8) more" : shown)
  }
}
