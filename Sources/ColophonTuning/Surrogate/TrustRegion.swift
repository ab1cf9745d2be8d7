import ColophonMath

/// A box around the best trial outside of which a model of many numbers is not trusted: it doubles
/// after three improvements in a row and halves after as many failures as there are numbers
/// (Eriksson and others 2019, "TuRBO").
///
/// Its side is read off the history, so that a tuning that was killed goes on with it.
struct TrustRegion: Hashable, Sendable {
  /// The box's side, of the unit interval.
  let side: Double

  /// Fewer numbers than this are looked over as a whole.
  static let dimensions = 12
  private static let first = 0.8
  private static let last = 0.0078125

  init(_ history: History, numbers: Int) {
    var side = TrustRegion.first
    var best = Double.infinity
    var (gains, losses) = (0, 0)
    for trial in history.trials where trial.state != .pending {
      let loss = trial.isObserved ? history.direction.loss(trial.objective ?? .nan) : .infinity
      if loss < best - 1e-3 * abs(best) || best == .infinity && loss < .infinity {
        (gains, losses) = (gains + 1, 0)
      } else {
        (gains, losses) = (0, losses + 1)
      }
      best = min(best, loss)
      if gains == 3 {
        (side, gains) = (min(2 * side, 1.6), 0)
      } else if losses == max(4, numbers) {
        (side, losses) = (side / 2, 0)
      }
      if side < TrustRegion.last { side = TrustRegion.first }
    }
    self.side = side
  }
}
