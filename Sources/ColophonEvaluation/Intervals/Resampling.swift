import ColophonCore
import Dispatch

/// Runs metrics over many weightings of the same rows.
enum Resampling {
  /// The value of each metric under each weighting; threads split the weightings and nothing else.
  ///
  /// `weigh` sets the rows' weights for one run; they come in as the run before left them.
  static func run(
    _ count: Int,
    metrics: [Metric],
    sample: Sample,
    threads: Int,
    weigh: @escaping @Sendable (_ index: Int, _ weights: inout [Double]) -> Void
  ) -> [[Double?]] {
    let (cases, threshold, options) = (sample.cases, sample.threshold, sample.options)
    let workers = max(min(threads, count), 1)
    let results = Slots(count * metrics.count)
    defer { results.values.deallocate() }
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      let sample = Sample(cases, threshold: threshold, options: options)
      for index in stride(from: worker, to: count, by: workers) {
        sample.reweight { weigh(index, &$0) }
        for (m, metric) in metrics.enumerated() {
          results.values[index * metrics.count + m] = metric.value(sample) ?? .nan
        }
      }
    }
    return metrics.indices.map { m in
      (0..<count).map { index in
        let value = results.values[index * metrics.count + m]
        return value.isNaN ? nil : value
      }
    }
  }

  /// The value of a metric for each of several samples of the same rows under each weighting.
  static func run(
    _ count: Int,
    metric: Metric,
    samples: [Sample],
    threads: Int,
    weigh: @escaping @Sendable (_ index: Int, _ weights: inout [Double]) -> Void
  ) -> [[Double?]] {
    let subjects = samples.map { ($0.cases, $0.threshold, $0.options) }
    let workers = max(min(threads, count), 1)
    let width = subjects.count
    let results = Slots(count * width)
    defer { results.values.deallocate() }
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      let samples = subjects.map { Sample($0.0, threshold: $0.1, options: $0.2) }
      var weights = Array(repeating: 1.0, count: subjects[0].0.count)
      for index in stride(from: worker, to: count, by: workers) {
        weigh(index, &weights)
        for (place, sample) in samples.enumerated() {
          sample.reweight { $0.replaceSubrange($0.indices, with: weights) }
          results.values[index * width + place] = metric.value(sample) ?? .nan
        }
      }
    }
    return (0..<width).map { place in
      (0..<count).map { index in
        let value = results.values[index * width + place]
        return value.isNaN ? nil : value
      }
    }
  }

  /// Sets the weights to those of as many rows, drawn with replacement; where rows belong together,
  /// as many units of them.
  static func draw(
    from stream: inout RandomStream,
    base: Weighting,
    units: [[Int]]? = nil,
    into weights: inout [Double]
  ) {
    if let units {
      for row in weights.indices { weights[row] = 0 }
      draws(units.count, below: units.count, from: &stream) { unit in
        for row in units[unit] { weights[row] += base[row] }
      }
      return
    }
    let count = weights.count
    weights.withUnsafeMutableBufferPointer { weights in
      weights.update(repeating: 0)
      draws(count, below: count, from: &stream) { row in weights[row] += base[row] }
    }
  }

  /// Calls `body` with what as many calls of `integer(below:)` would give.
  @inline(__always)
  static func draws(
    _ count: Int,
    below bound: Int,
    from stream: inout RandomStream,
    _ body: (Int) -> Void
  ) {
    guard bound > 0 else { return }
    let range = UInt64(bound)
    let threshold = (0 &- range) % range
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 1_024) { words in
      var drawn = 0
      while drawn < count {
        let part = UnsafeMutableBufferPointer(rebasing: words[..<min(1_024, count - drawn)])
        stream.fill(part)
        for word in part {
          let product = word.multipliedFullWidth(by: range)
          if product.low < threshold { continue }
          body(Int(product.high))
          drawn += 1
        }
      }
    }
  }
}

/// Places that threads write to, each to its own.
private struct Slots: @unchecked Sendable {
  let values: UnsafeMutableBufferPointer<Double>

  init(_ count: Int) {
    values = .allocate(capacity: count)
    values.initialize(repeating: .nan)
  }
}
