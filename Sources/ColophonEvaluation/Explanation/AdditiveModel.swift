/// A model whose margin is a sum over trees or over features, in the one form that exact
/// explanations read.
///
/// Whoever fits models says what they are made of; nothing here knows an algorithm.
package struct AdditiveModel: Sendable {
  package enum Form: Sendable {
    case trees(TreeForm)
    case linear(LinearForm)
  }

  package var form: Form
  package var scale: ExplainedScale
  /// Which class each output belongs to; nil where the one output is all there is.
  package var classes: [Int]?

  package init(_ form: Form, _ scale: ExplainedScale, classes: [Int]? = nil) {
    self.form = form
    self.scale = scale
    self.classes = classes
  }
}

/// What the numbers that attributions add up to mean.
package enum ExplainedScale: String, Hashable, Sendable, CaseIterable {
  /// The predicted number itself.
  case number
  /// The probability of the class.
  case probability
  /// The margin whose logistic function is the probability.
  case logOdds = "log_odds"
  /// The margins whose softmax is the probabilities.
  case classMargin = "class_margin"
  /// The logarithm of the predicted number.
  case logarithm
  /// The margin that is compared with 0.
  case margin
  /// The weighted votes of boosted trees, between -1 and 1 for each vote.
  case votes
  /// A score to sort by.
  case score

  /// What an axis says.
  package var words: String {
    switch self {
    case .number: "prediction"
    case .probability: "probability"
    case .logOdds: "log-odds"
    case .classMargin: "margin (before softmax)"
    case .logarithm: "logarithm of the prediction"
    case .margin: "margin"
    case .votes: "weighted votes"
    case .score: "score"
    }
  }
}
