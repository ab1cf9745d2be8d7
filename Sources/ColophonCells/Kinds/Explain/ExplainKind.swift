package import ColophonCore
package import ColophonData
import ColophonLearning

/// Tells why a model says what it says.
package struct ExplainKind: CellKind, UsesDataset {
  package static let name = "explain"
  package static let summary =
    "Why a model says what it says: what each feature adds, and how the prediction follows it."

  let model: Located<String>?
  let data: Located<String>?
  let method: String
  let request: ExplainRequest
  /// Where each field that was written stands.
  let places: [String: SourcePosition]

  package init(reading fields: inout FieldReader) {
    model = fields.reference(
      "model",
      to: ["model"],
      required: true,
      "The cell whose model is explained."
    )
    data = fields.reference(
      "data",
      to: ["dataset"],
      "The data to explain it on; by default what the model was trained on."
    )
    method = fields.choice(
      "method",
      of: explainMethods.names,
      default: ShapMethod.name,
      explainMethods.members.map { "`\($0.name)`: \($0.summary)" }.joined(separator: " ")
    )
    request = ExplainRequest(reading: &fields, method: method)
    places = ExplainKind.places(fields)
  }

  private static func places(_ fields: FieldReader) -> [String: SourcePosition] {
    var places: [String: SourcePosition] = [:]
    for field in [
      "model", "method", "explainer", "class", "rows", "split", "interactions", "perturbation",
    ] {
      guard let node = fields.peek(field) else { continue }
      places[field] = node.position
      places.merge(node.placesInside(field)) { first, _ in first }
    }
    return places
  }

  package var dataCell: String? { (data ?? model)?.value }

  package var values: [PathPattern] { explainMethods[method]?.values ?? [] }

  package func run(in workshop: Workshop) throws -> Outcome {
    guard let model, let method = explainMethods[method] else {
      throw CellFailure("the cell's configuration could not be read")
    }
    do {
      let subject = try ExplainSubject(
        model: model.value,
        data: data?.value,
        request: request,
        in: workshop
      )
      return try method.run(subject, request, in: workshop)
    } catch let faults as DataFaults {
      throw CellFailure(
        faults.faults.map { $0.message }.joined(separator: "; "),
        hint: faults.faults.compactMap { $0.hint }.first,
        field: "data"
      )
    } catch let fault as TrainingFault {
      throw CellFailure(fault.message, hint: fault.hint, field: "model")
    }
  }
}
