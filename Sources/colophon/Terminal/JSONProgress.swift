import ColophonCore
import ColophonRuntime

/// A JSON object a line on standard error, with the names of the report's own JSON.
struct JSONProgress: RunObserver {
  func observe(_ event: RunEvent) {
    Console.error(Value.object(members(event)).canonicalText + "\n")
  }

  /// A finding, with the names of `--format json`.
  static func line(_ diagnostic: Diagnostic) -> String {
    var members = diagnostic.value.asObject ?? [:]
    members["event"] = "diagnostic"
    return Value.object(members).canonicalText + "\n"
  }

  private func members(_ event: RunEvent) -> [String: Value] {
    switch event {
    case .planned(let cells):
      return ["event": "planned", "cells": .array(cells.map { .string($0) })]
    case .started(let cell, let kind, let why, let last):
      var members: [String: Value] = [
        "event": "started", "cell": .string(cell), "kind": .string(kind), "why": .string(why),
      ]
      if let last { members["last_seconds"] = .number(last) }
      return members
    case .resumed(let cell, let fraction, let note):
      return [
        "event": "resumed", "cell": .string(cell), "fraction": .number(fraction),
        "note": .string(note),
      ]
    case .progress(let cell, let fraction, let note):
      return [
        "event": "progress", "cell": .string(cell), "fraction": .number(fraction),
        "note": .string(note),
      ]
    case .finished(let cell, let kind, let status, let why, let seconds):
      return [
        "event": "finished", "cell": .string(cell), "kind": .string(kind),
        "status": .string(status.rawValue), "why": .string(why), "seconds": .number(seconds),
      ]
    }
  }
}
