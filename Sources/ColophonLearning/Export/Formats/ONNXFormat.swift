/// One graph from columns to predictions, for any runtime of the standard.
package enum ONNXFormat: ModelFormat {
  package static let name = "onnx"
  package static let summary = "A graph from columns to predictions, for any ONNX runtime."
  package static let suffix = "onnx"

  package static func file(of trained: TrainedModel) throws -> ModelFile {
    let model = try ONNXModel(trained)
    if let forecaster = trained.model as? DeepARModel {
      return ModelFile(bytes: model.bytes, notes: forecaster.stepNotes)
    }
    let inputs = model.graph.inputs.map { "\($0.name): \($0.element.name)" }
    var notes = [
      "each input is a column of one number or text a row; NaN or the empty text is missing: "
        + inputs.joined(separator: ", ")
    ]
    if !model.outside.isEmpty {
      notes.append(
        "the steps before the inputs are not in the graph: \(model.outside.joined(separator: ", "))"
      )
    }
    return ModelFile(bytes: model.bytes, notes: notes)
  }
}
