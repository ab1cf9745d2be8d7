import ColophonMath

extension Cases {
  /// Each row's −ln p of its own label, unclipped: certain and wrong is infinite.
  var losses: [Double] {
    logLosses.value {
      switch body {
      case .binary(let scores, let positives):
        // Of each row both, over arrays: the same bits as one by one, in a part of the time.
        let (own, other) = (Elementary.log(scores), Elementary.log1p(scores.map { -$0 }))
        return scores.indices.map { positives[$0] ? -own[$0] : -other[$0] }
      case .multiclass(let probabilities, let actual):
        let width = classes.count
        return actual.indices.map { -Elementary.log(probabilities[$0 * width + Int(actual[$0])]) }
      case .regression, .clusters, .ranking: return []
      }
    }
  }
}

/// What the errors on a logarithmic scale amount to.
struct LogErrors: Sendable {
  /// (ln(1 + prediction) − ln(1 + actual))² of each row.
  var squares: [Double]
  /// Whether every value is above −1, so that the logarithms exist.
  var exist: Bool
}

extension Cases {
  /// Squared errors of ln(1 + x); computed once.
  var logarithmicErrors: LogErrors {
    logErrors.value {
      guard case .regression(let predicted, let actual) = body,
        predicted.allSatisfy({ $0 > -1 }), actual.allSatisfy({ $0 > -1 })
      else { return LogErrors(squares: [], exist: false) }
      let squares = actual.indices.map { row in
        let error = Elementary.log1p(predicted[row]) - Elementary.log1p(actual[row])
        return error * error
      }
      return LogErrors(squares: squares, exist: true)
    }
  }
}
