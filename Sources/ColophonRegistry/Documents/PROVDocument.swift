import ColophonCore
import ColophonLineage

/// PROV-JSON: who and what made what from what.
///
/// - SeeAlso: W3C, "The PROV-JSON Serialization", member submission, 2013; "PROV-DM", 2013.
enum PROVDocument: LineageDocument {
  static let name = "prov"
  static let summary = "PROV-JSON, for W3C PROV tools."

  static func text(of subject: DocumentSubject) -> String {
    var graph = PROVGraph()
    graph.addAgents(subject)
    for cell in subject.cells { graph.add(cell, of: subject) }
    if let version = subject.version { graph.add(version, subject) }
    if let report = subject.report { graph.add(report, subject) }
    return graph.value.indentedText
  }
}

/// Records and relations, each under a name of its own.
private struct PROVGraph {
  private var sections: [String: [String: Value]] = [:]
  private var count = 0

  var value: Value {
    var members = sections.mapValues { Value.object($0) }
    members["prefix"] = ["colophon": "urn:colophon:"]
    return .object(members)
  }

  private static let engine = "colophon:engine"
  private static let plan = "colophon:notebook"

  private mutating func add(_ section: String, _ id: String, _ attributes: [String: Value]) {
    sections[section, default: [:]][id] = .object(attributes)
  }

  private mutating func relate(_ relation: String, _ ends: [String: Value]) {
    count += 1
    add(relation, "_:r\(count)", ends)
  }

  private static func type(_ name: String) -> Value {
    ["$": .string(name), "type": "prov:QUALIFIED_NAME"]
  }

  private static func time(_ moment: Moment) -> Value { .string(moment.text) }

  mutating func addAgents(_ subject: DocumentSubject) {
    add(
      "agent",
      PROVGraph.engine,
      [
        "prov:type": PROVGraph.type("prov:SoftwareAgent"),
        "prov:label": .string("Colophon \(subject.engine)"),
      ]
    )
    add(
      "entity",
      PROVGraph.plan,
      [
        "prov:type": PROVGraph.type("prov:Plan"), "prov:label": .string(subject.notebook.title),
        "colophon:path": .string(subject.notebook.path),
        "colophon:digest": .string(subject.notebook.digest.description),
      ]
    )
  }

  mutating func add(_ cell: LineageNode, of subject: DocumentSubject) {
    let activity = "colophon:cell-\(cell.stamp.hex)"
    let result = PROVGraph.result(cell)
    add(
      "activity",
      activity,
      [
        "prov:label": .string(cell.name), "colophon:kind": .string(cell.kind),
        "colophon:stamp": .string(cell.stamp.description),
        "prov:startTime": PROVGraph.time(subject.times.began),
        "prov:endTime": PROVGraph.time(subject.times.ended),
      ]
    )
    add(
      "entity",
      result,
      [
        "prov:label": .string("result of \(cell.name)"),
        "colophon:digest": .string((cell.product?.digest ?? cell.output).description),
        "colophon:kind": .string(cell.product?.kind ?? "values"),
      ]
    )
    relate("wasGeneratedBy", ["prov:entity": .string(result), "prov:activity": .string(activity)])
    relate(
      "wasAssociatedWith",
      [
        "prov:activity": .string(activity), "prov:agent": .string(PROVGraph.engine),
        "prov:plan": .string(PROVGraph.plan),
      ]
    )
    var sources: [String] = []
    for file in subject.files(of: cell) {
      let id = "colophon:file-\(file.digest.hex)"
      add(
        "entity",
        id,
        [
          "prov:label": .string(file.path), "colophon:digest": .string(file.digest.description),
        ]
      )
      sources.append(id)
    }
    sources += cell.inputs.sorted { $0.key < $1.key }.map { "colophon:result-\($0.value.hex)" }
    for source in sources {
      relate("used", ["prov:activity": .string(activity), "prov:entity": .string(source)])
      relate(
        "wasDerivedFrom",
        [
          "prov:generatedEntity": .string(result), "prov:usedEntity": .string(source),
          "prov:activity": .string(activity),
        ]
      )
    }
  }

  private static func result(_ cell: LineageNode) -> String { "colophon:result-\(cell.stamp.hex)" }

  /// The version, and everything that people did with it.
  mutating func add(_ version: RegisteredVersion, _ subject: DocumentSubject) {
    let id = "colophon:version-\(version.digest)"
    add(
      "entity",
      id,
      [
        "prov:label": .string(version.name), "colophon:status": .string(version.status.rawValue),
        "colophon:digest": .string("sha256:" + version.digest),
      ]
    )
    for name in [version.content.model] + version.content.evaluation {
      guard let cell = subject[cell: name] else { continue }
      relate(
        "wasDerivedFrom",
        ["prov:generatedEntity": .string(id), "prov:usedEntity": .string(PROVGraph.result(cell))]
      )
    }
    for event in version.events { add(event, about: id) }
  }

  private mutating func add(_ event: RegistryEvent, about version: String) {
    let activity = "colophon:event-\(event.digest)"
    let actor = "colophon:actor-\(Digest(of: event.actor.utf8).hex.prefix(16))"
    let time = PROVGraph.time(Moment(milliseconds: event.time))
    var attributes: [String: Value] = [
      "prov:label": .string(event.summary), "colophon:kind": .string(event.kind.rawValue),
      "prov:startTime": time, "prov:endTime": time,
    ]
    if !event.reason.isEmpty { attributes["colophon:reason"] = .string(event.reason) }
    add("activity", activity, attributes)
    add(
      "agent",
      actor,
      ["prov:type": PROVGraph.type("prov:Person"), "prov:label": .string(event.actor)]
    )
    relate(
      "wasAssociatedWith",
      ["prov:activity": .string(activity), "prov:agent": .string(actor)]
    )
    if event.kind == .registered {
      relate(
        "wasGeneratedBy",
        ["prov:entity": .string(version), "prov:activity": .string(activity), "prov:time": time]
      )
    } else {
      relate("used", ["prov:activity": .string(activity), "prov:entity": .string(version)])
    }
  }

  /// The report, which shows every result.
  mutating func add(_ report: DocumentSubject.File, _ subject: DocumentSubject) {
    let id = "colophon:report-\(report.digest.hex)"
    add(
      "entity",
      id,
      [
        "prov:label": .string(report.path), "colophon:digest": .string(report.digest.description),
        "colophon:stamp": .string(subject.stamp.description),
      ]
    )
    for cell in subject.cells {
      relate(
        "wasDerivedFrom",
        ["prov:generatedEntity": .string(id), "prov:usedEntity": .string(PROVGraph.result(cell))]
      )
    }
  }
}
