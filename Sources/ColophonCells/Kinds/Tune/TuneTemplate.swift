package import ColophonCore
import ColophonData
import ColophonLearning

/// The cell whose settings a tuning varies, as it is written.
///
/// It is read anew for each configuration, so that a job is exactly the train cell that its author
/// would have written.
package struct TuneTemplate: Sendable {
  /// The cell that the author named: a train cell, or a crossvalidate cell over one.
  package let cell: String
  /// Whether the objective is measured on folds.
  package let isFolded: Bool
  /// The train cell, and its own seed where it has one.
  package let trainCell: String
  package let seed: UInt64?
  private let neighbours: [String: WrittenCell]
  /// The names of the train cell's own fields that may be tuned.
  private let ownFields: Set<String>

  /// What a template says with some settings.
  package struct Reading: Sendable {
    package var train: TrainKind
    package var folds: CrossValidateKind?
    package var configuration: Value
    /// The cells whose results enter a job's.
    package var inputs: [String]
    package var files: [String]
    package var diagnostics: [Diagnostic]
    package var fields: [FieldDescription]
    /// The hyperparameters that the author wrote.
    package var writtenHyperparameters: Set<String>
  }

  /// A setting and where it is written.
  package struct Setting: Sendable {
    package var name: Located<String>
    package var node: Node

    package init(_ name: Located<String>, _ node: Node) {
      self.name = name
      self.node = node
    }
  }

  /// Nil where there is no such cell, which the plan reports.
  init?(_ cell: String, in neighbours: [String: WrittenCell]) {
    guard let written = neighbours[cell] else { return nil }
    self.cell = cell
    self.neighbours = neighbours
    isFolded = written.kind == CrossValidateKind.name
    let named = written.entries.first { $0.key == "train" }?.value.text
    trainCell = isFolded ? named ?? cell : cell
    guard let train = neighbours[trainCell], train.kind == TrainKind.name else { return nil }
    ownFields = TuneTemplate.fields(of: train)
    seed = train.entries.first { $0.key == "seed" }.flatMap { UInt64($0.value.text) }
  }

  /// Fields of a train cell that say what is learned rather than how.
  private static let structure: Set<String> = [
    "data", "algorithm", "hyperparameters", "metrics", "debugger", "from", "mode", "checkpoint",
    "spot", "instance", "warm_pool", "round_seconds", "command", "metric_definitions", "channels",
    "files", "max_runtime", "image", "image_uri",
  ]

  /// The template with some settings.
  package func read(_ settings: [Setting] = []) -> Reading {
    var neighbours = neighbours
    if var written = neighbours[trainCell] {
      let word = written.entries.first { $0.key == "algorithm" }?.value.text
      let isFree = word == ScriptRecipe.name || word == ScriptRecipe.containerName
      for setting in settings {
        written.entries = TuneTemplate.put(
          setting,
          into: written.entries,
          ownFields,
          isFree: isFree
        )
      }
      neighbours[trainCell] = written
    }
    var train = reader(of: trainCell, neighbours)
    let kind = TrainKind(reading: &train)
    _ = CommonFields(reading: &train)
    train.finish()
    guard isFolded else {
      return reading(kind, nil, train, train.diagnostics, train.fields)
    }
    var folded = reader(of: cell, neighbours)
    let folds = CrossValidateKind(reading: &folded)
    return reading(kind, folds, folded, train.diagnostics, train.fields)
  }

  private func reading(
    _ train: TrainKind,
    _ folds: CrossValidateKind?,
    _ reader: FieldReader,
    _ diagnostics: [Diagnostic],
    _ fields: [FieldDescription]
  ) -> Reading {
    let used = reader.references.filter { $0.use == .result && $0.field != "when" }
    var configuration = reader.configuration
    for name in CommonFields.names { configuration[name] = nil }
    return Reading(
      train: train,
      folds: folds,
      configuration: .object(configuration),
      inputs: Set(used.map { $0.cell.value }).sorted(),
      files: Set(reader.files.map { $0.path.value }).sorted(),
      diagnostics: diagnostics,
      fields: fields,
      writtenHyperparameters: writtenNames
    )
  }

  private var writtenNames: Set<String> {
    let written = neighbours[trainCell]?.entries.first { $0.key == "hyperparameters" }
    return Set((written?.value.entries ?? []).map { $0.key })
  }

  private func reader(of cell: String, _ neighbours: [String: WrittenCell]) -> FieldReader {
    let written = neighbours[cell]
    var others = neighbours
    others[cell] = nil
    return FieldReader(
      written?.entries ?? [],
      context: "a \(written?.kind ?? "train") cell",
      at: written?.position ?? SourcePosition(path: "", line: 1, column: 1),
      beside: others
    )
  }

  /// The names of the train cell's own fields that may be tuned.
  private static func fields(of written: WrittenCell) -> Set<String> {
    var blank = FieldReader(written.entries, context: "", at: written.position)
    _ = TrainKind(reading: &blank)
    return Set(blank.fields.map { $0.name }).subtracting(TuneTemplate.structure)
  }

  /// Puts a setting among the hyperparameters, or where its path leads among the cell's own fields.
  private static func put(
    _ setting: Setting,
    into entries: [Node.Entry],
    _ own: Set<String>,
    isFree: Bool
  ) -> [Node.Entry] {
    let parts = isFree ? [setting.name.value] : path(setting.name.value)
    let isOwn = !isFree && parts.first.map { own.contains($0) } == true
    let root = Node(.mapping(entries), at: setting.name.position)
    let place = (isOwn ? [] : ["hyperparameters"]) + parts
    return root.putting(setting.node, at: place[...], key: setting.name.position).entries ?? entries
  }

  /// `optimizer.learning_rate` and `layers[0].dense.units` as their parts.
  private static func path(_ name: String) -> [String] {
    name.split(separator: ".").flatMap { piece -> [String] in
      let parts = piece.split(separator: "[").map { String($0) }
      return [parts[0]]
        + parts.dropFirst().map { "[" + ($0.hasSuffix("]") ? String($0.dropLast()) : $0) }
    }
  }
}

