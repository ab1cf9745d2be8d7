import ColophonCore
import ColophonLineage

/// OpenLineage run events, one a line: a START and a COMPLETE or FAIL for the notebook and for each
/// cell.
///
/// - SeeAlso: The OpenLineage specification, version 2-0-2.
enum OpenLineageDocument: LineageDocument {
  static let name = "openlineage"
  static let summary = "OpenLineage events, one JSON object a line."

  static func text(of subject: DocumentSubject) -> String {
    let events = OpenLineageEvents(subject: subject)
    return events.all.map { $0.canonicalText + "\n" }.joined()
  }
}

private struct OpenLineageEvents {
  let subject: DocumentSubject

  private enum Kind: String {
    case start = "START"
    case complete = "COMPLETE"
    case fail = "FAIL"
  }

  private var namespace: String { "colophon" }
  private var runID: String { subject.stamp.uuid }
  private var notebookEnd: Kind { subject.failed.isEmpty ? .complete : .fail }

  var all: [Value] {
    let cells = subject.cells.flatMap { cell in
      [event(.start, cell), event(.complete, cell)]
    }
    let failed = subject.failed.flatMap { name in
      [failedEvent(.start, name), failedEvent(.fail, name)]
    }
    return [notebookEvent(.start)] + cells + failed + [notebookEvent(notebookEnd)]
  }

  private func notebookEvent(_ kind: Kind) -> Value {
    var facets = engineFacets
    if kind == .fail {
      facets["errorMessage"] = error(
        "failed: \(subject.failed.joined(separator: ", "))"
      )
    }
    return event(
      kind,
      run: runID,
      runFacets: facets,
      job: subject.notebook.path,
      jobFacets: [
        "jobType": jobType("NOTEBOOK"),
        "sourceCode": facet(
          "1-0-1/SourceCodeJobFacet",
          ["language": "colophon", "sourceCode": .string(subject.notebook.text)]
        ),
        "documentation": facet(
          "1-1-0/DocumentationJobFacet",
          ["description": .string(subject.notebook.title)]
        ),
      ],
      inputs: subject.files.map { dataset($0) },
      outputs: subject.cells.map { dataset($0, asOutput: true) }
    )
  }

  private func event(_ kind: Kind, _ cell: LineageNode) -> Value {
    let upstream = cell.inputs.keys.sorted().compactMap { subject[cell: $0] }
    return event(
      kind,
      run: run(of: cell.name),
      runFacets: engineFacets.merging(["parent": parent]) { first, _ in first },
      job: job(of: cell.name),
      jobFacets: [
        "jobType": jobType("CELL"),
        "documentation": facet(
          "1-1-0/DocumentationJobFacet",
          ["description": .string("the cell '\(cell.name)' of the kind \(cell.kind)")]
        ),
      ],
      inputs: subject.files(of: cell).map { dataset($0) }
        + upstream.map { dataset($0, asOutput: false) },
      outputs: [dataset(cell, asOutput: true)]
    )
  }

  private func failedEvent(_ kind: Kind, _ name: String) -> Value {
    var facets = engineFacets
    facets["parent"] = parent
    if kind == .fail { facets["errorMessage"] = error("the cell '\(name)' failed") }
    return event(
      kind,
      run: run(of: name),
      runFacets: facets,
      job: job(of: name),
      jobFacets: ["jobType": jobType("CELL")],
      inputs: [],
      outputs: []
    )
  }

  private func event(
    _ kind: Kind,
    run: String,
    runFacets: [String: Value],
    job: String,
    jobFacets: [String: Value],
    inputs: [Value],
    outputs: [Value]
  ) -> Value {
    let time = kind == .start ? subject.times.began : subject.times.ended
    return [
      "eventType": .string(kind.rawValue), "eventTime": .string(time.text),
      "producer": .string(subject.producer),
      "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
      "run": ["runId": .string(run), "facets": .object(runFacets)],
      "job": [
        "namespace": .string(namespace), "name": .string(job), "facets": .object(jobFacets),
      ],
      "inputs": .array(inputs), "outputs": .array(outputs),
    ]
  }
}

/// Facets and datasets.
extension OpenLineageEvents {
  private func job(of cell: String) -> String { "\(subject.notebook.path)/\(cell)" }

  private func run(of cell: String) -> String {
    Digest(of: "\(subject.stamp.hex) \(cell)".utf8).uuid
  }

  /// A facet of the standard: who says so, by which schema, and what.
  private func facet(_ schema: String, _ members: [String: Value]) -> Value {
    let name = schema.split(separator: "/").last.map { String($0) } ?? ""
    var members = members
    members["_producer"] = .string(subject.producer)
    members["_schemaURL"] = .string(
      "https://openlineage.io/spec/facets/\(schema).json#/$defs/\(name)"
    )
    return .object(members)
  }

  private func jobType(_ type: String) -> Value {
    facet(
      "2-0-4/JobTypeJobFacet",
      ["processingType": "BATCH", "integration": "COLOPHON", "jobType": .string(type)]
    )
  }

  private func error(_ message: String) -> Value {
    facet(
      "1-0-1/ErrorMessageRunFacet",
      ["message": .string(message), "programmingLanguage": "colophon"]
    )
  }

  private var engineFacets: [String: Value] {
    [
      "processing_engine": facet(
        "1-1-1/ProcessingEngineRunFacet",
        ["name": "Colophon", "version": .string(subject.engine)]
      )
    ]
  }

  private var parent: Value {
    facet(
      "1-2-0/ParentRunFacet",
      [
        "run": ["runId": .string(runID)],
        "job": ["namespace": .string(namespace), "name": .string(subject.notebook.path)],
      ]
    )
  }

  private func version(_ digest: Digest) -> Value {
    facet("1-0-1/DatasetVersionDatasetFacet", ["datasetVersion": .string(digest.description)])
  }

  private func dataset(_ file: DocumentSubject.File) -> Value {
    [
      "namespace": "file", "name": .string(file.path),
      "facets": ["version": version(file.digest)],
    ]
  }

  /// What a cell made, as a dataset; of data also its columns.
  private func dataset(_ cell: LineageNode, asOutput: Bool) -> Value {
    var facets = ["version": version(cell.stamp)]
    let columns = cell.values["column"]?.asObject ?? [:]
    if !columns.isEmpty {
      facets["schema"] = facet(
        "1-2-0/SchemaDatasetFacet",
        [
          "fields": .array(
            columns.sorted { $0.key < $1.key }.map { name, summary in
              ["name": .string(name), "type": .string(ColumnKind(summary).rawValue)]
            }
          )
        ]
      )
    }
    var members: [String: Value] = [
      "namespace": .string(namespace), "name": .string(job(of: cell.name)),
      "facets": .object(facets),
    ]
    if asOutput, let rows = cell.values["rows"]?.asInteger {
      members["outputFacets"] = [
        "outputStatistics": facet(
          "1-0-2/OutputStatisticsOutputDatasetFacet",
          ["rowCount": .integer(rows)]
        )
      ]
    }
    return .object(members)
  }
}

/// What a column holds, as a dataset cell's summary of it tells.
enum ColumnKind: String {
  case number
  case text

  init(_ summary: Value) { self = summary["mean"] == nil ? .text : .number }
}
