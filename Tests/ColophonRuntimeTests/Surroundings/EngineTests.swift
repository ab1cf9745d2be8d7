import ColophonCore
import ColophonRuntime
import ColophonTestSupport
import Foundation
import Testing

@Suite struct EngineIdentity {
  /// The build is the linker's note where the program has one, else the whole file.
  @Test func isTheLinkersNoteOrTheFile() throws {
    let file = try [UInt8](Data(contentsOf: URL(filePath: "/proc/self/exe")))
    // A slow reading of the note: name of 4 bytes, some content, type 3, "GNU".
    let head = file.prefix(1 << 16)
    var identifier: [UInt8]?
    for place in stride(from: 0, to: head.count - 36, by: 4) where identifier == nil {
      guard head[place..<place + 4].elementsEqual([4, 0, 0, 0]),
        head[place + 8..<place + 16].elementsEqual([3, 0, 0, 0, 0x47, 0x4E, 0x55, 0])
      else { continue }
      identifier = Array(head[(place + 16)...].prefix(Int(head[place + 4])))
    }
    #expect(Engine.build == Digest(of: identifier ?? file))
  }

  @Test func changesWithTheProgramAndNotWithItsName() throws {
    let folder = try ProjectFolder.study()
    try folder.colophon("run", "study.md")
    // The same program under another name keeps every result.
    // A child copies it: a file that this process has open for writing can't be run by any thread.
    _ = try ProcessRunner("/bin/cp", in: folder.path).run([Program.path, "renamed"])
    var runner = folder.runner()
    runner.program = folder["renamed"]
    let ending = try runner.run(["run", "study.md"])
    #expect(ending.output.contains("0 ran, 7 kept"), "\(ending.error)")
  }

  @Test func hasAVersionThatTheProgramPrints() throws {
    let ending = try ProjectFolder().colophon("--version")
    #expect(ending.output == "colophon \(Engine.version)\n")
  }

  @Test func knowsInstructionSetsByName() {
    #expect(Engine.instructionSets.first == "scalar")
    #expect(!Engine.use(instructionSet: "mmx"))
  }
}
