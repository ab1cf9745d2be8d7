import ColophonCells
package import ColophonCore
package import ColophonLineage
import ColophonNotebook
import ColophonReport

/// Turns a finished run into its two files: the page and its JSON.
///
/// Both are pure functions of the notebook, its parameters, its data and the engine's version.
struct ReportBuilder {
  let prepared: Prepared
  let results: [String: CellResult]
  /// Whether `--only` left cells out that are not up to date.
  let isPartial: Bool

  private var notebook: Notebook { prepared.notebook }
  /// The results in document order; a cell that no thread reached counts as skipped.
  private var ordered: [CellResult] {
    notebook.cells.map { cell in
      results[cell.name.value]
        ?? CellResult(
          name: cell.name.value,
          kind: cell.kind.value,
          status: .skipped,
          why: "never reached"
        )
    }
  }

  /// The page's bytes, the JSON's bytes, and what writing the values into the prose found.
  func build() throws -> Report {
    var bridge = ProseBridge(results: results) { path in
      let bytes = try? LocalFiles.read(LocalFiles.path(of: path, in: prepared.directory))
      guard let bytes else { return .failure(PictureProblem(message: "can't be read")) }
      return Picture.dataAddress(bytes)
    }
    let stamp = ReportStamp(
      notebook: prepared.digest,
      cells: ordered.compactMap { $0.stamp }
    )
    let advice = AdviceList(prepared: prepared, results: ordered)
    let manifest = ManifestBuilder(prepared: prepared, results: ordered, advice: advice).manifest
    var page = PageContent(
      title: notebook.title,
      colophon: colophon(stamp),
      manifest: try manifest.embeddedText()
    )
    let front = notebook.frontMatter
    page.subtitle = front.subtitle?.value
    page.authors = front.authors.map { $0.value }
    page.abstract = front.abstract.isEmpty ? nil : Prose(bridge.blocks(front.abstract))
    page.keywords = front.keywords.map { $0.value }
    page.parameters = notebook.parameters.sorted { $0.key < $1.key }
      .map { Fact($0.key, NumberFormat.plain($0.value)) }
    page.verdict = verdict
    page.notices = notices
    page.advice = advice.items
    page.body = body(&bridge, advice)
    return Report(
      page: Page.render(page),
      json: Array(try manifest.fileText().utf8),
      manifest: manifest,
      stamp: stamp,
      advice: advice.diagnostics,
      diagnostics: bridge.diagnostics
    )
  }

  private func body(_ bridge: inout ProseBridge, _ advice: AdviceList) -> [PageContent.Part] {
    var parts: [PageContent.Part] = []
    // The title stands at the head of the page; a first heading that repeats it is left out.
    var mayDropTitle = true
    for block in notebook.blocks {
      if case .cell(let index) = block {
        mayDropTitle = false
        parts.append(.cell(section(index, &bridge, advice)))
        continue
      }
      if mayDropTitle, case .heading(1, _, let content, _) = block,
        content.plainText == notebook.title
      {
        mayDropTitle = false
        continue
      }
      if case .heading = block { mayDropTitle = false }
      if let prose = bridge.block(block) { parts.append(.prose(prose)) }
    }
    return parts
  }

  private func section(
    _ index: Int,
    _ bridge: inout ProseBridge,
    _ advice: AdviceList
  ) -> CellSection {
    let cell = notebook.cells[index]
    let result = ordered[index]
    var section = CellSection(
      kind: result.kind,
      name: result.name,
      stamp: result.stamp?.short,
      stampClass: result.stamp == nil ? nil : StampClass(result.reproducibility),
      configuration: cell.source
    )
    switch result.status {
    case .done: section.status = .done
    case .failed: section.status = .failed
    case .skipped: section.status = .skipped
    }
    switch cell.display {
    case .show: section.display = .open
    case .fold: section.display = .folded
    case .hide: section.display = .hidden
    }
    section.caption =
      cell.caption.flatMap { block -> [Inline] in block.inlines }.isEmpty
      ? [] : bridge.inlines(cell.caption.flatMap { $0.inlines })
    section.exhibits = result.exhibits
    section.advice = advice.items.filter { $0.anchor == section.anchor }
    section.message = result.message
    return section
  }

  private var verdict: PageContent.Verdict? {
    let stated = ordered.filter { $0.verdict != nil }
    guard let first = stated.first else { return nil }
    let broken = stated.first { $0.verdict.map { $0.held < $0.total } ?? false }
    return PageContent.Verdict(
      held: stated.reduce(0) { $0 + ($1.verdict?.held ?? 0) },
      total: stated.reduce(0) { $0 + ($1.verdict?.total ?? 0) },
      anchor: "cell-\((broken ?? first).name)"
    )
  }

