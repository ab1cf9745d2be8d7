import ColophonCore
import ColophonLineage

/// in-toto statements, one a line: SLSA provenance; of a version also the gate's test result and the
/// summary of the last second run.
///
/// - SeeAlso: in-toto Attestation Framework, Statement v1; SLSA, "Build: Provenance", v1.
enum InTotoDocument: LineageDocument {
  static let name = "intoto"
  static let summary = "in-toto statements (SLSA provenance, gate, verification), one a line."

  static func text(of subject: DocumentSubject) throws -> String {
    try statements(of: subject).map { $0.canonicalText + "\n" }.joined()
  }

  static func statements(of subject: DocumentSubject) throws -> [Value] {
    let subjects = InTotoSubjects(subject).value
    guard subjects.asArray?.isEmpty == false else {
      throw RegistryRefusal(.unknown, "\(subject.name) has made nothing to make a statement about")
    }
    return [
      statement(
        subjects,
        "https://slsa.dev/provenance/v1",
        SLSAProvenance(subject: subject).predicate
      ),
      GateResult(subject).map {
        statement(subjects, "https://in-toto.io/attestation/test-result/v0.1", $0.predicate)
      },
      VerificationSummary(subject).map {
        statement(subjects, "https://in-toto.io/attestation/svr/v0.1", $0.predicate)
      },
    ].compactMap { $0 }
  }

  private static func statement(_ subjects: Value, _ type: String, _ predicate: Value) -> Value {
    [
      "_type": "https://in-toto.io/Statement/v1", "subject": subjects,
      "predicateType": .string(type), "predicate": predicate,
    ]
  }
}

/// What the statements are about: of a version its model, of a report the page and every model.
private struct InTotoSubjects {
  private var entries: [(String, Digest)] = []

  init(_ subject: DocumentSubject) {
    if let version = subject.version {
      if let model = version.content.modelDigest { entries.append((version.name, model)) }
      return
    }
    if let report = subject.report { entries.append((report.path, report.digest)) }
    for cell in subject.cells {
      if let product = cell.product, product.kind == "model" {
        entries.append((cell.name, product.digest))
      }
    }
  }

  var value: Value {
    .array(
      entries.map { ["name": .string($0.0), "digest": ["sha256": .string($0.1.hex)]] }
    )
  }
}

/// How the subject was made, in SLSA's terms.
private struct SLSAProvenance {
  let subject: DocumentSubject

  var predicate: Value {
    [
      "buildDefinition": [
        "buildType": "urn:colophon:notebook:1",
        "externalParameters": [
          "notebook": .string(subject.notebook.path), "parameters": .object(subject.parameters),
          "seed": .string(String(subject.seed)),
        ],
        "internalParameters": ["cells": .array(subject.cells.map { cell($0) })],
        "resolvedDependencies": .array(dependencies),
      ],
      "runDetails": [
        "builder": ["id": "urn:colophon:engine", "version": .object(versions)],
        "metadata": [
          "invocationId": .string("urn:uuid:" + subject.stamp.uuid),
          "startedOn": .string(subject.times.began.text),
          "finishedOn": .string(subject.times.ended.text),
        ],
        "byproducts": .array(byproducts),
      ],
    ]
  }

  private var versions: [String: Value] {
    subject.libraries.merging(["colophon": subject.engine]) { first, _ in first }
      .mapValues { .string($0) }
  }

  private func cell(_ node: LineageNode) -> Value {
    [
      "name": .string(node.name), "kind": .string(node.kind),
      "stamp": .string(node.stamp.description), "configuration": node.configuration,
      "inputs": .object(node.inputs.mapValues { .string($0.description) }),
      "reproducibility": .string(node.reproducibility.rawValue),
    ]
  }

  private func resource(_ name: String, _ digest: Digest) -> Value {
    ["name": .string(name), "digest": ["sha256": .string(digest.hex)]]
  }

  private var dependencies: [Value] {
    [resource(subject.notebook.path, subject.notebook.digest)]
      + subject.files.map { resource($0.path, $0.digest) }
  }

  private var byproducts: [Value] {
    subject.cells.map { resource("\($0.name): output", $0.output) }
  }
}

/// How a version's gate ended.
private struct GateResult {
  private let version: RegisteredVersion
  private let notebook: DocumentSubject.Notebook

  init?(_ subject: DocumentSubject) {
    guard let version = subject.version, !version.decision.conditions.isEmpty else { return nil }
    self.version = version
    notebook = subject.notebook
  }

  /// A condition that approves is passed where it holds; one that rejects where it doesn't.
  private var outcomes: [(text: String, isPassed: Bool)] {
    version.decision.conditions.map { condition in
      condition.list == "reject_if"
        ? ("not (\(condition.text))", !condition.holds) : (condition.text, condition.holds)
    }
  }

  var predicate: Value {
    let result =
      switch version.decision.status {
      case .approved: "PASSED"
      case .rejected: "FAILED"
      case .pending, .retired: outcomes.allSatisfy { $0.isPassed } ? "PASSED" : "WARNED"
      }
    let failed = outcomes.filter { !$0.isPassed }.map { $0.text }
    return [
      "result": .string(result),
      "configuration": [
        [
          "name": .string(notebook.path), "digest": ["sha256": .string(notebook.digest.hex)],
        ],
        [
          "name": .string("\(version.name): decision"),
          "digest": ["sha256": .string(version.decisionDigest)],
        ],
      ],
      "passedTests": .strings(outcomes.filter { $0.isPassed }.map { $0.text }),
      "warnedTests": .strings(result == "WARNED" ? failed : []),
      "failedTests": .strings(result == "WARNED" ? [] : failed),
    ]
  }
}

/// What the last second run of a version's notebook confirmed.
private struct VerificationSummary {
  private let event: RegistryEvent
  private let engine: String

  init?(_ subject: DocumentSubject) {
    guard let event = subject.version?.events.last(where: { $0.kind == .verified }) else {
      return nil
    }
    self.event = event
    engine = subject.engine
  }

  /// A run that differs has verified nothing.
  private var properties: [String] {
    switch event.new {
    case "identical": ["COLOPHON_RERUN_IDENTICAL"]
    case "within tolerance": ["COLOPHON_RERUN_WITHIN_TOLERANCE"]
    default: []
    }
  }

  var predicate: Value {
    [
      "verifier": [
        "id": .string("urn:colophon:registry-verify:\(engine)"),
        // What it was compared with, as in-toto's own message wants something that it doesn't know.
        "policy": [
          "@type": "type.googleapis.com/in_toto_attestation.v1.ResourceDescriptor",
          "name": "comparison", "digest": ["sha256": .string(event.detail)],
        ],
      ],
      "timeCreated": .string(Moment(milliseconds: event.time).text),
      "properties": .strings(properties),
    ]
  }
}
