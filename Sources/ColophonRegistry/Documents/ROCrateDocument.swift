import ColophonCore
import ColophonLineage

/// The metadata of an RO-Crate of the profile Provenance Run Crate: the notebook as a workflow, its
/// cells as steps, what each used and made.
///
/// - SeeAlso: "RO-Crate Metadata Specification 1.1"; "Workflow Run RO-Crate", profile collection 0.5.
enum ROCrateDocument: LineageDocument {
  static let name = "rocrate"
  static let summary = "RO-Crate metadata (Provenance Run Crate); with --output the whole crate."

  static func text(of subject: DocumentSubject) -> String {
    ROCrate(subject).metadata
  }
}

/// A crate: its metadata, and the files that belong into it.
package struct ROCrate: Sendable {
  package static let metadataName = "ro-crate-metadata.json"

  let subject: DocumentSubject
  /// The paths that the crate holds; nil for all that it may.
  let held: Set<String>?

  /// `held`: The paths that the crate holds; what is not held is named by its content alone.
  package init(_ subject: DocumentSubject, held: Set<String>? = nil) {
    self.subject = subject
    self.held = held
  }

  /// What the crate may hold beside the metadata: the notebook, the report, the data, the models.
  package var files: [DocumentSubject.File] {
    var files = [
      DocumentSubject.File(path: subject.notebook.path, digest: subject.notebook.digest)
    ]
    if let report = subject.report { files.append(report) }
    files += subject.files
    files += subject.cells.compactMap { cell in
      guard let product = cell.product, product.kind == "model" else { return nil }
      return DocumentSubject.File(path: ROCrate.modelPath(cell), digest: product.digest)
    }
    return files
  }

  static func modelPath(_ cell: LineageNode) -> String { "models/\(cell.name).model" }

  package var metadata: String {
    let document: Value = [
      "@context": [
        "https://w3id.org/ro/crate/1.1/context",
        "https://w3id.org/ro/terms/workflow-run/context",
      ],
      "@graph": .array(entities),
    ]
    return document.indentedText
  }

  /// How the graph names a file: by its path where the crate holds it, else by its content.
  func id(of file: DocumentSubject.File) -> String {
    held?.contains(file.path) ?? true ? file.path.pathEscaped : file.digest.contentAddress
  }

  private var entities: [Value] {
    [descriptor, root] + profiles + [license] + [workflow, language, engine]
      + files.dropFirst().map { entity(of: $0) } + people + parameters + tools
      + subject.cells.enumerated().flatMap { step($0 + 1, $1) } + [run, organisation]
  }
}

/// The crate as a whole.
extension ROCrate {
  private var descriptor: Value {
    [
      "@id": .string(ROCrate.metadataName), "@type": "CreativeWork", "about": ["@id": "./"],
      "conformsTo": [
        ["@id": "https://w3id.org/ro/crate/1.1"],
        ["@id": "https://w3id.org/workflowhub/workflow-ro-crate/1.0"],
      ],
    ]
  }

  private static let profileNames = [
    ("https://w3id.org/ro/wfrun/process/0.5", "Process Run Crate", "0.5"),
    ("https://w3id.org/ro/wfrun/workflow/0.5", "Workflow Run Crate", "0.5"),
    ("https://w3id.org/ro/wfrun/provenance/0.5", "Provenance Run Crate", "0.5"),
    ("https://w3id.org/workflowhub/workflow-ro-crate/1.0", "Workflow RO-Crate", "1.0"),
  ]

  private var profiles: [Value] {
    ROCrate.profileNames.map { id, name, version in
      [
        "@id": .string(id), "@type": "CreativeWork", "name": .string(name),
        "version": .string(version),
      ]
    }
  }

