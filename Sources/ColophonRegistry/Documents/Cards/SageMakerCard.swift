import ColophonCore

/// The content of a model card as Amazon SageMaker's published schema lays it out.
///
/// - SeeAlso: aws/sagemaker-python-sdk, `model_card_schema.json` (draft-07), whose limits on lengths
///   and counts are kept here.
enum SageMakerCard: CardDocument {
  static let name = "sagemaker"
  static let summary = "Content of a SageMaker model card."

  static func text(of subject: CardSubject) -> String { content(of: subject).indentedText }

  static func content(of subject: CardSubject) -> Value {
    let card = subject.card
    return .members([
      "model_overview": overview(subject),
      "intended_uses": intendedUses(card),
      "training_details": training(subject),
      "evaluation_details": .array(card.evaluations.map { evaluation($0) }),
      "additional_information": additional(subject),
    ])
  }

  private static func text(_ text: String?, _ limit: Int) -> Value? {
    text.map { .string($0.cut(to: limit)) }
  }

  private static func overview(_ subject: CardSubject) -> Value {
    let card = subject.card
    return .members([
      "model_description": text(card.statement.description, 1024),
      "model_creator": text(card.statement.owner, 1024),
      "model_owner": text(card.statement.owner, 1024),
      "model_artifact": card.identity.digest.isEmpty ? nil : [.string(card.identity.digest)],
      "algorithm_type": text(card.identity.algorithm, 1024),
      "problem_type": text(card.identity.task, 1024),
    ])
  }

  private static func intendedUses(_ card: ModelCard) -> Value {
    .members([
      "intended_uses": text(card.statement.intendedUse, 2048),
      "factors_affecting_model_efficiency": text(card.statement.limitations, 2048),
      "risk_rating": "Unknown",
    ])
  }

  private static func training(_ subject: CardSubject) -> Value {
    let card = subject.card
    return [
      "training_observations": .string(
        ("Made by the notebook \(subject.subject.notebook.path); run it again with "
          + "'colophon registry verify \(subject.version.name)'.").cut(to: 1024)
      ),
      "training_job_details": .members([
        "training_datasets": .strings(
          subject.subject.files.map { "\($0.path) sha256:\($0.digest.hex)".cut(to: 1024) }
        ),
        "training_environment": [
          "container_image": [.string("colophon \(subject.subject.engine)")]
        ],
        "user_provided_hyper_parameters": .array(
          card.training.prefix(100).map { setting in
            [
              "name": .string(setting.name.cut(to: 255)),
              "value": .string(NumberFormat.plain(setting.value).cut(to: 255)),
            ]
          }
        ),
      ]),
    ]
  }

  /// The rows as a whole, then a group of metrics for each slice; an interval's ends are the notes.
  private static func evaluation(_ evaluation: ModelCard.EvaluationFacts) -> Value {
    var groups: [Value] = [group("all rows", evaluation.measures)]
    groups += evaluation.slices.map { group("\($0.column) = \($0.value)", $0.measures) }
    var words = [evaluation.data].compactMap { $0 }
    if let rows = evaluation.rows { words.append("\(rows) rows") }
    if let threshold = evaluation.threshold { words.append("threshold \(shortestText(threshold))") }
    return .members([
      "name": .string(evaluation.name.cut(to: 63)),
      "evaluation_observation": words.isEmpty ? nil : .string(words.joined(separator: ", ")),
      "metric_groups": .array(groups),
    ])
  }

  private static func group(_ name: String, _ measures: [ModelCard.Measure]) -> Value {
    [
      "name": .string(name.cut(to: 63)),
      "metric_data": .array(
        measures.compactMap { measure in
          guard let value = measure.value, value.isFinite else { return nil }
          var notes: Value?
          if let low = measure.low, let high = measure.high {
            notes = .string("interval from \(shortestText(low)) to \(shortestText(high))")
          }
          return .members([
            "name": .string(measure.name.cut(to: 255)), "type": "number",
            "value": .number(value), "notes": notes,
          ])
        }
      ),
    ]
  }

  private static func additional(_ subject: CardSubject) -> Value {
    let audits = subject.card.audits.map { audit in
      let rule = audit.meetsFourFifths.map { $0 ? "met" : "not met" } ?? "not known"
      return "\(audit.name): four-fifths rule \(rule)"
    }
    return .members([
      "ethical_considerations": audits.isEmpty
        ? nil : .string(audits.joined(separator: "; ").cut(to: 2048)),
      "caveats_and_recommendations": text(subject.card.statement.limitations, 2048),
      "custom_details": .object(details(subject).mapValues { .string($0.cut(to: 1024)) }),
    ])
  }

  /// The version, its gate, and what cells of other kinds found.
  private static func details(_ subject: CardSubject) -> [String: String] {
    let version = subject.version
    var details = [
      "registry_version": version.name, "status": version.status.rawValue,
      "content": "sha256:" + version.digest, "gate": version.decision.reason,
    ]
    for finding in subject.card.findings {
      details["\(finding.kind) \(finding.name)"] = finding.settings.map {
        "\($0.name) \(NumberFormat.standard($0.value))"
      }.joined(separator: ", ")
    }
    return details
  }
}
