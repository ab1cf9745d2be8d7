package import ColophonCore

/// One hyperparameter and where it may lie.
package struct ParameterRange: Hashable, Sendable {
  /// What kind of values there are.
  package enum Kind: Hashable, Sendable {
    case continuous(lower: Double, upper: Double, Scaling)
    case integer(lower: Int, upper: Int, Scaling)
    case categorical([Value])
  }

  package var name: String
  package var kind: Kind
  /// The parameter counts only where another, categorical one has one of some values.
  package var condition: RangeCondition?

  package init(_ name: String, _ kind: Kind, when condition: RangeCondition? = nil) {
    self.name = name
    self.kind = kind
    self.condition = condition
  }

  /// How many values there are; nil for a continuum.
  package var count: Int? {
    switch kind {
    case .continuous(let lower, let upper, _): lower == upper ? 1 : nil
    case .integer(let lower, let upper, _): upper - lower + 1
    case .categorical(let values): values.count
    }
  }

  /// Whether its values are told apart as they are written, rather than by their size.
  var isExact: Bool { if case .categorical = kind { true } else { false } }

  /// The value at a place from 0 to 1.
  ///
  /// An integer owns an equal stretch of its scale from half below it to half above; a category an
  /// equal part of the interval.
  package func value(at place: Double) -> Value {
    let u = min(max(place, 0), 1)
    switch kind {
    case .continuous(let lower, let upper, let scaling):
      let scale = scaling.resolved(lower, upper)
      let (a, b) = (scale.forward(lower), scale.forward(upper))
      return .number(min(max(scale.backward(a + (b - a) * u), lower), upper))
    case .integer(let lower, let upper, let scaling):
      let scale = scaling.resolved(Double(lower), Double(upper))
      let a = scale.forward(Double(lower) - 0.5)
      let b = scale.forward(Double(upper) + 0.5)
      let whole = scale.backward(a + (b - a) * u).rounded()
      return .integer(min(max(Int(whole), lower), upper))
    case .categorical(let values):
      return values[min(Int(u * Double(values.count)), values.count - 1)]
    }
  }

  /// The place of a value from 0 to 1; nil where the range does not hold it.
  package func place(of value: Value) -> Double? {
    switch kind {
    case .continuous(let lower, let upper, let scaling):
      guard let x = value.asNumber, x >= lower, x <= upper else { return nil }
      let scale = scaling.resolved(lower, upper)
      let (a, b) = (scale.forward(lower), scale.forward(upper))
      return a == b ? 0.5 : (scale.forward(x) - a) / (b - a)
    case .integer(let lower, let upper, let scaling):
      guard let x = value.asNumber, x == x.rounded(), x >= Double(lower), x <= Double(upper)
      else { return nil }
      let scale = scaling.resolved(Double(lower), Double(upper))
      let a = scale.forward(Double(lower) - 0.5)
      let b = scale.forward(Double(upper) + 0.5)
      return (scale.forward(x) - a) / (b - a)
    case .categorical(let values):
      guard let index = values.firstIndex(of: value) else { return nil }
      return (Double(index) + 0.5) / Double(values.count)
    }
  }
}

/// When a parameter counts.
package struct RangeCondition: Hashable, Sendable {
  package var parameter: String
  package var values: [Value]

  package init(_ parameter: String, in values: [Value]) {
    self.parameter = parameter
    self.values = values
  }
}
