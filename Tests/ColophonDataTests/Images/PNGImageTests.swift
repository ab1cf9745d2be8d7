import ColophonCore
import ColophonData
import Foundation
import Testing

/// Pictures (Fixtures/make/pictures.py) and what is wrong with some.
@Suite struct PNGImages {
  private static let folder: String = {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/pictures").path
  }()

  private func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(Self.folder)/\(name)")))
  }

  @Test func areDecodedPixelByPixel() throws {
    let image = try PNGImage(bytes("sets/dog/1.png"), channels: 1)
    #expect((image.width, image.height, image.channels) == (4, 3, 1))
    let ramp = (0..<12).map { (step: Int) -> UInt8 in UInt8((200 + 17 * step) % 256) }
    #expect(image.pixels == ramp)
    let colour = try PNGImage(bytes("colour.png"), channels: 3)
    #expect(colour.pixels == [255, 0, 10, 7, 8, 9])
    let grey = try PNGImage(bytes("sets/cat/0.png"), channels: 3)
    #expect(grey.pixels.prefix(6) == [0, 0, 0, 17, 17, 17])
  }

  @Test func areFoundInAFolderAndThoseWithinIt() {
    #expect(
      ImageFolder.names(in: "\(Self.folder)/sets")
        == ["cat/0.png", "cat/1.png", "dog/0.png", "dog/1.png"]
    )
    #expect(ImageFolder.names(in: "\(Self.folder)/nowhere").isEmpty)
  }

  @Test func shareOneSize() throws {
    let size = try ImageFolder.size(of: "\(Self.folder)/sets", named: "sets")
    #expect(size.width == 4 && size.height == 3)
    #expect(
      ImageFolder.columns(width: 2, height: 1, channels: 3)
        == [
          "pixel_0_0_red", "pixel_0_0_green", "pixel_0_0_blue", "pixel_0_1_red",
          "pixel_0_1_green", "pixel_0_1_blue",
        ]
    )
  }

  @Test func areRefusedWithTheirName() throws {
    let faults = #expect(throws: DataFaults.self) {
      try ImageFolder.size(of: "\(Self.folder)/bad", named: "bad")
    }
    #expect(
      faults?.faults.map { $0.message } == [
        "'b.png' is no PNG", "'c.png' has 2 × 3 pixels, and 'a.png' 4 × 3",
      ]
    )
    let none = #expect(throws: DataFaults.self) {
      try ImageFolder.size(of: "\(Self.folder)/nowhere", named: "nowhere")
    }
    #expect(none?.faults.map { $0.code } == ["data.file-missing"])
    // Whole in its head, cut off within its rows.
    #expect(throws: PNGImage.Problem.self) { try PNGImage(bytes("bad/d.png"), channels: 1) }
  }

  @Test func standInOneRunOfBytes() throws {
    let files = [("b.png", [UInt8](1...9)), ("a/é.png", [])]
    let bytes = FolderBytes.encoded(files)
    let back = try #require(FolderBytes.decoded(bytes))
    #expect(back.map { $0.name } == ["a/é.png", "b.png"])
    #expect(back.map { $0.bytes } == [[], [UInt8](1...9)])
    #expect(FolderBytes.decoded(Array(bytes.dropLast())) == nil)
    #expect(FolderBytes.encoded(files.reversed()) == bytes)
  }
}
