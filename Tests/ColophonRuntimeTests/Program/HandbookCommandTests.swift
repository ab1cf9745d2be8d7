import ColophonTestSupport
import Foundation
import Testing

/// The commands that the handbook's chapters show, run after their notebook: each prints what the
/// chapter says it prints.
///
/// A listing marked `console` holds commands after `$ ` and under each what it prints, standard
/// output first. Times, the journal's digests and digests of models differ from run to run or from
/// version to version; both sides are compared without them.
@Suite struct HandbookCommands {
  static let names = ["registry", "audit"]

  struct Step {
    var command: String
    var expected: String
  }

  /// The commands of a notebook's listings, in order.
  static func steps(_ text: String) -> [Step] {
    var steps: [Step] = []
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "```console" {
        isInside = true
      } else if line.hasPrefix("```") {
        isInside = false
      } else if isInside, line.hasPrefix("$ ") {
        steps.append(Step(command: String(line.dropFirst(2)), expected: ""))
      } else if isInside, !steps.isEmpty {
        steps[steps.count - 1].expected += line + "\n"
      }
    }
    return steps
  }

  /// The text without what can't repeat, its runs of spaces as one; the chapters were written by
  /// the account `root`.
  static func plain(_ text: String) -> String {
    text
      .replacing(#/\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d\.\d{3}Z)?/#, with: "TIME")
      .replacing(#/\b[0-9a-f]{64}\b/#, with: "DIGEST")
      .replacing(#/\bkey [0-9a-f]{16}\b/#, with: "key FINGERPRINT")
      .replacing(#/\b([0-9a-f]{8}|[0-9a-f]{4} [0-9a-f]{4}|MODEL\d)\b/#, with: "DIGEST")
      .replacing(#/\(\d+(\.\d+)? [KM]?i?B\)/#, with: "(SIZE)")
      .replacing(#/\bpages? \d+(, \d+)* (was|were)\b/#, with: "PAGES were")
      .replacing(" \(NSUserName()) ", with: " root ")
      .replacing(#/ +/#, with: " ")
      .replacing(" \n", with: "\n")
  }

  @Test(arguments: names)
  func printWhatTheChapterSays(name: String) throws {
    let folder = try ProjectFolder()
    try FileManager.default.copyItem(
      atPath: "\(Repository.root)/notebooks",
      toPath: folder["notebooks"]
    )
    let ran = try folder.colophon("run", "notebooks/\(name).md", "--progress", "json")
    try #require(ran.status == 0, "\(ran.error)")
    let steps = HandbookCommands.steps(try folder.text("notebooks/\(name).md"))
    try #require(steps.count > 4)
    let programs = URL(filePath: Program.path).deletingLastPathComponent().path
    let shell = ProcessRunner(
      "/bin/sh",
      in: folder.path,
      environment: [
        "PATH": "\(programs):/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8",
      ]
    )
    for step in steps {
      let ending = try shell.run(["-c", step.command])
      #expect(
        HandbookCommands.plain(ending.output + ending.error)
          == HandbookCommands.plain(step.expected),
        "\(step.command)"
      )
    }
  }
}
