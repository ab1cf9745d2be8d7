import ColophonCore

/// Which way the prediction may go as a feature grows: 1 up, -1 down, 0 either way.
package enum MonotoneConstraints: Hashable, Sendable {
  /// One for each feature, in order.
  case ordered([Int])
  /// By a feature's name, or by its column's.
  case named([String: Int])

  /// The library's text, such as `(1,0,-1)`.
  func text(_ features: [String]) throws -> String {
    let signs: [Int]
    switch self {
    case .ordered(let given):
      guard given.count == features.count else {
        throw TrainingFault.constraints(
          "monotone_constraints",
          given: given.count,
          features: features.count
        )
      }
      signs = given
    case .named(let given):
      for name in given.keys.sorted() where !features.contains(where: { matches($0, name) }) {
        throw TrainingFault.constraintFeature(name, in: "monotone_constraints", known: features)
      }
      signs = features.map { feature in
        given[feature] ?? given.first { matches(feature, $0.key) }?.value ?? 0
      }
    }
    return "(\(signs.map { String($0) }.joined(separator: ",")))"
  }
}

/// Which features may meet in one tree's branch: lists of names or of positions.
package struct InteractionConstraints: Hashable, Sendable {
  package enum Member: Hashable, Sendable {
    case position(Int)
    case name(String)
  }
  package var groups: [[Member]]

  /// The library's text, such as `[[0,1],[2,3]]`.
  func text(_ features: [String]) throws -> String {
    let lists = try groups.map { group in
      let positions = try group.flatMap { member -> [Int] in
        switch member {
        case .position(let position):
          guard features.indices.contains(position) else {
            throw TrainingFault.constraintFeature(
              "\(position)",
              in: "interaction_constraints",
              known: features
            )
          }
          return [position]
        case .name(let name):
          let found = features.indices.filter { matches(features[$0], name) }
          guard !found.isEmpty else {
            throw TrainingFault.constraintFeature(
              name,
              in: "interaction_constraints",
              known: features
            )
          }
          return found
        }
      }
      return "[\(positions.map { String($0) }.joined(separator: ","))]"
    }
    return "[\(lists.joined(separator: ","))]"
  }
}

/// Whether a feature bears a name: its own, or that of the category column it came from.
private func matches(_ feature: String, _ name: String) -> Bool {
  feature == name || feature.hasPrefix(name + "=")
}

extension XGBoostReader {
  /// A list of signs, a text such as `(1,0,-1)`, or a map from feature to sign.
  mutating func readMonotone(booster: String) -> MonotoneConstraints? {
    let name = "monotone_constraints"
    let sign = FieldType.integer(-1...1)
    guard
      let node = fields.node(
        name,
        .union([.list(sign), .map(sign), .string]),
        "For features by name or in order: 1 where the prediction may only grow, -1 only fall, 0 either."
      ), acceptsConstraint(name, booster)
    else { return nil }
    if let entries = node.entries {
      let signs = entries.compactMap { entry in self.sign(entry.value).map { (entry.key, $0) } }
      return .named(Dictionary(signs) { first, _ in first })
    }
    if let items = node.items { return .ordered(items.compactMap { self.sign($0) }) }
    let words = node.text.filter { !"() ".contains($0) }.split(separator: ",")
    let signs = words.compactMap { Int($0) }
    guard signs.count == words.count, signs.allSatisfy({ (-1...1).contains($0) }) else {
      fields.report(.wrongType(name, expected: "signs such as (1,0,-1)", found: node))
      return nil
    }
    return .ordered(signs)
  }

  private mutating func sign(_ node: Node) -> Int? {
    if case .integer(let sign) = node.content, (-1...1).contains(sign) { return sign }
    fields.report(.wrongType("monotone_constraints", expected: "1, 0 or -1", found: node))
    return nil
  }

  /// A list of lists of features, each by name or position; or the same as a text.
  mutating func readInteractions(booster: String) -> InteractionConstraints? {
    let name = "interaction_constraints"
    guard
      let node = fields.node(
        name,
        .union([.list(.list(.string)), .string]),
        "Lists of features, by name or position, that may meet in one branch of a tree."
      ), acceptsConstraint(name, booster)
    else { return nil }
    if node.items == nil, let value = try? Value(json: node.text.utf8), let lists = value.asArray {
      let groups = lists.compactMap { $0.asArray?.compactMap { member($0) } }
      if groups.count == lists.count { return InteractionConstraints(groups: groups) }
    }
    guard let items = node.items, items.allSatisfy({ $0.items != nil }) else {
      fields.report(.wrongType(name, expected: "a list of lists of features", found: node))
      return nil
    }
    let groups = items.map { ($0.items ?? []).compactMap { member($0.value) } }
    return InteractionConstraints(groups: groups)
  }

  private func member(_ value: Value) -> InteractionConstraints.Member? {
    switch value {
    case .integer(let position): .position(position)
    case .string(let name): .name(name)
    default: nil
    }
  }

  private mutating func acceptsConstraint(_ name: String, _ booster: String) -> Bool {
    let condition = Condition.booster(booster, is: "gbtree", "dart")
    if !condition.holds {
      fields.report(.parameterNeeds(name, condition.words, at: fields.position(of: name)))
    }
    return condition.holds
  }
}
