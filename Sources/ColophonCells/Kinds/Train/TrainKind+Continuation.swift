import ColophonCore
import ColophonData
import ColophonLearning

extension FieldReader {
  /// The algorithms that `mode: transfer` and `freeze` are for.
  private static let transferring = ["mlp", "cnn", "rnn"]

  /// `from: MODEL` with `mode: incremental | transfer`; nil where there is nothing to go on from.
  mutating func continuation(
    of type: (any Algorithm.Type)?,
    _ terms: inout TransferTerms
  ) -> Reference<TrainedModel>? {
    let model = reference(
      "from",
      to: TrainedModel.self,
      "The cell whose model learning goes on from, on new data of the same schema."
    )
    let mode = choice(
      "mode",
      of: ["incremental", "transfer"],
      "How it goes on: incremental (the default) keeps what was learned and adds to it; transfer, for "
        + "networks, takes layers over to another target."
    )
    let frozen = strings("freeze", "Layers of a network that are taken over and not trained.")
    let weights = weightsFile(of: type, &terms)
    terms.file = weights?.value
    terms.isTransfer = mode?.value == "transfer"
    terms.frozen = frozen.map { $0.value }
    if model == nil {
      for name in weights == nil ? ["mode", "freeze"] : ["mode"] where has(name) {
        report(.nothingToGoOnFrom(name, at: position(of: name)))
      }
      return nil
    }
    if let weights { report(.twoOrigins(weights)) }
    if mode == nil { resolve("mode", to: .string("incremental")) }
    guard let type else { return model }
    let takers = FieldReader.transferring
    if mode?.value == "transfer", !takers.contains(type.name) {
      report(.notTransferring("mode: transfer", type.name, takers, at: position(of: "mode")))
      return nil
    }
    if !frozen.isEmpty, !takers.contains(type.name) {
      report(.notTransferring("freeze", type.name, takers, at: position(of: "freeze")))
      return nil
    }
    if !type.canContinue {
      let fault = TrainingFault.cannotContinue(type.name)
      report(
        Diagnostic(
          .error,
          fault.code,
          at: position(of: "from"),
          length: model?.cell.value.utf8.count ?? 1,
          fault.message,
          hint: fault.hint
        )
      )
      return nil
    }
    return model
  }
}

extension FieldReader {
  /// `weights: FILE`, or `{file, names: {LAYER: NAME}}`.
  private mutating func weightsFile(
    of type: (any Algorithm.Type)?,
    _ terms: inout TransferTerms
  ) -> Located<String>? {
    let fields = [
      FieldDescription(
        name: "file",
        type: .file,
        isRequired: true,
        documentation: "A safetensors file, or an ONNX file with initialisers."
      ),
      FieldDescription(
        name: "names",
        type: .map(.string),
        isRequired: false,
        documentation: "Under which name the file keeps a layer's weights, where that is another."
      ),
    ]
    guard
      let node = node(
        "weights",
        .union([.file, .section(fields)]),
        "A file of weights that a network's layers of the same name and shape begin with."
      )
    else { return nil }
    if let type, !(type is any NetworkAlgorithm.Type) {
      report(.networkField("weights", type.name, at: node.position))
      return nil
    }
    guard let entries = node.entries else {
      guard node.isScalar, node.content != .null else {
        report(.wrongType("weights", expected: "a file", found: node))
        return nil
      }
      let file = Located(node.text, at: node.position)
      use(file: file, in: "weights")
      return file
    }
    var inner = FieldReader(entries, context: "'weights'", at: node.position)
    let file = inner.file("file", required: true, fields[0].documentation)
    let names = inner.map("names", of: .string, fields[1].documentation) { reader, entry in
      if !entry.value.isScalar {
        reader.report(.wrongType(entry.key, expected: "a name", found: entry.value))
      }
      return entry.value.text
    }
    inner.finish()
    absorb(inner)
    terms.names = Dictionary(names.map { ($0.key.value, $0.value) }) { first, _ in first }
    return file
  }
}

