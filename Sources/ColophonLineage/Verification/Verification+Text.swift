package import ColophonCore

extension Verification {
  /// A line for each cell, then one sentence that says how it ended.
  package var text: String {
    let width = lines.map { $0.verdict.name.count }.max() ?? 0
    let rows = lines.map { line -> String in
      let padding = String(repeating: " ", count: width - line.verdict.name.count + 2)
      let detail = line.verdict.detail.map { ": \($0)" } ?? ""
      return line.verdict.name + padding + line.cell + detail
    }
    return (rows + [summary]).joined(separator: "\n") + "\n"
  }

  /// How it ended, in one sentence.
  package var summary: String {
    guard let first = firstDifference else {
      if pageIsAltered {
        return "all \(lines.count) cells are identical, "
          + "but the page is not the one that they make: it was edited"
      }
      let near = lines.filter { $0.verdict == .withinTolerance }.count
      let all = "all \(lines.count) cells are confirmed"
      return near == 0 ? all : "\(all), \(near) of them within tolerance"
    }
    let detail = first.verdict.detail.map { ": \($0)" } ?? ""
    return "the first cell that differs is '\(first.cell)' (\(first.verdict.name)\(detail))"
  }

  /// The same with the same names, for scripts.
  package var value: Value {
    [
      "passed": .boolean(passed),
      "page": pageIsAltered ? "different" : "identical",
      "first": firstDifference.map { .string($0.cell) } ?? .null,
      "cells": .array(lines.map { $0.value }),
    ]
  }
}

extension Verification.Line {
  fileprivate var value: Value {
    var members: [String: Value] = ["cell": .string(cell), "verdict": .string(verdict.name)]
    switch verdict {
    case .identical, .withinTolerance: break
    case .different(let path, let was, let now):
      members["path"] = .string(path)
      members["was"] = .string(was)
      members["now"] = .string(now)
    case .inputMissing(let file): members["file"] = .string(file)
    case .notRun(let why): members["why"] = .string(why)
    }
    return .object(members)
  }
}
