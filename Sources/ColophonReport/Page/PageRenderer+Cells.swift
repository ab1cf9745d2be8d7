extension PageRenderer {
  /// A cell: a quiet line, the configuration, what it shows, then the caption.
  mutating func nodes(_ cell: CellSection, id: String) -> HTMLNode {
    scope = id
    var children = [head(of: cell, id: id)]
    if cell.display != .hidden { children.append(PageRenderer.configuration(of: cell)) }
    if let message = PageRenderer.message(of: cell) { children.append(message) }
    children += cell.exhibits.map { nodes($0) }
    if !cell.caption.isEmpty { children.append(.paragraph(.caption, nodes(cell.caption))) }
    children += cell.advice.map { PageRenderer.advice($0) }
    let status: CSSClass =
      switch cell.status {
      // A result that was kept is the same result, so the page is the same page.
      case .done, .kept: .done
      case .failed: .failed
      case .skipped: .skipped
      }
    return .element(
      .section,
      [.classes(.cell, status), .id(id), .label("\(cell.kind) \(cell.name)")],
      children
    )
  }

  private func head(of cell: CellSection, id: String) -> HTMLNode {
    var parts: [HTMLNode] = [
      .span(.kind, cell.kind), .text(" "),
      .element(.a, [.classes(.name), .href(anchor: id)], [.text(cell.name)]),
    ]
    switch cell.status {
    case .done, .kept: break
    case .failed: parts += [.text(" "), .span(.badge, "failed")]
    case .skipped: parts += [.text(" "), .span(.badge, "skipped")]
    }
    if let stamp = cell.stamp {
      let words = cell.stampClass.map { "Lineage stamp, \($0.rawValue): \($0.promise)" }
      parts += [
        .text(" "),
        .element(
          .a,
          [
            .classes(.stamp), .href(anchor: PageRenderer.stampsID),
            HTMLAttribute(.title, words ?? "Lineage stamp"),
          ],
          [.text(stamp)]
        ),
      ]
    }
    return .element(.header, [], parts)
  }

  private static func configuration(of cell: CellSection) -> HTMLNode {
    let summary = HTMLNode.element(.summary, [], ["configuration"])
    let open = cell.display == .open ? [HTMLAttribute(.open)] : []
    return .element(
      .details,
      [.classes(.config)] + open,
      [summary, listing(cell.configuration, language: "yaml")]
    )
  }

  private static func message(of cell: CellSection) -> HTMLNode? {
    switch cell.status {
    case .done, .kept: cell.message.map { notice(.info, [.text($0)]) }
    case .failed:
      notice(.error, [.element(.strong, [], ["Failed."]), .text(" \(cell.message ?? "")")])
    case .skipped: .paragraph(.why, [.text(cell.message ?? "This cell was not run.")])
    }
  }

  static func advice(_ item: AdviceItem) -> HTMLNode {
    notice(
      .advice,
      [
        .element(.strong, [], ["Advice"]), .text(" "), .code(item.code), .text(" "),
        .text(sentence(of: item)),
      ]
    )
  }

  /// What is advised, and the hint after it.
  static func sentence(of item: AdviceItem) -> String {
    let isSentence = item.message.last.map { ".!?".contains($0) } ?? true
    return item.message + (item.hint.map { (isSentence ? " " : "; ") + $0 } ?? "")
  }
}
