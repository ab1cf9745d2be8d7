package import ColophonCore
package import ColophonNotebook
package import ColophonReport

/// Turns the notebook's Markdown into the page's prose: values computed, pictures embedded.
package struct ProseBridge {
  /// The results that values in prose are read from, by cell.
  let results: [String: CellResult]
  /// The picture of a file named in the notebook, as a data address, or why there is none.
  let picture: (_ path: String) -> Result<String, PictureProblem>
  /// What evaluating the values found: paths that the run did not fill.
  package private(set) var diagnostics: [Diagnostic] = []

  package init(
    results: [String: CellResult],
    picture: @escaping (_ path: String) -> Result<String, PictureProblem>
  ) {
    self.results = results
    self.picture = picture
  }

  package mutating func blocks(_ blocks: [Block]) -> [Prose.Block] {
    var prose: [Prose.Block] = []
    for block in blocks { if let block = self.block(block) { prose.append(block) } }
    return prose
  }

  /// The block as prose; nil for a cell, which has a section of its own.
  package mutating func block(_ block: Block) -> Prose.Block? {
    switch block {
    case .heading(let level, let anchor, let content, _):
      return .heading(level: level, anchor: anchor, number: nil, inlines(content))
    case .paragraph(let content, _):
      if content.count == 1, case .image(let image, _) = content[0] {
        return .image(self.image(image))
      }
      return .paragraph(inlines(content))
    case .list(let list, _):
      var items: [[Prose.Block]] = []
      for item in list.items { items.append(blocks(item)) }
      return .list(start: list.start, isTight: list.isTight, items)
    case .quote(let inner, _): return .quote(blocks(inner))
    case .code(let info, let text, _):
      let language = info.split(separator: " ").first.map { String($0) }
      return .listing(language: language, text)
    case .html(let text, _): return .html(text)
    case .thematicBreak: return .thematicBreak
    case .table(let table, _):
      var rows: [[[Prose.Inline]]] = []
      for row in table.rows { rows.append(cells(row)) }
      return .table(
        alignments: table.alignments.map { ProseBridge.alignment($0) },
        header: cells(table.head),
        rows: rows
      )
    case .cell: return nil
    }
  }

  package mutating func inlines(_ content: [Inline]) -> [Prose.Inline] {
    var prose: [Prose.Inline] = []
    for inline in content { prose.append(self.inline(inline)) }
    return prose
  }

  private mutating func cells(_ row: [[Inline]]) -> [[Prose.Inline]] {
    var cells: [[Prose.Inline]] = []
    for cell in row { cells.append(inlines(cell)) }
    return cells
  }

  private static func alignment(_ alignment: PipeTable.Alignment) -> Prose.Alignment {
    switch alignment {
    case .none: .none
    case .left: .left
    case .center: .center
    case .right: .right
    }
  }

  private mutating func inline(_ inline: Inline) -> Prose.Inline {
    switch inline {
    case .text(let text, _): return .text(text)
    case .code(let text, _): return .code(text)
    case .html(let text, _): return .html(text)
    case .softBreak: return .softBreak
    case .hardBreak: return .hardBreak
    case .emphasis(let content, _): return .emphasis(inlines(content))
    case .strong(let content, _): return .strong(inlines(content))
    case .link(let link, _):
      return .link(inlines(link.content), url: link.destination, title: link.title)
    case .image(let image, _): return .image(self.image(image))
    case .value(let value): return self.value(value)
    }
  }

  private func image(_ image: Inline.Image) -> Prose.Image {
    switch picture(image.path) {
    case .success(let address):
      return Prose.Image(dataURI: address, alternative: image.alt, title: image.title)
    case .failure(let problem):
      return Prose.Image(
        dataURI: nil,
        missing: "\(image.path): \(problem.message)",
        alternative: image.alt,
        title: image.title
      )
    }
  }

  private mutating func value(_ value: InlineValue) -> Prose.Inline {
    let results = self.results
    let source = value.expression.text
    do throws(ExpressionProblem) {
      let computed = try value.expression.evaluate { path in
        results[path.cell].flatMap { ValuePath.find(path.segments, in: $0.values) }
      }
      let text = try value.format?.text(of: computed) ?? NumberFormat.standard(computed)
      let cell = value.expression.paths.first?.path.cell
      guard let cell else { return .text(text) }
      return .value(text, anchor: "cell-\(cell)", path: source)
    } catch {
      let first = value.expression.paths.first?.path.cell
      let absent = first.flatMap { results[$0] }.map { $0.status != .done } ?? false
      if !absent {
        diagnostics.append(
          Diagnostic(
            .error,
            "value.unavailable",
            at: value.position(at: error.offset),
            length: error.length,
            error.message,
            hint: error.hint
          )
        )
      }
      return .missingValue(reason: absent ? "\(source): the cell has no result" : error.message)
    }
  }
}

/// Why a picture can't be embedded.
package struct PictureProblem: Error, Hashable, Sendable {
  package var message: String

  package init(message: String) { self.message = message }
}
