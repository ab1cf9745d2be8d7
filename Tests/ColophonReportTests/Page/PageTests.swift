import ColophonCore
import ColophonReport
import Testing

@Suite struct EveryPage {
  static func text(_ name: String) throws -> String {
    let page = try #require(SamplePages.all.first { $0.name == name })
    return String(decoding: Page.render(page.content), as: UTF8.self)
  }

  @Test(arguments: SamplePages.all.map { $0.name })
  func isWellFormed(name: String) throws {
    let check = HTMLCheck(try EveryPage.text(name))
    #expect(check.problems == [])
  }

  @Test(arguments: SamplePages.all.map { $0.name })
  func isTheSameTwice(name: String) throws {
    #expect(try EveryPage.text(name) == EveryPage.text(name))
  }

  @Test(arguments: SamplePages.all.map { $0.name })
  func asksForNothing(name: String) throws {
    let check = HTMLCheck(try EveryPage.text(name))
    for (tag, attributes) in check.elements {
      #expect(!["link", "iframe", "object", "embed", "base"].contains(tag))
      if let source = attributes["src"] { #expect(source.hasPrefix("data:image/")) }
      #expect(attributes.keys.allSatisfy { !$0.hasPrefix("on") && $0 != "style" })
    }
  }

  @Test(arguments: SamplePages.all.map { $0.name })
  func usesOnlyClassesThatTheEnumerationKnows(name: String) throws {
    let known = Set(CSSClass.allCases.map { $0.rawValue })
    for (tag, attributes) in HTMLCheck(try EveryPage.text(name)).elements {
      for name in (attributes["class"] ?? "").split(separator: " ") {
        #expect(known.contains(String(name)), "\(name) on \(tag)")
      }
    }
  }

  @Test func isSmall() throws {
    #expect(try EveryPage.text("trivial").utf8.count < 40_000)
    #expect(try EveryPage.text("churn").utf8.count < 300_000)
    #expect(Stylesheet.text.text.utf8.count < 14_000)
    #expect(PageScript.text.text.utf8.count < 1500)
  }

  @Test func keepsOneHeadingOfTheFirstLevelAndSkipsNone() throws {
    for page in SamplePages.all {
      let levels = HTMLCheck(try EveryPage.text(page.name)).elements.compactMap { element in
        element.tag.count == 2 && element.tag.hasPrefix("h") ? Int(element.tag.dropFirst()) : nil
      }
      #expect(levels.first == 1 && levels.count { $0 == 1 } == 1)
      #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 }, "\(page.name) \(levels)")
    }
  }

  @Test func givesATakenIdANumber() throws {
    let page = try EveryPage.text("gallery")
    #expect(page.contains(#"<h2 id="colophon-2">"#))
    #expect(page.contains(#"<section class="colophon" id="colophon""#))
  }

  @Test func setsLinksThatLeadNowhereAsText() {
    var content = PageContent(title: "t", colophon: SamplePages.colophon("a.md"), manifest: "{}")
    content.body = [.prose(.paragraph([.value("0.5", anchor: "cell-gone", path: "gone.x")]))]
    let page = String(decoding: Page.render(content), as: UTF8.self)
    #expect(page.contains(#"<p><span class="v" data-from="gone.x">0.5</span></p>"#))
  }

  @Test func leadsFromTheTopToWhatFailed() throws {
    let page = try EveryPage.text("failed")
    #expect(
      page.contains(##"role="note"><p><a href="#cell-baseline">1 cell failed: baseline.</a>"##)
    )
    #expect(
      page.contains(##"<a href="#cell-gate"><span class="fails">1 of 2 requirements hold</span>"##)
    )
    #expect(page.contains("<strong>Failed.</strong> The loss became NaN in epoch 3;"))
    #expect(page.contains("Not run: it needs baseline, which failed."))
  }

  @Test func isTheSameForAResultThatWasKept() {
    func page(_ status: CellSection.Status) -> [UInt8] {
      var content = PageContent(title: "t", colophon: SamplePages.colophon("a.md"), manifest: "{}")
      content.body = [
        .cell(CellSection(kind: "train", name: "x", status: status, configuration: "a: 1"))
      ]
      return Page.render(content)
    }
    #expect(page(.kept) == page(.done))
  }

  @Test func carriesAManifestThatReadsBackEqual() throws {
    let manifest: Value = [
      "source": .string("</script> <!-- <script> ]]> & \u{2028} \" \\ é 漢"),
      "cells": [1, 2.5, .null],
    ]
    var content = PageContent(
      title: "t",
      colophon: SamplePages.colophon("a.md"),
      manifest: manifest.canonicalText
    )
    content.body = []
    let page = String(decoding: Page.render(content), as: UTF8.self)
    #expect(HTMLCheck(page).problems == [])
    let head = #"<script type="application/json" id="colophon-manifest">"#
    let start = try #require(page.firstRange(of: head)).upperBound
    let end = try #require(page[start...].firstRange(of: "</script>")).lowerBound
    #expect(try Value(json: Array(page[start..<end].utf8)) == manifest)
  }

  /// Every text that an author or a file can bring, hostile at once.
  @Test(arguments: Escaping.hostile)
  func letsNoTextBecomeMarkup(text: String) {
    let inline: [Prose.Inline] = [
      .text(text), .code(text), .emphasis([.text(text)]), .html(text), .math(text),
      .link([.text(text)], url: text, title: text), .value(text, anchor: "main", path: text),
      .missingValue(reason: text),
      .image(Prose.Image(dataURI: text, alternative: text, title: text)),
    ]
    var colophon = SamplePages.colophon(text)
    colophon.source = text
    colophon.libraries = [Fact(text, text, note: text)]
    colophon.stamps = [
      Colophon.StampRow(name: text, kind: text, stamp: text, inputs: [text], stampClass: .exact)
    ]
    var content = PageContent(title: text, colophon: colophon, manifest: "{}")
    content.subtitle = text
    content.authors = [text]
    content.keywords = [text]
    content.abstract = Prose(text: text)
    content.parameters = [Fact(text, text, note: text)]
    content.notices = [PageContent.TopNotice(.error, text)]
    content.advice = [AdviceItem(code: text, message: text, hint: text, line: 1)]
    content.body = [
      .prose(.heading(level: 9, anchor: text, number: text, inline)),
      .prose(.paragraph(inline)), .prose(.listing(language: text, text)),
      .prose(.listing(language: "yaml", "a: \(text)\n\(text): [\"\(text)")), .prose(.html(text)),
      .prose(.table(alignments: [], header: [inline], rows: [[inline, inline], []])),
      .prose(.quote([.footnotes([[.paragraph(inline)]]), .paragraph([.footnote(1)])])),
      .cell(
        CellSection(
          kind: text,
          name: text,
          stamp: text,
          stampClass: .external,
          status: .failed,
          configuration: text,
          display: .open,
          caption: inline,
          exhibits: [
            .text(text), .notice(kind: .info, text: text), .facts([Fact(text, text)]),
            .requirements([
              Requirement(
                text,
                holds: false,
                values: [Requirement.Reading(path: text, value: text)]
              )
            ]),
            .table(
              TableExhibit(
                caption: text,
                columns: [TableColumn(text, unit: text)],
                rows: [[.code(text)], [.text(text)]]
              )
            ),
          ],
          message: text
        )
      ),
    ]
    let page = String(decoding: Page.render(content), as: UTF8.self)
    let check = HTMLCheck(page)
    #expect(check.problems == [])
    #expect(check.elements.count { $0.tag == "script" } == 2)
    #expect(!check.elements.contains { $0.tag == "b" || ($0.tag == "img") })
  }
}

@Suite struct Themes {
  /// The relative luminance of WCAG 2.2, with its power of 2.4 by repeated square roots:
  /// x^2.4 = x² · x^0.4, and x^0.4 is near enough (x^0.5)^0.8 for a test by bisection.
  static func luminance(_ hex: String) -> Double {
    var digits = hex.dropFirst()
    let doubled = digits.flatMap { [$0, $0] }
    if digits.count == 3 { digits = Substring(String(doubled)) }
    let number = Int(digits, radix: 16) ?? 0
    let parts = [number >> 16, number >> 8 & 255, number & 255].map { part -> Double in
      let x = Double(part) / 255
      return x <= 0.04045 ? x / 12.92 : power((x + 0.055) / 1.055)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  /// x^2.4 by bisection on y^5 = x^12.
  static func power(_ x: Double) -> Double {
    let target = (0..<12).reduce(1.0) { product, _ in product * x }
    var (low, high) = (0.0, 1.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if middle * middle * middle * middle * middle < target { low = middle } else { high = middle }
    }
    return low
  }

  static func contrast(_ a: String, _ b: String) -> Double {
    let (x, y) = (luminance(a) + 0.05, luminance(b) + 0.05)
    return max(x, y) / min(x, y)
  }

  /// The variables of both themes, read from the style sheet itself.
  static func variables(dark: Bool) throws -> [String: String] {
    let parts = Stylesheet.text.text.split(separator: ":root{", omittingEmptySubsequences: false)
    let block = try #require(parts[dark ? 2 : 1].split(separator: "}").first)
    var found: [String: String] = [:]
    for part in block.split(separator: ";") {
      let pair = part.split(separator: ":", maxSplits: 1)
      if pair.count == 2, pair[1].hasPrefix("#") { found[String(pair[0])] = String(pair[1]) }
    }
    return found
  }

  @Test func measuresContrastAsTheStandardDoes() {
    // Black on white is 21:1 by definition; #767676 is the standard's example of just 4.54:1.
    #expect(abs(Themes.contrast("#000", "#fff") - 21) < 1e-9)
    #expect(abs(Themes.contrast("#767676", "#ffffff") - 4.54) < 0.005)
  }

  @Test(arguments: [false, true])
  func keepEveryColourReadable(dark: Bool) throws {
    let colours = try Themes.variables(dark: dark)
    let paper = try #require(colours["--paper"])
    let names = [
      "--ink", "--soft", "--link", "--good", "--bad", "--warn", "--s1", "--s2", "--s3", "--s4",
      "--s5", "--s6",
    ]
    for name in names {
      let colour = try #require(colours[name], "\(name)")
      #expect(Themes.contrast(colour, paper) >= 4.5, "\(name) \(colour) on \(paper)")
      let tint = try #require(colours["--tint"])
      #expect(Themes.contrast(colour, tint) >= 4.5, "\(name) \(colour) on \(tint)")
    }
    for ground in ["--goodbg", "--badbg", "--warnbg"] {
      let ink = try #require(colours["--ink"])
      #expect(Themes.contrast(ink, try #require(colours[ground])) >= 7)
    }
  }
}