  private var root: Value {
    .members([
      "@id": "./", "@type": "Dataset", "name": .string(subject.notebook.title),
      "description": .string(
        subject.notebook.abstract
          ?? "A run of the notebook \(subject.notebook.path): \(subject.cells.count) cells."
      ),
      "datePublished": .string(subject.times.ended.text),
      "license": ["@id": "#license"],
      "hasPart": ROCrate.references(files.map { id(of: $0) }),
      "mainEntity": ["@id": .string(notebookID)],
      "mentions": ROCrate.references(
        ["#run"] + subject.cells.map { ROCrate.action($0.name) } + ["#orchestration"]
      ),
      "conformsTo": ROCrate.references(ROCrate.profileNames.map { $0.0 }),
      "identifier": .string("urn:uuid:" + subject.stamp.uuid),
      "author": people.isEmpty
        ? nil : ROCrate.references(people.compactMap { $0["@id"]?.asString }),
    ])
  }

  /// A crate must name a licence; where nobody stated one it says so.
  private var license: Value {
    [
      "@id": "#license", "@type": "CreativeWork",
      "name": .string(subject.license ?? "No licence stated"),
      "description": .string(
        subject.license.map { "The licence that the crate's maker named: \($0)" }
          ?? "The notebook states no licence; ask its authors before you use what is in here."
      ),
    ]
  }

  private var people: [Value] {
    subject.notebook.authors.map { name in
      [
        "@id": .string("#person-\(Digest(of: name.utf8).hex.prefix(12))"), "@type": "Person",
        "name": .string(name),
      ]
    }
  }

  static func references(_ ids: [String]) -> Value { .array(ids.map { ["@id": .string($0)] }) }
}

/// What ran.
extension ROCrate {
  private var notebookID: String { id(of: files[0]) }

