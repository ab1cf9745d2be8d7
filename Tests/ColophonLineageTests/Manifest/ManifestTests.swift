import ColophonCore
import ColophonLineage
import Testing

@Suite struct ManifestTests {
  private func page(_ record: String) -> [UInt8] {
    Array("<!DOCTYPE html><p>…</p>\(Manifest.elementStart)\(record)</script><p>&amp;</p>".utf8)
  }

  @Test func collectsDataAndStampFromTheCells() {
    let manifest = Manifest.sample()
    #expect(manifest.data == ["data/telco.csv": sha("telco")])
    let stamps = [sha("churn stamp"), sha("fit stamp")]
    let expected = ReportStamp(notebook: sha(Manifest.sampleSource), cells: stamps)
    #expect(manifest.stamp == expected.digest)
  }

  @Test func readsBackFromAReport() throws {
    let manifest = Manifest.sample()
    #expect(try Manifest(report: page(try manifest.embeddedText())) == manifest)
  }

  @Test func survivesASourceFullOfMarkup() throws {
    let source = #"</script><script>alert("&")</script><!-- \u003c "# + Manifest.elementStart
    let manifest = Manifest.sample(source: source)
    let text = try manifest.embeddedText()
    #expect(!text.contains("<"))
    #expect(!text.contains("&"))
    #expect(try Manifest(report: page(text)).notebook.source == source)
  }

  @Test func writesAFileWithoutSourceAndConfigurations() throws {
    let text = try Manifest.sample().fileText()
    let value = try Value(json: text.utf8)
    // The members that scripts rely on, and no others.
    #expect(
      value.asObject?.keys.sorted() == [
        "advice", "cells", "data", "engine", "format", "notebook", "parameters", "seed", "stamp",
      ]
    )
    #expect(value["notebook"]?.asObject?.keys.sorted() == ["digest", "path", "title"])
    let cells = try #require(value["cells"]?.asArray)
    #expect(
      cells[0].asObject?.keys.sorted() == [
        "advice", "inputs", "kind", "name", "output", "reproducibility", "stamp", "status",
        "values",
      ]
    )
    #expect(cells[1]["values"] == ["test": ["roc_auc": 0.971]])
    #expect(cells[1]["advice"]?.asArray?[0]["code"] == "train.no-seed")
    #expect(text.hasSuffix("}\n"))
    #expect(try Manifest.sample().fileText() == text)
  }

  @Test func readsBackFromTheFile() throws {
    let manifest = try Manifest(json: Array(try Manifest.sample().fileText().utf8))
    #expect(manifest.notebook.source == nil)
    #expect(manifest[cell: "fit"]?.configuration == nil)
    #expect(manifest.stamp == Manifest.sample().stamp)
    #expect(manifest.data == Manifest.sample().data)
  }

  @Test func keepsSeedsBeyondWholeNumbers() throws {
    let manifest = Manifest.sample(seed: .max)
    #expect(try Manifest(json: try manifest.value().canonicalBytes).seed == .max)
  }

  @Test func leavesOutWhatASkippedCellDoesNotHave() throws {
    let manifest = Manifest.sample(fit: {
      $0.status = .skipped
      $0.stamp = nil
      $0.output = nil
      $0.values = [:]
    })
    let cell = try #require(try manifest.value()["cells"]?.asArray?.last?.asObject)
    #expect(cell["stamp"] == nil && cell["output"] == nil)
    #expect(try Manifest(report: page(try manifest.embeddedText())) == manifest)
  }

  @Test func refusesPagesThatCarryNoRecordOrSeveral() throws {
    let record = try Manifest.sample().embeddedText()
    #expect(throws: ManifestError.absent) { try Manifest(report: []) }
    #expect(throws: ManifestError.absent) { try Manifest(report: Array("<html>".utf8)) }
    #expect(throws: ManifestError.cutOff) {
      try Manifest(report: Array((Manifest.elementStart + record).utf8))
    }
    #expect(throws: ManifestError.several) { try Manifest(report: page(record) + page(record)) }
  }

  @Test(arguments: [
    ("", "the report's record is not JSON: expected a value at byte 0"),
    ("{}", "the file carries no Colophon record"),
    ("[1]", "the file carries no Colophon record"),
    (
      #"{"format":"colophon/2"}"#,
      "the report's record has the format 'colophon/2'; this engine reads 'colophon/1'"
    ),
    (
      #"{"format":"colophon/1"}"#,
      "the report's record is malformed at notebook: no 'notebook'"
    ),
    (
      #"{"format":"colophon/1","notebook":{"path":"a","digest":"sha256:12","title":"t"}}"#,
      "the report's record is malformed at notebook.digest: 'sha256:12' is not a SHA-256 digest"
    ),
  ])
  func saysWhatIsWrongWithARecord(record: String, sentence: String) {
    #expect {
      try Manifest(report: page(record))
    } throws: {
      ($0 as? ManifestError)?.description == sentence
    }
  }

  @Test func noticesAnEditedSourceAndAnEditedStamp() throws {
    let text = try Manifest.sample().embeddedText()
    let source = text.replacing("Who will leave?\\n", with: "Who would leave?\\n")
    #expect(throws: ManifestError.sourceDiffers) { try Manifest(report: page(source)) }
    let stamp = text.replacing(sha("fit stamp").hex, with: sha("forged").hex)
    #expect(throws: ManifestError.stampDiffers) { try Manifest(report: page(stamp)) }
  }

  @Test(arguments: 0..<64)
  func neverCrashesOnANoisyRecord(round: Int) throws {
    var random = RandomStream(root: UInt64(round), cell: "manifest", purpose: "noise")
    var bytes = page(try Manifest.sample().embeddedText())
    for _ in 0...(round % 4) {
      bytes[random.integer(below: bytes.count)] = UInt8(random.integer(below: 256))
    }
    if round % 7 == 0 { bytes.removeLast(random.integer(below: bytes.count)) }
    do { _ = try Manifest(report: bytes) } catch { #expect(error is ManifestError, "\(error)") }
  }
}
