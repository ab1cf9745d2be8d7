package import ColophonCore
import ColophonLineage
package import ColophonRegistry
import ColophonReport

/// A version's model card as a page of its own: the same paper as a report.
package struct CardPage: Sendable {
  private let subject: CardSubject

  package init(_ subject: CardSubject) { self.subject = subject }

  private var version: RegisteredVersion { subject.version }

  /// The page's bytes.
  package func render() throws -> [UInt8] {
    let words = StampWords(subject.subject.stamp).description
    var colophon = Colophon(
      engineVersion: subject.subject.engine,
      notebook: .init(
        path: subject.subject.notebook.path,
        digest: subject.subject.notebook.digest.description
      ),
      stampClass: StampClass(rawValue: version.content.reproducibility.rawValue) ?? .external,
      stampWords: words,
      stamp: subject.subject.stamp.description,
      command: "colophon registry verify \(version.name)"
    )
    colophon.data = subject.subject.files.map {
      .init(path: $0.path, digest: $0.digest.description)
    }
    colophon.libraries = subject.subject.libraries.sorted { $0.key < $1.key }
      .map { Fact($0.key, $0.value) }
    colophon.stamps = version.content.cells.map { cell in
      .init(
        name: cell.name,
        kind: cell.kind,
        stamp: cell.stamp.short,
        inputs: cell.inputs.keys.sorted() + cell.files.keys.sorted(),
        stampClass: StampClass(rawValue: cell.reproducibility.rawValue)
      )
    }
    var page = PageContent(
      title: "\(version.name), a model card",
      colophon: colophon,
      manifest: try manifest()
    )
    page.subtitle = "From the notebook \u{201C}\(subject.subject.notebook.title)\u{201D}"
    page.authors = subject.subject.notebook.authors
    page.abstract = subject.subject.notebook.abstract.map { Prose(text: $0) }
    page.notices = notices
    page.body = body
    return Page.render(page)
  }

  /// The card's facts, in the place where a report has its record.
  private func manifest() throws -> String {
    let facts: Value = ["format": "colophon-card/1", "card": try subject.card.value]
    return facts.canonicalText.replacing("<", with: "\\u003c").replacing(">", with: "\\u003e")
      .replacing("&", with: "\\u0026")
  }

  private var notices: [PageContent.TopNotice] {
    version.withdrawn.map {
      .init(.error, "It descends from \($0.node), which was withdrawn: \($0.reason)")
    }
  }

  private var body: [PageContent.Part] {
    var parts: [PageContent.Part] = [heading("Standing"), section("standing", [standing])]
    if !version.decision.conditions.isEmpty {
      parts += [heading("Gate"), .prose(.paragraph([.text(sentence(version.decision.reason))]))]
      parts.append(section("gate", [gate]))
    }
    parts += [heading("Card"), section("card", [.card(subject.card)])]
    let words = NotebookWords(version).section
    if !words.isEmpty {
      parts.append(heading("In the notebook's words"))
      parts += words.map { .prose($0) }
    }
    parts += [heading("History"), section("history", [history])]
    return parts
  }

  private func heading(_ text: String) -> PageContent.Part {
    .prose(
      .heading(
        level: 2,
        anchor: text.lowercased().replacing(" ", with: "-"),
        number: nil,
        [.text(text)]
      )
    )
  }

  private func section(_ name: String, _ exhibits: [Exhibit]) -> PageContent.Part {
    .cell(
      CellSection(
        kind: version.name,
        name: name,
        anchor: "part-\(name)",
        configuration: "",
        display: .hidden,
        exhibits: exhibits
      )
    )
  }

  private func sentence(_ words: String) -> String {
    words.prefix(1).uppercased() + words.dropFirst() + (words.hasSuffix(".") ? "" : ".")
  }

  private var standing: Exhibit {
    var facts = [
      Fact("version", version.name), Fact("status", version.status.rawValue),
      Fact("aliases", version.aliases.isEmpty ? "none" : version.aliases.joined(separator: ", ")),
      Fact("content", String(version.digest.prefix(8)), note: "what the version is named by"),
      Fact("promise", version.content.reproducibility.rawValue),
    ]
    let verdict = version.events.last { $0.kind == .verified }
    facts.append(
      Fact(
        "second run",
        verdict?.new ?? "none",
        note: verdict.map { "on \(Moment(milliseconds: $0.time).short) by \($0.actor)" }
      )
    )
    let signers = version.events.filter { $0.kind == .signed }
      .map { "\($0.actor) (key \($0.new.prefix(8)))" }
    facts.append(Fact("signed by", signers.isEmpty ? "nobody" : signers.joined(separator: ", ")))
    return .facts(facts)
  }

  private var gate: Exhibit {
    .requirements(
      version.decision.conditions.map { condition in
        Requirement(
          condition.list == "reject_if" ? "not (\(condition.text))" : condition.text,
          holds: condition.list == "reject_if" ? !condition.holds : condition.holds,
          values: condition.readings.sorted { $0.key < $1.key }
            .map { .init(path: $0.key, value: $0.value) }
        )
      }
    )
  }

  private var history: Exhibit {
    .table(
      TableExhibit(
        caption: "What happened to the version, by the journal",
        columns: [
          TableColumn("when"), TableColumn("who"), TableColumn("what"), TableColumn("why"),
        ],
        rows: version.events.map { event in
          [
            .text(Moment(milliseconds: event.time).short), .text(event.actor),
            .text(event.summary), .text(event.reason),
          ]
        },
        visibleRows: 20
      )
    )
  }
}
