/// How a job's random draws are kept such that it can go on from a checkpoint in the same bits.
///
/// The library draws rows from a generator of its thread and columns from one inside its updaters;
/// neither's state can be read or written. So where a recipe draws at all, the booster is written
/// and read back after some rounds, which builds its samplers anew, and it is given another seed.
/// These rounds depend on nothing but their number. A checkpoint between two of them is the booster
/// at the last one, and a count of rounds to repeat. Up to the first such round everything is as the
/// library alone would draw it.
struct XGBoostDraws {
  let isDrawing: Bool

  /// The round after which the samplers are first built anew.
  static let first = 32

  init(_ recipe: XGBoost) {
    let shares = ["subsample", "colsample_bytree", "colsample_bylevel", "colsample_bynode"]
    isDrawing =
      recipe.booster != "gbtree"
      || recipe.settings.contains {
        shares.contains($0.name) && Double($0.value).map { $0 < 1 } == true
      }
  }

  /// Whether the samplers are built anew after a round.
  ///
  /// Reading a booster back costs the predictions of all its trees, so these rounds lie ever farther
  /// apart: 32, 64, 128 … A job that goes on repeats at most half of its rounds, unmeasured.
  func restarts(after round: Int) -> Bool {
    isDrawing && round.isMultiple(of: XGBoostDraws.first)
      && (round / XGBoostDraws.first).nonzeroBitCount == 1
  }

  /// The library's seed after a round at which the samplers are built anew.
  func seed(after round: Int, _ seed: Int) -> String { String((seed &+ round) & 0x7FFF_FFFF) }
}
