import ColophonCore
import ColophonRuntime
import ColophonTestSupport
import Foundation
import Testing

@Suite struct PicturesInReports {
  @Test(arguments: 0...67)
  func areWrittenInBase64(count: Int) {
    var random = RandomStream(root: 1, cell: "base64", purpose: "bytes", index: count)
    let bytes = (0..<count).map { _ in UInt8(random.integer(below: 256)) }
    #expect(Picture.base64(bytes) == Data(bytes).base64EncodedString())
  }

  /// RFC 4648, section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ])
  func areWrittenAsTheStandardSays(text: String, code: String) {
    #expect(Picture.base64(Array(text.utf8)) == code)
  }

  @Test(
    arguments: [
      ([0x89, 0x50, 0x4E, 0x47, 0x0D], "image/png"), ([0xFF, 0xD8, 0xFF, 0xE0], "image/jpeg"),
      (Array("GIF89a".utf8), "image/gif"), (Array("RIFF1234WEBPVP8 ".utf8), "image/webp"),
      (Array("<?xml version=\"1.0\"?>\n<svg xmlns=\"x\"/>".utf8), "image/svg+xml"),
    ] as [([UInt8], String)]
  )
  func areKnownByTheirContent(bytes: [UInt8], type: String) throws {
    let address = try Picture.dataAddress(bytes).get()
    #expect(address == "data:\(type);base64,\(Data(bytes).base64EncodedString())")
  }

  @Test(arguments: ["", "hello", "<html><p>", "RIFF1234WAVE", "GIF", "%PDF-1.7"])
  func areNothingElse(text: String) {
    let problem = PictureProblem(message: "is no PNG, JPEG, GIF, WebP or SVG picture")
    #expect(Picture.dataAddress(Array(text.utf8)) == .failure(problem))
  }

  @Test func areNotTooLarge() {
    let head: [UInt8] = [0x89, 0x50, 0x4E, 0x47]
    let fits = head + [UInt8](repeating: 0, count: Picture.sizeLimit - 4)
    #expect((try? Picture.dataAddress(fits).get()) != nil)
    #expect(
      Picture.dataAddress(fits + [0]) == .failure(PictureProblem(message: "is larger than 8 MiB"))
    )
  }

  @Test func areFoundBesideTheNotebookAndMissedInWords() throws {
    let folder = try ProjectFolder()
    try folder.write("# P\n\n![A dot](dot.svg)\n\n![None](none.png)\n", to: "notes/p.md")
    try folder.write("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", to: "notes/dot.svg")
    let ending = try folder.colophon("run", "notes/p.md")
    #expect(ending.status == 0, "\(ending.error)")
    let page = try folder.text("output/p.html")
    #expect(page.contains("data:image/svg+xml;base64,PHN2Zy"))
    #expect(
      page.contains("none.png: can't be read") || page.contains("none.png: can’t be read")
        || page.contains("none.png: can&#39;t be read")
    )
  }
}