  private var notices: [PageContent.TopNotice] {
    var notices = ordered.filter { $0.status == .failed }.map { result in
      PageContent.TopNotice(
        .error,
        "The cell \u{201C}\(result.name)\u{201D} failed: \(result.failure?.message ?? "")",
        anchor: "cell-\(result.name)"
      )
    }
    let skipped = ordered.filter { $0.status == .skipped && $0.message?.contains("failed") == true }
    if let first = skipped.first {
      let names = skipped.map { $0.name }.joined(separator: ", ")
      notices.append(
        PageContent.TopNotice(
          .advice,
          "Not run, because they need a cell that failed: \(names)",
          anchor: "cell-\(first.name)"
        )
      )
    }
    if isPartial {
      notices.append(
        PageContent.TopNotice(
          .advice,
          "This report is not complete: it was made with --only, and some cells are not up to date."
        )
      )
    }
    return notices
  }

  // MARK: The colophon

  private func colophon(_ stamp: ReportStamp) -> Colophon {
    var colophon = Colophon(
      engineVersion: Engine.version,
      notebook: Colophon.File(path: prepared.name, digest: prepared.digest.description),
      stampClass: StampClass(ordered.map { $0.reproducibility }.max() ?? .exact),
      stampWords: stamp.words.words.joined(separator: "-"),
      stamp: stamp.digest.description,
      command: command
    )
    let files = ordered.reduce(into: [String: Digest]()) { files, result in
      files.merge(result.files) { _, later in later }
    }
    colophon.data = files.sorted { $0.key < $1.key }
      .map { Colophon.File(path: $0.key, digest: $0.value.description) }
    let libraries = ManifestBuilder(
      prepared: prepared,
      results: ordered,
      advice: AdviceList(prepared: prepared, results: [])
    ).libraries
    colophon.libraries = libraries.sorted { $0.key < $1.key }.map { Fact($0.key, $0.value) }
    // A graph of more nodes than a page is wide says nothing.
    colophon.graph = ordered.isEmpty || ordered.count > 150 ? nil : graph
    colophon.stamps = ordered.map { result in
      Colophon.StampRow(
        name: result.name,
        anchor: "cell-\(result.name)",
        kind: result.kind,
        stamp: result.stamp?.short,
        inputs: result.inputs.keys.sorted() + result.files.keys.sorted(),
        stampClass: result.stamp == nil ? nil : StampClass(result.reproducibility)
      )
    }
    colophon.source = prepared.sourceText
    return colophon
  }

  private var graph: GraphChart {
    var nodes: [GraphChart.Node] = []
    var edges: [GraphChart.Edge] = []
    for file in Set(ordered.flatMap { $0.files.keys }).sorted() {
      let name = file.split(separator: "/").last.map { String($0) } ?? file
      nodes.append(.init("file:\(file)", label: name, detail: "file", isShaded: true))
    }
    for result in ordered {
      let anchor = "cell-\(result.name)"
      nodes.append(.init(result.name, detail: result.kind, anchor: anchor))
      edges += prepared.inputs(result.name).map { .init(from: $0, to: result.name) }
      edges += result.files.keys.sorted().map { .init(from: "file:\($0)", to: result.name) }
    }
    let text = ChartText(
      "What came from what",
      "Arrows run from each file and cell to the cells made from it."
    )
    return GraphChart(text, nodes: nodes, edges: edges)
  }

  /// The commands that make this report again and check it, as they are typed in the project's root.
  private var command: String {
    let overrides = prepared.overrides.sorted { $0.key < $1.key }
      .map { " -P \(ShellText.quoted("\($0.key)=\($0.value)"))" }
    let report = "output/\(LocalFiles.stem(of: prepared.name)).html"
    return "colophon run \(ShellText.quoted(prepared.name))\(overrides.joined())\n"
      + "colophon verify \(ShellText.quoted(report))"
  }
}

/// A finished report.
package struct Report: Sendable {
  package var page: [UInt8]
  package var json: [UInt8]
  package var manifest: Manifest
  package var stamp: ReportStamp
  /// The advice of the check and the run that the notebook does not accept.
  package var advice: [Diagnostic]
  /// Values in prose that could not be written.
  package var diagnostics: [Diagnostic]
}

extension StampClass {
  init(_ reproducibility: Reproducibility) {
    switch reproducibility {
    case .exact: self = .exact
    case .library: self = .library
    case .external: self = .external
    }
  }
}

/// Words as a shell takes them.
enum ShellText {
  /// The word as it is where no shell would change it, else in single quotes.
  static func quoted(_ word: String) -> String {
    let plain = word.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "_-./=:,+@%".utf8.contains(byte)
    }
    return plain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
