/// One step of a compiled pattern.
enum PatternInstruction: Hashable, Sendable {
  case one(ScalarSet)
  /// Goes on at both; the first is preferred.
  case split(Int, Int)
  case jump(Int)
  case save(Int)
  case start
  case end
  case boundary(isThere: Bool)
  case match
}

/// Turns a tree into steps.
struct PatternCompiler {
  private(set) var program: [PatternInstruction] = []
  /// The most steps, which bounds the time that a line can take.
  private static let limit = 20_000

  mutating func compile(_ tree: PatternTree) throws(PatternProblem) {
    program = [.save(0)]
    try emit(tree)
    program += [.save(1), .match]
  }

  private mutating func emit(_ tree: PatternTree) throws(PatternProblem) {
    if program.count > PatternCompiler.limit {
      throw PatternProblem("the pattern is too long once its counts are written out", at: 0)
    }
    switch tree {
    case .empty: break
    case .one(let set): program.append(.one(set))
    case .start: program.append(.start)
    case .end: program.append(.end)
    case .boundary(let isThere): program.append(.boundary(isThere: isThere))
    case .sequence(let parts): for part in parts { try emit(part) }
    case .group(let number, let inner):
      program.append(.save(2 * number))
      try emit(inner)
      program.append(.save(2 * number + 1))
    case .choice(let choices): try emit(choices[...])
    case .repeated(let inner, let least, let most, let isGreedy):
      for _ in 0..<least { try emit(inner) }
      guard let most else { return try emitLoop(inner, isGreedy) }
      try emitOptional(inner, max(0, most - least), isGreedy)
    }
  }

  private mutating func emit(_ choices: ArraySlice<PatternTree>) throws(PatternProblem) {
    guard let first = choices.first else { return }
    if choices.count == 1 { return try emit(first) }
    let split = program.count
    program.append(.match)
    try emit(first)
    let jump = program.count
    program.append(.match)
    program[split] = .split(split + 1, program.count)
    try emit(choices.dropFirst())
    program[jump] = .jump(program.count)
  }

  private mutating func emitLoop(
    _ inner: PatternTree,
    _ isGreedy: Bool
  ) throws(PatternProblem) {
    let split = program.count
    program.append(.match)
    try emit(inner)
    program.append(.jump(split))
    let after = program.count
    program[split] = isGreedy ? .split(split + 1, after) : .split(after, split + 1)
  }

  private mutating func emitOptional(
    _ inner: PatternTree,
    _ count: Int,
    _ isGreedy: Bool
  ) throws(PatternProblem) {
    var splits: [Int] = []
    for _ in 0..<count {
      splits.append(program.count)
      program.append(.match)
      try emit(inner)
    }
    let after = program.count
    for split in splits {
      program[split] = isGreedy ? .split(split + 1, after) : .split(after, split + 1)
    }
  }
}

/// Follows all ways through a program at once, the preferred ones first.
struct PatternMachine {
  private struct Thread {
    var step: Int
    var slots: [Int?]
  }

  private let program: [PatternInstruction]
  private let slotCount: Int

  init(_ program: [PatternInstruction], slots: Int) {
    self.program = program
    slotCount = slots
  }

  /// Where the leftmost match and its groups begin and end, in scalars.
  func search(_ text: Substring) -> [Int?]? {
    let scalars = text.unicodeScalars.map { $0.value }
    var threads: [Thread] = []
    var found: [Int?]?
    var marks = [Int](repeating: -1, count: program.count)
    for place in 0...scalars.count {
      var next: [Thread] = []
      if found == nil {
        add(
          Thread(step: 0, slots: [Int?](repeating: nil, count: slotCount)),
          place,
          scalars,
          &threads,
          &marks
        )
      }
      if found != nil, threads.isEmpty { break }
      var isOver = false
      var nextMarks = [Int](repeating: -1, count: program.count)
      for thread in threads where !isOver {
        switch program[thread.step] {
        case .one(let set):
          guard place < scalars.count, set.contains(scalars[place]) else { continue }
          add(
            Thread(step: thread.step + 1, slots: thread.slots),
            place + 1,
            scalars,
            &next,
            &nextMarks
          )
        case .match:
          found = thread.slots
          isOver = true
        default: continue
        }
      }
      threads = next
      marks = nextMarks
    }
    return found
  }

  /// Adds the steps that a thread reaches without reading, each once, the preferred first.
  private func add(
    _ thread: Thread,
    _ place: Int,
    _ scalars: [UInt32],
    _ list: inout [Thread],
    _ marks: inout [Int]
  ) {
    var open = [thread]
    while var thread = open.popLast() {
      guard marks[thread.step] != place else { continue }
      marks[thread.step] = place
      switch program[thread.step] {
      case .jump(let target): open.append(Thread(step: target, slots: thread.slots))
      case .split(let first, let second):
        open.append(Thread(step: second, slots: thread.slots))
        open.append(Thread(step: first, slots: thread.slots))
      case .save(let slot):
        thread.slots[slot] = place
        open.append(Thread(step: thread.step + 1, slots: thread.slots))
      case .start where place == 0, .end where place == scalars.count:
        open.append(Thread(step: thread.step + 1, slots: thread.slots))
      case .boundary(let isThere) where isBoundary(place, scalars) == isThere:
        open.append(Thread(step: thread.step + 1, slots: thread.slots))
      case .start, .end, .boundary: continue
      case .one, .match: list.append(thread)
      }
    }
  }

  private func isBoundary(_ place: Int, _ scalars: [UInt32]) -> Bool {
    let word = ScalarSet.escaped("w") ?? ScalarSet([])
    let before = place > 0 && word.contains(scalars[place - 1])
    let after = place < scalars.count && word.contains(scalars[place])
    return before != after
  }
}
