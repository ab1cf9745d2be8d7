import ColophonCore
import ColophonLearning
import ColophonMath
import ColophonTuning

extension TuneKind {
  /// Dollars from which on a word on the budget is worth its while.
  private static let costly = 10.0

  /// What all jobs would cost if none were stopped, in US dollars; nil without an instance or without
  /// a known length.
  func estimate(_ clock: VirtualClock) -> Double? {
    guard let instance = base?.train.rental.instance else { return nil }
    let epochs =
      strategy.usesResources
      ? options.maximumResource : plannedEpochs ?? (reportsEpochs == false ? 1 : nil)
    guard let epochs else { return nil }
    let one = JobCost(rounds: epochs, clock, on: instance).dollars ?? 0
    return one * Double(maxJobs)
  }

  /// The estimate beside what would save some of it; nil where it is small, or something saves already.
  func budgetWords(_ clock: VirtualClock) -> (message: String, hint: String)? {
    guard let estimate = estimate(clock), estimate >= TuneKind.costly, reportsEpochs == true,
      !stopsEarly, !strategy.usesResources, warmStart == nil
    else { return nil }
    let dollars = (try? NumberFormat.usd.text(of: .number(estimate))) ?? shortestText(estimate)
    let saving = plannedEpochs.map { epochs -> String in
      // Each of log η R + 1 brackets does the work of about one full job in η.
      let share = max(0.2, 1 / (1 + Elementary.log(Double(epochs))))
      return
        "; Hyperband would run about \(DecimalText.general(100 * share, digits: 2)) % of the epochs"
    }
    return (
      "\(maxJobs) full jobs cost about \(dollars)\(saving ?? "")",
      "write 'early_stopping: Auto', take 'strategy: Hyperband', or start from an earlier tuning"
    )
  }

  /// The budget, where the length of a round is stated and no data is needed for it.
  var budgetAdvice: [Diagnostic] {
    guard let rental = base?.train.rental, rental.roundSeconds != nil,
      let clock = rental.terms.clock(rows: 0, features: 0), let words = budgetWords(clock)
    else { return [] }
    let place = places["max_jobs"] ?? SourcePosition(path: "", line: 1, column: 1)
    return [Diagnostic(.advice, "tune.budget", at: place, words.message, hint: words.hint)]
  }
}
