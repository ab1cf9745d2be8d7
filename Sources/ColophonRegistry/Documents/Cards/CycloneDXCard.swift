import ColophonCore
import ColophonLineage

/// A CycloneDX bill of materials of a model: the model with its card, the data, the libraries.
///
/// It is the one standard with a place for a metric's confidence interval.
///
/// - SeeAlso: OWASP, "CycloneDX", version 1.6 (ECMA-424), object `modelCard`.
enum CycloneDXCard: CardDocument {
  static let name = "cyclonedx"
  static let summary = "CycloneDX 1.6 machine-learning bill of materials, with intervals."

  static func text(of subject: CardSubject) -> String {
    CycloneDXBill(subject: subject).value.indentedText
  }
}

private struct CycloneDXBill {
  let subject: CardSubject

  private var card: ModelCard { subject.card }
  private var version: RegisteredVersion { subject.version }
  private var modelRef: String { "model:\(version.name)" }

  var value: Value {
    [
      "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
      "serialNumber": .string(
        "urn:uuid:" + Digest(of: "cyclonedx \(version.digest)".utf8).uuid
      ),
      "metadata": [
        "timestamp": .string(subject.subject.times.ended.text),
        "tools": ["components": [engine]], "component": model,
      ],
      "components": .array(data + libraries),
      "dependencies": [
        [
          "ref": .string(modelRef),
          "dependsOn": .strings((data + libraries).compactMap { $0["bom-ref"]?.asString }),
        ]
      ],
    ]
  }

  private var engine: Value {
    [
      "type": "application", "name": "colophon", "version": .string(subject.subject.engine),
    ]
  }

  private static func hashes(_ digest: String) -> Value {
    [["alg": "SHA-256", "content": .string(String(digest.trimmingPrefix("sha256:")))]]
  }

  private var model: Value {
    .members([
      "type": "machine-learning-model", "bom-ref": .string(modelRef),
      "name": .string(version.group), "version": .string(String(version.number)),
      "description": card.statement.description.map { .string($0) },
      "authors": subject.subject.notebook.authors.isEmpty
        ? nil : .array(subject.subject.notebook.authors.map { ["name": .string($0)] }),
      "hashes": card.identity.digest.isEmpty ? nil : CycloneDXBill.hashes(card.identity.digest),
      "modelCard": modelCard,
      "properties": CycloneDXBill.properties([
        ("colophon:status", version.status.rawValue),
        ("colophon:content", "sha256:" + version.digest),
        ("colophon:decision", "sha256:" + version.decisionDigest),
        ("colophon:notebook", subject.subject.notebook.path),
        ("colophon:reproducibility", version.content.reproducibility.rawValue),
      ]),
    ])
  }

  private static func properties(_ pairs: [(String, String)]) -> Value {
    .array(pairs.map { ["name": .string($0.0), "value": .string($0.1)] })
  }

  private var data: [Value] {
    subject.subject.files.map { file in
      [
        "type": "data", "bom-ref": .string("data:\(file.path)"), "name": .string(file.path),
        "hashes": CycloneDXBill.hashes(file.digest.hex),
        "data": [["type": "dataset", "name": .string(file.path)]],
      ]
    }
  }

  private var libraries: [Value] {
    subject.subject.libraries.sorted { $0.key < $1.key }.map { name, version in
      [
        "type": "library", "bom-ref": .string("library:\(name)"), "name": .string(name),
        "version": .string(version),
      ]
    }
  }
}

/// The card.
extension CycloneDXBill {
  private var modelCard: Value {
    .members([
      "bom-ref": .string("card:\(version.name)"),
      "modelParameters": .members([
        "approach": [
          "type": card.identity.task == "clustering" ? "unsupervised" : "supervised"
        ],
        "task": .string(card.identity.task),
        "architectureFamily": .string(card.identity.algorithm),
        "modelArchitecture": .string(card.identity.algorithm),
        "datasets": .array(
          subject.subject.files.map { ["ref": .string("data:\($0.path)")] }
        ),
        "inputs": .array(
          (card.data?.columns ?? []).filter { $0.role == "feature" }.map {
            ["format": .string("\($0.name): \($0.type)")]
          }
        ),
        "outputs": card.identity.target.map { target in
          let classes = card.identity.classes.joined(separator: " | ")
          return [["format": .string(classes.isEmpty ? target : "\(target): \(classes)")]]
        },
      ]),
      "quantitativeAnalysis": ["performanceMetrics": .array(metrics)],
      "considerations": considerations,
      "properties": CycloneDXBill.properties(
        card.training.map { ("colophon:setting:\($0.name)", NumberFormat.plain($0.value)) }
          + card.findings.flatMap { finding in
            finding.settings.map {
              ("colophon:\(finding.kind):\(finding.name):\($0.name)", NumberFormat.plain($0.value))
            }
          }
      ),
    ])
  }

  private var metrics: [Value] {
    card.evaluations.flatMap { evaluation in
      let rows = evaluation.data ?? evaluation.name
      return evaluation.measures.map { metric($0, slice: rows) }
        + evaluation.slices.flatMap { slice in
          slice.measures.map { metric($0, slice: "\(rows), \(slice.column) = \(slice.value)") }
        }
    }
  }

  private func metric(_ measure: ModelCard.Measure, slice: String) -> Value {
    var interval: Value?
    if let low = measure.low, let high = measure.high {
      interval = [
        "lowerBound": .string(shortestText(low)), "upperBound": .string(shortestText(high)),
      ]
    }
    return .members([
      "type": .string(measure.name),
      "value": .string(measure.value.map { shortestText($0) } ?? "undefined"),
      "slice": .string(slice), "confidenceInterval": interval,
    ])
  }

  private var considerations: Value {
    .members([
      "useCases": card.statement.intendedUse.map { [.string($0)] },
      "technicalLimitations": card.statement.limitations.map { [.string($0)] },
      "fairnessAssessments": card.audits.isEmpty
        ? nil : .array(card.audits.map { fairness($0) }),
    ])
  }

  private func fairness(_ audit: ModelCard.AuditFacts) -> Value {
    let numbers = audit.predictions.compactMap { measure in
      measure.value.map { "\(measure.name) = \(DecimalText.general($0, digits: 4))" }
    }
    let rule = audit.meetsFourFifths.map {
      "The four-fifths rule is \($0 ? "met" : "not met"). "
    }
    return [
      "groupAtRisk": .string("the group that the cell '\(audit.name)' asks about"),
      "harms": .string((rule ?? "") + numbers.joined(separator: ", ")),
    ]
  }
}
