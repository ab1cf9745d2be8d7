package import ColophonCore

/// What a gate found, with everything that it looked at.
package struct GateDecision: Codable, Hashable, Sendable {
  /// One condition and how it ended.
  package struct Condition: Codable, Hashable, Sendable {
    /// `approve_if` or `reject_if`.
    package var list: String
    package var text: String
    package var holds: Bool
    /// The values that it read, by path, as they are printed.
    package var readings: [String: String]

    package init(list: String, text: String, holds: Bool, readings: [String: String]) {
      self.list = list
      self.text = text
      self.holds = holds
      self.readings = readings
    }
  }

  /// The version that was in production, as far as conditions read it.
  package struct Champion: Codable, Hashable, Sendable {
    package var version: Int
    package var status: String
    package var model: String
    /// What conditions asked for, by the path after `champion.`.
    package var values: [String: Value]

    package init(version: Int, status: String, model: String, values: [String: Value] = [:]) {
      self.version = version
      self.status = status
      self.model = model
      self.values = values
    }

    /// The value of a path whose first segment is `champion`.
    package func value(at path: ValuePath) -> Value? {
      switch GateDecision.Champion.key(path) {
      case "version": .integer(version)
      case "status": .string(status)
      case "model": .string(model)
      case let key: values[key]
      }
    }

    /// The text of a path without `champion.`.
    package static func key(_ path: ValuePath) -> String {
      String(path.description.dropFirst(path.cell.count + 1))
    }
  }

  package var status: VersionStatus
  /// One sentence that says why.
  package var reason: String
  package var conditions: [Condition]
  package var champion: Champion?
  /// Whether the gate may decide by itself; else it recommends, and a person decides.
  package var isBinding: Bool
  /// The alias that the version got with its approval.
  package var alias: String?

  package init(
    status: VersionStatus,
    reason: String,
    conditions: [Condition] = [],
    champion: Champion? = nil,
    isBinding: Bool = true
  ) {
    self.status = status
    self.reason = reason
    self.conditions = conditions
    self.champion = champion
    self.isBinding = isBinding
  }

  package func text() throws -> String { try Value(encoding: self).canonicalText }

  package init(text: String) throws { self = try Value(json: text.utf8).decode() }
}
