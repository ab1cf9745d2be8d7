package import ColophonCore
import ColophonMath

/// Where a job has come to when a step is about to be taken.
package struct ScheduleMoment: Sendable {
  /// Steps that are done.
  package var step: Int
  package var stepsPerEpoch: Int
  package var epochs: Int

  package init(step: Int, stepsPerEpoch: Int, epochs: Int) {
    self.step = step
    self.stepsPerEpoch = stepsPerEpoch
    self.epochs = epochs
  }

  /// Epochs that are done, with parts.
  var epoch: Double { Double(step) / Double(max(1, stepsPerEpoch)) }
  /// The share of the job that is done.
  var share: Double { epoch / Double(max(1, epochs)) }
}

/// How the learning rate changes while a job runs.
package protocol LearningSchedule: Sendable {
  static var name: String { get }
  static var summary: String { get }
  init(reading fields: inout FieldReader)
  /// By what the learning rate is multiplied.
  func factor(_ moment: ScheduleMoment) -> Double
  /// Takes in the loss of an epoch: on the validation rows, else on the training rows.
  mutating func epochEnded(loss: Double)
  /// Whether it asks for the losses.
  static var watchesLoss: Bool { get }
  /// What it remembers, as numbers for a checkpoint.
  var memory: [Double] { get set }
}

extension LearningSchedule {
  package static var watchesLoss: Bool { false }
  package mutating func epochEnded(loss: Double) {}
  package var memory: [Double] {
    get { [] }
    set {}
  }
}

/// The schedules, in the order the reference lists them.
package let learningSchedules = Catalogue<any LearningSchedule.Type>(
  "schedule",
  [
    ConstantRate.self, StepRate.self, CosineRate.self, WarmUpRate.self, OneCycleRate.self,
    PlateauRate.self,
  ]
) { $0.name }

/// Always the same.
struct ConstantRate: LearningSchedule {
  static let name = "constant"
  static let summary = "Always the same."
  init(reading fields: inout FieldReader) {}
  func factor(_ moment: ScheduleMoment) -> Double { 1 }
}

/// Smaller by a factor after each so many epochs.
struct StepRate: LearningSchedule {
  static let name = "step"
  static let summary = "Smaller by a factor after each so many epochs."
  var every: Int
  var gamma: Double

  init(reading fields: inout FieldReader) {
    every = fields.integer("step_size", in: 1...1_000_000, default: 10, "Epochs from fall to fall.")
    gamma = fields.gamma(0.1)
  }

  func factor(_ moment: ScheduleMoment) -> Double {
    let falls = Int(moment.epoch) / every
    return (0..<falls).reduce(1) { factor, _ in factor * gamma }
  }
}

/// Half a cosine down to a last share (Loshchilov and Hutter, "SGDR", 2017, equation 5).
struct CosineRate: LearningSchedule {
  static let name = "cosine"
  static let summary = "Along half a cosine, down to a last share."
  var last: Double

  init(reading fields: inout FieldReader) {
    last = fields.number("last", in: .closed(0, 1), default: 0, "The share at the end.")
  }

  func factor(_ moment: ScheduleMoment) -> Double { CosineRate.between(1, last, moment.share) }

  /// From a to b along half a cosine.
  static func between(_ a: Double, _ b: Double, _ share: Double) -> Double {
    b + (a - b) * (1 + Elementary.cos(Double.pi * min(max(share, 0), 1))) / 2
  }
}

/// In a line up from 0, then constant or along a cosine.
struct WarmUpRate: LearningSchedule {
  static let name = "warm_up"
  static let summary = "In a line up from 0 for some epochs, then constant or along a cosine."
  var epochs: Double
  var isCosine: Bool

  init(reading fields: inout FieldReader) {
    epochs = fields.number("epochs", in: .above(0), default: 5, "Epochs until the rate is whole.")
    isCosine =
      fields.choice("then", of: ["constant", "cosine"], default: "constant", "What follows.")
      == "cosine"
  }

  func factor(_ moment: ScheduleMoment) -> Double {
    let first = epochs * Double(moment.stepsPerEpoch)
    if Double(moment.step) < first { return Double(moment.step + 1) / max(1, first.rounded(.up)) }
    guard isCosine else { return 1 }
    let left = Double(moment.epochs) - epochs
    return left > 0 ? CosineRate.between(1, 0, (moment.epoch - epochs) / left) : 1
  }
}

/// Up along half a cosine, then down far below where it began; the learning rate is the highest one.
///
/// - SeeAlso: Smith and Topin, "Super-convergence", 2019; PyTorch's form.
struct OneCycleRate: LearningSchedule {
  static let name = "one_cycle"
  static let summary = "Up along half a cosine, then down far below where it began."
  var rise: Double
  var first: Double
  var last: Double

  init(reading fields: inout FieldReader) {
    rise = fields.number("pct_start", in: .open(0, 1), default: 0.3, "The share of the way up.")
    first = fields.number("div_factor", in: .above(0), default: 25, "The peak over the first rate.")
    last = fields.number(
      "final_div_factor",
      in: .above(0),
      default: 10_000,
      "The first rate over the last."
    )
  }

  func factor(_ moment: ScheduleMoment) -> Double {
    let steps = Double(moment.epochs * moment.stepsPerEpoch)
    let (top, end) = (rise * steps - 1, steps - 1)
    let step = Double(moment.step)
    if step <= top { return CosineRate.between(1 / first, 1, top > 0 ? step / top : 1) }
    return CosineRate.between(1, 1 / (first * last), end > top ? (step - top) / (end - top) : 1)
  }
}

/// Smaller by a factor each time the loss stops falling.
struct PlateauRate: LearningSchedule {
  static let name = "plateau"
  static let summary = "Smaller by a factor each time the loss stops falling."
  static let watchesLoss = true
  var gamma: Double
  var patience: Int
  /// The best loss, epochs since, the factor so far.
  var memory: [Double] = [.infinity, 0, 1]

  init(reading fields: inout FieldReader) {
    gamma = fields.gamma(0.1)
    patience = fields.integer(
      "patience",
      in: 0...1_000_000,
      default: 10,
      "Epochs without a gain that are let pass."
    )
  }

  func factor(_ moment: ScheduleMoment) -> Double { memory[2] }

  /// A gain is one of more than a ten-thousandth, as PyTorch has it.
  mutating func epochEnded(loss: Double) {
    if loss < memory[0] * (1 - 1e-4) || memory[0] == .infinity && loss.isFinite {
      memory[0] = loss
      memory[1] = 0
    } else {
      memory[1] += 1
    }
    if memory[1] > Double(patience) {
      memory[2] *= gamma
      memory[1] = 0
    }
  }
}

extension FieldReader {
  fileprivate mutating func gamma(_ usual: Double) -> Double {
    number("gamma", in: .open(0, 1), default: usual, "By what the rate is multiplied.")
  }
}
