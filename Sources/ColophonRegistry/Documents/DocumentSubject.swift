package import ColophonCore
package import ColophonLineage

/// What documents tell of: one run of a notebook, its cells, and the registered version that came of
/// it where there is one.
package struct DocumentSubject: Sendable {
  /// The notebook that ran, with its own words.
  package struct Notebook: Sendable {
    /// From the project's root.
    package var path: String
    package var title: String
    package var text: String
    package var authors: [String]
    /// Its abstract as plain text.
    package var abstract: String?

    package init(
      path: String,
      title: String,
      text: String,
      authors: [String] = [],
      abstract: String? = nil
    ) {
      self.path = path
      self.title = title
      self.text = text
      self.authors = authors
      self.abstract = abstract
    }

    package var digest: Digest { Digest(of: text.utf8) }
  }

  /// A file by its path from the project's root.
  package struct File: Hashable, Sendable {
    package var path: String
    package var digest: Digest

    package init(path: String, digest: Digest) {
      self.path = path
      self.digest = digest
    }
  }

  /// When a run took place; it comes from the journal or the run log, never from a clock.
  package struct Times: Hashable, Sendable {
    package var began: Moment
    package var ended: Moment

    package init(began: Moment, ended: Moment) {
      self.began = began
      self.ended = ended
    }
  }

  /// `churn@3`, or the report's path.
  package var name: String
  package var notebook: Notebook
  package var parameters: [String: Value]
  package var seed: UInt64
  package var engine: String
  package var libraries: [String: String]
  /// Each after what it needs.
  package var cells: [LineageNode]
  /// The names of cells that failed.
  package var failed: [String] = []
  /// What names the run: the report's stamp or the version's content.
  package var stamp: Digest
  package var times: Times
  package var report: File?
  package var version: RegisteredVersion?
  /// The licence of the data, where somebody stated one.
  package var license: String?

  package init(
    name: String,
    notebook: Notebook,
    parameters: [String: Value],
    seed: UInt64,
    engine: String,
    libraries: [String: String],
    cells: [LineageNode],
    stamp: Digest,
    times: Times
  ) {
    self.name = name
    self.notebook = notebook
    self.parameters = parameters
    self.seed = seed
    self.engine = engine
    self.libraries = libraries
    self.cells = cells
    self.stamp = stamp
    self.times = times
  }

  /// A registered version; its time is that of its registration.
  package init(_ version: RegisteredVersion, notebook: Notebook) {
    let content = version.content
    let moment = Moment(milliseconds: version.events.first { $0.kind == .registered }?.time ?? 0)
    self.init(
      name: version.name,
      notebook: notebook,
      parameters: version.source.parameters,
      seed: version.source.seed,
      engine: content.engine,
      libraries: content.cells.reduce(into: [:]) { $0.merge($1.libraries) { first, _ in first } },
      cells: content.cells,
      stamp: Digest(version.digest) ?? Digest(of: version.digest.utf8),
      times: Times(began: moment, ended: moment)
    )
    self.version = version
  }
}

extension DocumentSubject {
  /// A file that a cell names, from the project's root; a path that leaves the project is named by
  /// its last part.
  package func path(of file: String) -> String {
    var parts = notebook.path.split(separator: "/").dropLast().map { String($0) }
    if file.hasPrefix("/") { return file.split(separator: "/").last.map { String($0) } ?? file }
    for part in file.split(separator: "/") where part != "." {
      guard part == ".." else {
        parts.append(String(part))
        continue
      }
      if parts.popLast() == nil {
        return file.split(separator: "/").last.map { String($0) } ?? file
      }
    }
    return parts.joined(separator: "/")
  }

  /// The files that the cells read, each once, sorted by path.
  package var files: [File] {
    var found: [String: Digest] = [:]
    for cell in cells {
      for (path, digest) in cell.files { found[self.path(of: path)] = digest }
    }
    return found.sorted { $0.key < $1.key }.map { File(path: $0.key, digest: $0.value) }
  }

  /// A cell's files by their paths from the project's root, sorted.
  func files(of cell: LineageNode) -> [File] {
    cell.files.map { File(path: path(of: $0.key), digest: $0.value) }.sorted { $0.path < $1.path }
  }

  /// What produced the document, as a name that no registry of names needs to know.
  var producer: String { "urn:colophon:engine:\(engine)" }

  subscript(cell name: String) -> LineageNode? { cells.first { $0.name == name } }
}

extension LineageNode {
  /// What the cell made: its artifact, or the model that its values name.
  package var product: StoredOutcome.Artifact? {
    if let artifact { return artifact }
    guard kind != "register", let model = values["model"]?.asString, let digest = Digest(model)
    else { return nil }
    return StoredOutcome.Artifact(digest: digest, kind: "model")
  }
}

extension Digest {
  /// The content by its digest alone, as RFC 6920 names it: `ni:///sha-256;…`.
  var contentAddress: String {
    "ni:///sha-256;"
      + Base64Text.encode(bytes).replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }

  /// A UUID of version 8 (RFC 9562, section 5.8) whose bits are the digest's first.
  package var uuid: String {
    var bytes = Array(bytes.prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let hex = Array(RegistryPublicKey.hex(bytes))
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(hex[$0]) }
      .joined(separator: "-")
  }
}