extension TrainKind {
  /// The data in the form of a model's own: raw rows go through the steps that the model's data went
  /// through, as they were fitted then.
  ///
  /// - Throws: `DataFaults` where the data went through other steps.
  func inForm(
    of initial: TrainedModel?,
    _ dataset: Dataset,
    _ workshop: Workshop
  ) throws -> Dataset {
    guard let digest = initial?.data else { return dataset }
    let old: Dataset
    do { old = try workshop.load(Dataset.self, digest: digest) } catch is CellFailure {
      return dataset
    }
    if old.preparation == nil, dataset.preparation == nil { return dataset }
    return try (old.preparation ?? Preparation(source: nil, steps: [])).complete(dataset)
  }

  /// `from`, `rounds_before`, `rounds_after` and `drift.COLUMN`.
  var continuationValues: [PathPattern] {
    initial == nil ? [] : ["from", "rounds_before", "rounds_after", "drift.*"]
  }

  /// What the recipes tell of a model that the job can't go on from.
  func continuationProblems(in survey: Survey) -> [TrainingFault] {
    guard let initial, let type,
      let first = survey.recipe(of: initial.cell.value) as? TrainKind, let firstType = first.type
    else { return [] }
    if firstType.name != type.name { return [.otherAlgorithm(type.name, was: firstType.name)] }
    if transfer.isTransfer { return [] }
    guard let cell = dataCell, let before = first.dataCell, cell != before,
      let new = survey.preview(of: raw(cell, in: survey)),
      let old = survey.preview(of: raw(before, in: survey))
    else { return [] }
    if new.target != old.target { return [.otherTarget(new.target, was: old.target)] }
    if let task = new.task.flatMap({ Task(rawValue: $0) }),
      let was = old.task.flatMap({ Task(rawValue: $0) }), task != was
    {
      return [.otherTask(task, was: was)]
    }
    return columnProblems(new, old)
  }

  /// The data before all preparation: a model's own preparation is applied to raw rows.
  private func raw(_ cell: String, in survey: Survey) -> String {
    var (cell, seen) = (cell, Set<String>())
    while seen.insert(cell).inserted,
      let kind = survey.recipe(of: cell) as? any PreparesDataset,
      let next = kind.preparedCell?.value
    {
      cell = next
    }
    return cell
  }

  private func columnProblems(_ new: DatasetPreview, _ old: DatasetPreview) -> [TrainingFault] {
    // Where only the rows tell which columns there are, the run compares them.
    guard new.families.isEmpty, old.families.isEmpty else { return [] }
    let (mine, its) = (features(of: new), features(of: old))
    let lacking = its.filter { !mine.contains($0) }
    let added = mine.filter { !old.columns.contains($0) }
    return lacking.isEmpty && added.isEmpty ? [] : [.otherColumns(lacking: lacking, added: added)]
  }

  /// The columns that are no role and not declared to be no feature.
  private func features(of preview: DatasetPreview) -> [String] {
    preview.columns.filter { name in
      if preview.role(of: name) != nil { return false }
      switch preview.types[name] {
      case .ignore, .text, .time: return false
      default: return true
      }
    }
  }
}

extension Diagnostic {
  static func twoOrigins(_ file: Located<String>) -> Diagnostic {
    Diagnostic(
      .error,
      TrainingFault.continuation,
      at: file.position,
      length: file.value.utf8.count,
      "a network begins with the weights of 'from' or those of a file, not both",
      hint: "leave one out"
    )
  }

  static func nothingToGoOnFrom(_ field: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      TrainingFault.continuation,
      at: position,
      "'\(field)' has no effect without 'from'",
      hint: "name the cell whose model learning goes on from, or leave it out"
    )
  }

  static func notTransferring(
    _ what: String,
    _ algorithm: String,
    _ takers: [String],
    at position: SourcePosition
  ) -> Diagnostic {
    let names = takers.dropLast().joined(separator: ", ") + " and " + (takers.last ?? "")
    return Diagnostic(
      .error,
      TrainingFault.continuation,
      at: position,
      "'\(what)' is for networks (\(names)), and the algorithm is \(algorithm)",
      hint: "leave it out"
    )
  }
}
