import ColophonCore

/// Takes one parent's trials into another space, and keeps count of what is lost.
struct TrialMapping {
  private let mode: WarmStart.Mode
  private let parent: ParentTuning
  private let space: SearchSpace
  private let oldNames: [String: String]
  private let fixed: [String: Value]
  /// Hyperparameters that the parent tuned and this space lacks, sorted.
  private let dropped: [String]
  private var outside: [String: Int] = [:]
  private var differing: [String: Int] = [:]
  private var unknown: [String: Int] = [:]
  private var unobserved = 0

  init(
    _ mode: WarmStart.Mode,
    _ parent: ParentTuning,
    into space: SearchSpace,
    renamed: [String: String],
    fixed: [String: Value]
  ) {
    self.mode = mode
    self.parent = parent
    self.space = space
    self.fixed = fixed
    let pairs = renamed.sorted { $0.key < $1.key }.map { ($1, $0) }
    let oldNames = Dictionary(pairs) { first, _ in first }
    self.oldNames = oldNames
    let taken = Set(space.ranges.map { range in oldNames[range.name] ?? range.name })
    dropped = parent.space.ranges.map { $0.name }.filter { !taken.contains($0) }.sorted()
  }

  /// The trial with its configuration in this space; nil where it says nothing about it.
  mutating func map(_ trial: Trial) -> Trial? {
    guard trial.isObserved else {
      unobserved += 1
      return nil
    }
    for name in dropped where mode == .identical {
      // What is fixed here must have been the same there, or the result is another one.
      guard let here = fixed[name], trial.configuration[name] == here else {
        differing[name, default: 0] += 1
        return nil
      }
    }
    var values: [String: Value] = [:]
    for range in space.ranges where space.isActive(range, in: values) {
      let old = oldNames[range.name] ?? range.name
      if let value = trial.configuration[old] ?? parent.fixed[old] {
        guard let place = range.place(of: value) else {
          outside[range.name, default: 0] += 1
          return nil
        }
        // As the range itself writes it: 1 and 1.0 are one configuration.
        values[range.name] = range.isExact ? value : range.value(at: place)
        if case .continuous = range.kind { values[range.name] = value.asNumber.map { .number($0) } }
      } else {
        unknown[range.name, default: 0] += 1
        if mode == .identical { return nil }
        values[range.name] = range.value(at: 0.5)
      }
    }
    var mapped = trial
    mapped.configuration = Configuration(values)
    return mapped
  }

  /// What was said and lost, by kind and in the order of the ranges.
  func notes() -> [WarmStartNote] {
    var notes: [WarmStartNote] = []
    func add(_ kind: WarmStartNote.Kind, _ name: String?, _ count: Int, _ text: String) {
      notes.append(
        .init(parent: parent.name, kind: kind, parameter: name, leftOut: count, text: text)
      )
    }
    let tuned = Set(parent.space.ranges.map { $0.name })
    for range in space.ranges {
      let old = oldNames[range.name] ?? range.name
      if old != range.name, tuned.contains(old) {
        add(.renamed, range.name, 0, "\(old) is \(range.name) here")
      }
      if !tuned.contains(old) { addition(range.name, old, add) }
      if let count = outside[range.name] {
        add(.outside, range.name, count, "\(trials(count)) outside of the range of \(range.name)")
      }
    }
    for name in dropped { drop(name, add) }
    if unobserved > 0 {
      add(.unobserved, nil, unobserved, "\(trials(unobserved)) without an objective")
    }
    return notes
  }

  private func addition(
    _ name: String,
    _ old: String,
    _ add: (WarmStartNote.Kind, String?, Int, String) -> Void
  ) {
    if let value = parent.fixed[old] {
      add(.added, name, 0, "\(name) was not tuned there; it was \(value.plain) in every trial")
    } else if let count = unknown[name] {
      mode == .identical
        ? add(.added, name, count, "\(trials(count)) with an unknown value of \(name)")
        : add(.added, name, 0, "\(name) is unknown there; its middle is assumed")
    }
  }

  private func drop(
    _ name: String,
    _ add: (WarmStartNote.Kind, String?, Int, String) -> Void
  ) {
    if mode == .transfer {
      add(.dropped, name, 0, "\(name) is not tuned here; its values there are ignored")
    } else if let here = fixed[name] {
      let count = differing[name] ?? 0
      add(
        .dropped,
        name,
        count,
        "\(name) is \(here.plain) here: \(trials(count)) with another value"
      )
    } else {
      add(.dropped, name, differing[name] ?? 0, "\(name) is not tuned here, nor is its value known")
    }
  }

  private func trials(_ count: Int) -> String { count == 1 ? "1 trial" : "\(count) trials" }
}

extension Value {
  /// The value as a reader knows it.
  var plain: String {
    switch self {
    case .string(let text): text
    case .integer(let value): String(value)
    case .number(let value): "\(value)"
    case .boolean(let value): value ? "true" : "false"
    default: kindName
    }
  }
}
