/// How rows are divided into training, validation and test rows.
package struct SplitRecipe: Hashable, Sendable {
  package enum Method: Hashable, Sendable {
    /// Each class is divided by itself, so that every split has the classes' shares.
    case stratified
    case random
    /// The earliest rows train, the latest test.
    case time
    /// Rows of one group stay together.
    case group
    /// A column says `train`, `validation` or `test`; a row where it is missing is in none.
    case column(String)
  }

  /// The fractions of the rows; they sum to 1.
  package var train: Double
  package var validation: Double
  package var test: Double
  /// nil for the default: time where the dataset names a time column, group where it names a
  /// group, stratified for classifications, else random.
  package var method: Method?

  package static let standard = SplitRecipe()

  package init(
    train: Double = 0.7,
    validation: Double = 0.15,
    test: Double = 0.15,
    method: Method? = nil
  ) {
    self.train = train
    self.validation = validation
    self.test = test
    self.method = method
  }

  /// The fractions in the splits' order.
  package var fractions: [Double] { [train, validation, test] }

  /// What is wrong with the fractions: each is from 0 to 1, training has some, the sum is 1 within
  /// 1e-9.
  package var faults: [DataFault] {
    if case .column = method { return [] }
    var faults: [DataFault] = []
    for (split, fraction) in zip(Split.allCases, fractions)
    where !(fraction >= 0 && fraction <= 1) {
      faults.append(.fraction(split, fraction))
    }
    guard faults.isEmpty else { return faults }
    let sum = train + validation + test
    if abs(sum - 1) > 1e-9 { return [.fractionSum(sum)] }
    return train > 0 ? [] : [.noTraining]
  }
}
