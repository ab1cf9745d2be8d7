import ColophonCore

extension PageRenderer {
  mutating func nodes(_ exhibit: Exhibit) -> HTMLNode {
    switch exhibit {
    case .facts(let facts): PageRenderer.facts(facts)
    case .table(let table): self.table(table)
    case .chart(let chart): figure(chart)
    case .group(let exhibits): group(exhibits)
    case .notice(let kind, let text): PageRenderer.notice(kind, [.text(text)])
    case .requirements(let requirements): PageRenderer.requirements(requirements)
    case .text(let text): .paragraph(.plain, [.text(text)])
    case .card(let card): self.card(card)
    case .listing(let caption, let text): PageRenderer.listing(caption, text)
    }
  }

  private static func listing(_ caption: String, _ text: String) -> HTMLNode {
    .fragment([
      .paragraph(.note, [.text(caption)]),
      .element(.pre, [.focusable], [.element(.code, [], [.text(text)])]),
    ])
  }

  private mutating func group(_ exhibits: [Exhibit]) -> HTMLNode {
    .div(.group, exhibits.map { .element(.div, [], [nodes($0)]) })
  }

  static func facts(_ facts: [Fact]) -> HTMLNode {
    let pairs = facts.map { fact -> HTMLNode in
      let note = fact.note.map { [HTMLNode.text(" "), .span(.note, $0)] } ?? []
      return .element(
        .div,
        [],
        [
          .element(.dt, [], [.text(fact.label)]),
          .element(.dd, [], [.text(fact.value)] + note),
        ]
      )
    }
    return .element(.dl, [.classes(.facts)], pairs)
  }

  static func notice(_ kind: NoticeKind, _ children: [HTMLNode]) -> HTMLNode {
    let style: CSSClass =
      switch kind {
      case .info: .info
      case .advice: .advice
      case .error: .error
      }
    return .element(
      .div,
      [.classes(.notice, style), .role("note")],
      [.paragraph(nil, children)]
    )
  }

  /// Each condition with its verdict in words, so that colour only repeats it.
  static func requirements(_ requirements: [Requirement]) -> HTMLNode {
    let rows = requirements.map { requirement -> HTMLNode in
      let readings = requirement.values.map { reading -> HTMLNode in
        .fragment([.code(reading.path), .text(" = \(reading.value)")])
      }
      return .element(
        .tr,
        [],
        [
          .element(.th, [.scope("row")], [.code(requirement.condition)]),
          .element(.td, [], HTMLNode.joined(readings, by: ", ")),
          .element(
            .td,
            [.classes(requirement.holds ? .holds : .fails)],
            [.text(requirement.holds ? "holds" : "does not hold")]
          ),
        ]
      )
    }
    let heads = ["condition", "read", "verdict"].map { head in
      HTMLNode.element(.th, [.scope("col")], [.text(head)])
    }
    let table = HTMLNode.element(
      .table,
      [.classes(.requirements)],
      [.element(.thead, [], [.element(.tr, [], heads)]), .element(.tbody, [], rows)]
    )
    return .element(
      .div,
      [.classes(.scroll), .focusable, .role("group"), .label("Requirements")],
      [table]
    )
  }
}
