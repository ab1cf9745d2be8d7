import ColophonRuntime
import Foundation
import Testing

@Suite struct FilesOfThisMachine {
  @Test(arguments: [0, 1, 4095, 4096, 4097, 3_000_000])
  func areReadAsTheyWereWritten(count: Int) throws {
    let folder = try ProjectFolder()
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    try LocalFiles.write(bytes, to: folder["x"])
    #expect(try LocalFiles.read(folder["x"]) == bytes)
    try LocalFiles.write([1], to: folder["x"])
    #expect(try LocalFiles.read(folder["x"]) == [1])
    #expect(try folder.files(in: "") == ["x"], "no temporary file stays")
  }

  @Test func areLeftAloneWhereTheyHoldTheSame() throws {
    let folder = try ProjectFolder()
    try LocalFiles.write([1, 2], to: folder["x"])
    let before =
      try FileManager.default.attributesOfItem(atPath: folder["x"])[.systemFileNumber] as? Int
    try LocalFiles.write([1, 2], to: folder["x"])
    let after =
      try FileManager.default.attributesOfItem(atPath: folder["x"])[.systemFileNumber] as? Int
    #expect(before != nil && before == after)
  }

  @Test func sayWhatWentWrong() throws {
    let folder = try ProjectFolder()
    try folder.write("", to: "a/file")
    func failure(_ work: () throws -> Void) -> String? {
      do { try work() } catch let error as LocalFiles.Failure { return error.description } catch {}
      return nil
    }
    #expect(
      failure { _ = try LocalFiles.read(folder["no"]) }
        == "can't read \(folder["no"]): No such file or directory"
    )
    #expect(
      failure { _ = try LocalFiles.read(folder["a"]) }
        == "can't read \(folder["a"]): Is a directory"
    )
    #expect(
      failure { try LocalFiles.write([1], to: folder["no/x"]) }
        == "can't write \(folder["no/x"]): No such file or directory"
    )
    #expect(
      failure { try LocalFiles.write([1], to: folder["a"]) }
        == "can't write \(folder["a"]): Is a directory"
    )
    #expect(
      failure { try LocalFiles.makeDirectory(folder["a/file"]) }
        == "can't make the folder \(folder["a/file"]): Not a directory"
    )
    #expect(
      failure { try LocalFiles.makeDirectory(folder["a/file/x"]) }
        == "can't make the folder \(folder["a/file/x"]): Not a directory"
    )
    #expect(try folder.files(in: "") == ["a/file"])
  }

  @Test func makeFoldersWithThoseAbove() throws {
    let folder = try ProjectFolder()
    try LocalFiles.makeDirectory(folder["a/b//c/"])
    try LocalFiles.makeDirectory(folder["a/b/c"])
    #expect(LocalFiles.isDirectory(folder["a/b/c"]))
    #expect(!LocalFiles.isDirectory(folder["none"]))
    #expect(LocalFiles.names(in: folder["a"]) == ["b"])
    #expect(LocalFiles.names(in: folder["none"]) == [])
  }

  @Test(arguments: [
    ("a/b.md", "a", "b"), ("b.md", "", "b"), ("/b.tar.gz", "/", "b.tar"),
    ("a/.hidden", "a", ".hidden"),
    ("plain", "", "plain"), ("/x/y/", "/x/y", "y"),
  ])
  func tellFolderAndStem(path: String, folder: String, stem: String) {
    #expect(LocalFiles.directory(of: path) == folder)
    #expect(LocalFiles.stem(of: path) == stem)
  }

  @Test func areOpenedRelativeToTheNotebook() {
    #expect(LocalFiles.path(of: "x.csv", in: "a/b") == "a/b/x.csv")
    #expect(LocalFiles.path(of: "x.csv", in: "") == "x.csv")
    #expect(LocalFiles.path(of: "/x.csv", in: "a") == "/x.csv")
    #expect(LocalFiles.absolute("/x") == "/x")
    #expect(LocalFiles.absolute("x").hasPrefix("/") && LocalFiles.absolute("x").hasSuffix("/x"))
  }
}