extension Node {
  /// The node with another one at a path inside; maps are made on the way.
  fileprivate func putting(
    _ node: Node,
    at path: ArraySlice<String>,
    key: SourcePosition
  ) -> Node {
    guard let first = path.first else { return node }
    var copy = self
    if first.hasPrefix("["), var items, let index = Int(first.dropFirst()),
      items.indices.contains(index)
    {
      items[index] = items[index].putting(node, at: path.dropFirst(), key: key)
      copy.content = .sequence(items)
      return copy
    }
    var entries = entries ?? []
    let blank = Node(.mapping([]), at: key)
    if let place = entries.firstIndex(where: { $0.key == first }) {
      if path.count == 1 { entries[place].keyPosition = key }
      entries[place].value = entries[place].value.putting(node, at: path.dropFirst(), key: key)
    } else {
      entries.append(
        Entry(
          key: first,
          keyPosition: key,
          value: blank.putting(node, at: path.dropFirst(), key: key)
        )
      )
    }
    copy.content = .mapping(entries)
    return copy
  }

  /// A value as if it were written at a place.
  init(_ value: Value, at position: SourcePosition, length: Int = 1) {
    let content: Content
    var text = ""
    switch value {
    case .null: content = .null
    case .boolean(let flag): (content, text) = (.boolean(flag), "\(flag)")
    case .integer(let number): (content, text) = (.integer(number), "\(number)")
    case .number(let number): (content, text) = (.number(number), shortestText(number))
    case .string(let word): (content, text) = (.string(word), word)
    case .array(let items): content = .sequence(items.map { Node($0, at: position) })
    case .object(let members):
      content = .mapping(
        members.sorted { $0.key < $1.key }.map {
          Entry(key: $0.key, keyPosition: position, value: Node($0.value, at: position))
        }
      )
    }
    self.init(content, text: text, at: position, length: length)
  }
}