  private var workflow: Value {
    [
      "@id": .string(notebookID),
      "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow", "HowTo"],
      "name": .string(subject.notebook.title),
      "programmingLanguage": ["@id": "#language"],
      "encodingFormat": "text/markdown",
      "sha256": .string(subject.notebook.digest.hex),
      "hasPart": ROCrate.references(kinds.map { ROCrate.tool($0) }),
      "step": ROCrate.references(subject.cells.map { ROCrate.step($0.name) }),
    ]
  }

  private var language: Value {
    [
      "@id": "#language", "@type": "ComputerLanguage", "name": "Colophon notebook language 1",
      "alternateName": "Colophon",
      "identifier": ["@id": "urn:colophon:notebook:1"], "url": ["@id": "urn:colophon:notebook:1"],
    ]
  }

  private var engine: Value {
    [
      "@id": "#engine", "@type": "SoftwareApplication", "name": "Colophon",
      "softwareVersion": .string(subject.engine),
      "softwareRequirements": .strings(
        subject.libraries.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      ),
      "url": ["@id": .string(subject.producer)],
    ]
  }

  private var kinds: [String] { Set(subject.cells.map { $0.kind }).sorted() }

  private var tools: [Value] {
    kinds.map { kind in
      [
        "@id": .string(ROCrate.tool(kind)), "@type": "SoftwareApplication",
        "name": .string("Colophon cell kind \(kind)"),
        "softwareVersion": .string(subject.engine),
        "url": ["@id": .string("urn:colophon:cell:\(kind)")],
      ]
    }
  }

  private static func tool(_ kind: String) -> String { "#tool-\(kind)" }
  private static func step(_ name: String) -> String { "#step-\(name)" }
  static func action(_ name: String) -> String { "#action-\(name)" }
  private static func control(_ name: String) -> String { "#control-\(name)" }

  /// The step of the recipe, what was done, and that the engine had it done.
  private func step(_ position: Int, _ cell: LineageNode) -> [Value] {
    let used =
      subject.files(of: cell).map { id(of: $0) }
      + cell.inputs.keys.sorted().compactMap { subject[cell: $0] }.map { result($0) }
    var entities: [Value] = [
      [
        "@id": .string(ROCrate.step(cell.name)), "@type": "HowToStep",
        "name": .string(cell.name), "position": .string(String(position)),
        "workExample": ["@id": .string(ROCrate.tool(cell.kind))],
      ],
      [
        "@id": .string(ROCrate.action(cell.name)), "@type": "CreateAction",
        "name": .string("\(cell.kind) \(cell.name)"),
        "instrument": ["@id": .string(ROCrate.tool(cell.kind))],
        "object": ROCrate.references(used), "result": ROCrate.references([result(cell)]),
        "startTime": .string(subject.times.began.text),
        "endTime": .string(subject.times.ended.text),
        "actionStatus": ["@id": "http://schema.org/CompletedActionStatus"],
        "identifier": .string(cell.stamp.description),
      ],
      [
        "@id": .string(ROCrate.control(cell.name)), "@type": "ControlAction",
        "name": .string("orchestrate \(cell.name)"),
        "instrument": ["@id": .string(ROCrate.step(cell.name))],
        "object": ["@id": .string(ROCrate.action(cell.name))],
      ],
    ]
    if cell.product?.kind != "model" { entities.append(values(of: cell)) }
    return entities
  }

  /// What a cell made: its model's file, else its values.
  private func result(_ cell: LineageNode) -> String {
    guard let product = cell.product, product.kind == "model" else {
      return "#result-\(cell.name)"
    }
    return id(of: .init(path: ROCrate.modelPath(cell), digest: product.digest))
  }

  private func values(of cell: LineageNode) -> Value {
    [
      "@id": .string("#result-\(cell.name)"), "@type": "PropertyValue",
      "name": .string("result of \(cell.name)"),
      "propertyID": .string("urn:colophon:result:\(cell.kind)"),
      "value": .string((cell.product?.digest ?? cell.output).description),
    ]
  }

  private var parameters: [Value] {
    let seed: Value = .string(String(subject.seed))
    let all = subject.parameters.merging(["seed": seed]) { first, _ in first }
    return all.sorted { $0.key < $1.key }.map { name, value in
      [
        "@id": .string("#parameter-\(name)"), "@type": "PropertyValue", "name": .string(name),
        "value": .string(NumberFormat.plain(value)),
      ]
    }
  }

  private func entity(of file: DocumentSubject.File) -> Value {
    let isReport = file == subject.report
    return .members([
      "@id": .string(id(of: file)), "@type": "File",
      "name": .string(file.path.split(separator: "/").last.map { String($0) } ?? file.path),
      "sha256": .string(file.digest.hex),
      "encodingFormat": ROCrate.format(of: file.path).map { .string($0) },
      "description": isReport ? "The report of the run." : nil,
    ])
  }

  private static func format(of path: String) -> String? {
    [
      "html": "text/html", "csv": "text/csv", "tsv": "text/tab-separated-values",
      "gz": "application/gzip", "json": "application/json", "sqlite": "application/vnd.sqlite3",
      "model": "application/octet-stream",
    ][path.split(separator: ".").last.map { String($0) } ?? ""]
  }

  /// The run of the notebook as a whole.
  private var run: Value {
    let used = subject.files.map { id(of: $0) } + parameters.compactMap { $0["@id"]?.asString }
    let made = (subject.report.map { [id(of: $0)] } ?? []) + subject.cells.map { result($0) }
    let hasFailed = !subject.failed.isEmpty
    let status = hasFailed ? "FailedActionStatus" : "CompletedActionStatus"
    return .members([
      "@id": "#run", "@type": "CreateAction", "name": .string("Run of \(subject.notebook.path)"),
      "instrument": ["@id": .string(notebookID)], "object": ROCrate.references(used),
      "result": ROCrate.references(made), "startTime": .string(subject.times.began.text),
      "endTime": .string(subject.times.ended.text),
      "actionStatus": ["@id": .string("http://schema.org/\(status)")],
      "error": hasFailed
        ? .string("these cells failed: \(subject.failed.joined(separator: ", "))") : nil,
    ])
  }

  private var organisation: Value {
    [
      "@id": "#orchestration", "@type": "OrganizeAction",
      "name": .string("Colophon \(subject.engine) runs \(subject.notebook.path)"),
      "instrument": ["@id": "#engine"], "result": ["@id": "#run"],
      "object": ROCrate.references(subject.cells.map { ROCrate.control($0.name) }),
      "startTime": .string(subject.times.began.text), "endTime": .string(subject.times.ended.text),
    ]
  }
}
