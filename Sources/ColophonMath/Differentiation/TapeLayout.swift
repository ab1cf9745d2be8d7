/// Where a tape's buffers lie in its memory.
///
/// Moment 2i + 1 is operation i's way forward; the ways back follow in reverse.
struct TapeLayout {
  struct Operation {
    var x: Int
    var y: Int
    var dx: Int?
    var dy: Int
    var work: [Int]
  }

  private(set) var values: [Int] = []
  private(set) var operations: [Operation] = []
  private(set) var outputSlope = 0
  private(set) var count = 0

  init(_ plan: NetworkPlan, capacity: Int, isTraining: Bool, threads: Int) {
    var memory = MemoryPlan()
    let chain = plan.operations
    let end = 4 * chain.count + 4
    func forward(_ i: Int) -> Int { 2 * i + 1 }
    func backward(_ i: Int) -> Int { end - 2 * i - 1 }
    let buffers = (chain.flatMap { [$0.input.index, $0.output.index] } + [plan.input.index]).max()
    values = [Int](repeating: 0, count: (buffers ?? 0) + 1)
    values[plan.input.index] = memory.place(capacity * plan.input.count, from: 0, through: end)
    for (i, operation) in chain.enumerated() {
      let isLast = i == chain.count - 1
      let last = isTraining || isLast ? end : forward(i + 1)
      values[operation.output.index] = memory.place(
        capacity * operation.output.count,
        from: forward(i),
        through: last
      )
    }
    // The first operation that learns, or is behind one that does: what is before needs no slope.
    let first = chain.firstIndex { $0.parameters.contains { $0.role.isLearned } } ?? 0
    var slopes = [Int](repeating: 0, count: chain.count + 1)
    for i in chain.indices.reversed() where isTraining {
      slopes[i + 1] = memory.place(
        capacity * chain[i].output.count,
        from: i == chain.count - 1 ? 2 * chain.count + 1 : backward(i + 1),
        through: backward(i)
      )
    }
    for (i, operation) in chain.enumerated() {
      let work = operation.work(rows: capacity, threads: threads, isTraining: isTraining)
      let until = isTraining ? backward(i) : forward(i)
      operations.append(
        Operation(
          x: values[operation.input.index],
          y: values[operation.output.index],
          dx: isTraining && i > first ? slopes[i] : nil,
          dy: slopes[i + 1],
          work: work.map { memory.place($0, from: forward(i), through: until) }
        )
      )
    }
    outputSlope = slopes[chain.count]
    count = memory.count
  }
}
