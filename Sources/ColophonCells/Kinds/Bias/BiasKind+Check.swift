package import ColophonCore
import ColophonData
import ColophonEvaluation

extension BiasKind {
  package func check(in survey: Survey) -> [Diagnostic] {
    let named = [facet?.column, group].compactMap { $0 } + features
    var found: [Diagnostic] = []
    if case .file(let file) = source {
      found = file.check(named, in: survey) + problems(of: file.knownTask, nil)
      if found.isEmpty { found = file.problems(in: survey, slices: []) }
    } else {
      guard let preview = dataCell.flatMap({ survey.preview(of: $0) }) else { return [] }
      found = named.filter { !preview.mayHave($0.value) }
        .map { .unknownColumn($0, known: preview.columns) }
      found += problems(of: preview.task.flatMap { Task(rawValue: $0)?.measured }, preview)
    }
    return found.isEmpty ? rowProblems(in: survey) : found
  }

  /// What does not fit the task, as far as it is known, or the columns' types.
  private func problems(of task: Task?, _ preview: DatasetPreview?) -> [Diagnostic] {
    var found: [Diagnostic] = []
    if let facet, let preview {
      if facet.column.value == preview.target { found.append(.facetIsTarget(facet.column)) }
      if case .ranges(_, let position) = facet.members,
        let type = preview.types[facet.column.value], type != .numeric
      {
        found.append(.rangeOfText(facet.column, type, at: position))
      }
    }
    guard let task else { return found }
    guard [.binary, .multiclass, .regression].contains(task) else {
      return found + [.biasOfOtherTask(task, at: fence)]
    }
    switch outcome?.selection {
    case .ranges(_, let position) where task != .regression:
      found.append(.outcomeForm(task, isRange: true, at: position))
    case .values(let values) where task == .regression:
      found.append(.outcomeForm(task, isRange: false, at: values[0].position))
    case nil where task != .binary: found.append(.outcomeMissing(task, at: fence))
    default: break
    }
    return found
  }

  /// What only the rows tell, where they can be read beforehand: a group that nobody or everybody
  /// belongs to, values and labels that never occur.
  private func rowProblems(in survey: Survey) -> [Diagnostic] {
    guard let facet else { return [] }
    do {
      guard let input = try input(in: survey) else { return [] }
      if tellsClasses {
        _ = try GoodAnswer(input, outcome?.selection, threshold: threshold)
      }
      _ = try Membership(input, facet, group: group?.value)
      return []
    } catch let failure as CellFailure {
      let place = failure.field.flatMap { places.nearest(to: $0) }.flatMap { places[$0] }
      return [.emptyAudit(failure, at: place ?? fence)]
    } catch {
      return []
    }
  }

  /// Whether the data has the classes that the run will know: other data than the model's may lack
  /// some.
  private var tellsClasses: Bool {
    if case .model(_, .some) = source { return false }
    return true
  }

  /// The labelled rows, without what a model will say of them.
  private func input(in survey: Survey) throws -> AuditInput? {
    if case .file(let file) = source {
      return try AuditInput(
        file: file,
        features: features.map { $0.value },
        in: survey.workshop(of: "check")
      )
    }
    guard let cell = dataCell, let dataset = survey.dataset(of: cell) else { return nil }
    return try AuditInput(dataset: dataset, named: cell, split: split)
  }
}
