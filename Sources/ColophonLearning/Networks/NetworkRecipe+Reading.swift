package import ColophonCore
import ColophonMath

extension NetworkRecipe {
  /// The fields that a train cell may hold itself, beside its hyperparameters.
  package static let cellFields = [
    "layers", "loss", "optimizer", "schedule", "epochs", "batch_size", "augment", "image",
    "sequence",
  ]

  init(reading fields: inout FieldReader, _ family: Family, _ algorithm: String) {
    self.family = family
    layers = fields.networkLayers(family)
    loss = fields.networkLoss()
    optimizer = fields.networkOptimizer()
    schedule = fields.member(
      "schedule",
      of: learningSchedules,
      usual: ConstantRate.self,
      usualName: ConstantRate.name,
      "How the learning rate changes while the job runs."
    ) { $0.init(reading: &$1) }
    epochs = fields.integer("epochs", in: 1...1_000_000, default: 50, "Passes over the rows.")
    batchSize = fields.integer("batch_size", in: 1...1_000_000, default: 32, "Rows to a step.")
    classWeights = fields.classWeights()
    (alpha, l1Ratio) = fields.networkPenalty()
    clipNorm = fields.number(
      "clip_norm",
      in: .above(0),
      "The length that a step's slope is cut down to, all weights together."
    )
    clipValue = fields.number("clip_value", in: .above(0), "What each number of a slope is cut to.")
    standardize = fields.boolean(
      "standardize",
      default: true,
      "Whether features are scaled to mean 0 and deviation 1: each column by itself, of images each "
        + "channel, of sequences each feature of a step."
    )
    standardizeTarget = fields.boolean(
      "standardize_target",
      default: true,
      "Whether numbers to predict are scaled to mean 0 and deviation 1 while learning."
    )
    augmentations = fields.augmentations()
    (imageHeight, imageWidth, imageChannels) = (nil, nil, 1)
    (stepFeatures, maxTokens, minCount, maxLength) = (1, 20_000, 1, 256)
    if family == .image { readImage(&fields) }
    if family == .sequence { readSequence(&fields) }
    if family != .image, !augmentations.isEmpty {
      fields.report(.augmentNeedsImages(algorithm, at: fields.position(of: "augment")))
      augmentations = []
    }
    checkLayers(&fields)
  }

  private mutating func readImage(_ fields: inout FieldReader) {
    let side = 1...65_536
    let image = fields.section(
      "image",
      defaulted: "What image a row's columns are, pixel by pixel; square by default."
    ) { fields in
      (
        fields.integer("height", in: side, "Rows of pixels."),
        fields.integer("width", in: side, "Pixels of a row."),
        fields.integer("channels", in: 1...1_024, default: 1, "Numbers of a pixel, side by side.")
      )
    }
    (imageHeight, imageWidth, imageChannels) = image
  }

  private mutating func readSequence(_ fields: inout FieldReader) {
    let sequence = fields.section(
      "sequence",
      defaulted: "What sequence a row's columns are, step by step; or how texts become tokens."
    ) { fields in
      (
        fields.integer("features", in: 1...1_000_000, default: 1, "Columns of a step."),
        fields.integer("max_tokens", in: 1...10_000_000, default: 20_000, "Words that are known."),
        fields.integer(
          "min_count",
          in: 1...1_000_000,
          default: 1,
          "How often a word must occur to be known."
        ),
        fields.integer("max_length", in: 1...65_536, default: 256, "Words of a text that are read.")
      )
    }
    (stepFeatures, maxTokens, minCount, maxLength) = sequence
  }

  /// Reports layers that can't stand where they stand, and hidden layers that stop gradients.
  private func checkLayers(_ fields: inout FieldReader) {
    var builder = provisionalBuilder
    do { try NetworkRecipe.build(layers, &builder) } catch {
      fields.report(.layerShape(error.fault, of: layers[error.index]))
      return
    }
    if let last = layers.last, builder.tensor.shape.count > 1, family != .flat {
      let fault = LayerFault(
        "the network must end in a row of numbers, and ends in \(builder.words)",
        hint: family == .image
          ? "add flatten or global_avg_pool" : "add global_avg_pool, or return_sequences: false"
      )
      fields.report(.layerShape(fault, of: last))
    }
    // A sigmoid of one unit at the end is an output; of more, the output layer follows it.
    let isOutput = (layers.last?.layer as? DenseLayer)?.units == 1
    let hidden = (isOutput ? layers.dropLast() : layers[...]).filter {
      $0.layer.activation?.saturates == true && !($0.layer is PlainRecurrentLayer)
    }
    let hasNorm = layers.contains { $0.layer is BatchNormLayer || $0.layer is LayerNormLayer }
    if hidden.count >= 3, !hasNorm { fields.report(.hiddenSigmoid(hidden.count, at: hidden[0])) }
  }

  /// An input of the family's form, of the written size, or of some size.
  private var provisionalBuilder: NetworkBuilder {
    switch family {
    case .flat: return NetworkBuilder([1], isExact: false)
    case .image:
      guard let imageHeight, let imageWidth else {
        return NetworkBuilder([1_024, 1_024, imageChannels], isExact: false)
      }
      return NetworkBuilder([imageHeight, imageWidth, imageChannels])
    case .sequence:
      return NetworkBuilder([1_024, stepFeatures], vocabulary: 1, isExact: false)
    }
  }
}

extension FieldReader {
  fileprivate mutating func networkLayers(_ family: NetworkRecipe.Family) -> [LayerRecipe] {
    layers(
      required: family != .flat,
      "The layers from the input on: a list of maps of one key each, such as - dense: {units: 64, "
        + "activation: relu}. An output layer is added where the last one is none."
        + (family == .flat ? " By default dense layers of 64 and 32 units with relu." : "")
    )
  }

  fileprivate mutating func networkLoss() -> (any NetworkLoss)? {
    let isWritten = has("loss")
    let usual = MeanSquaredError.self
    let loss: any NetworkLoss = member(
      "loss",
      of: networkLosses,
      usual: usual,
      usualName: nil,
      "What is minimised; by default binary_cross_entropy for two classes, categorical_cross_entropy "
        + "for more, mse for numbers."
    ) { $0.init(reading: &$1) }
    return isWritten ? loss : nil
  }

  fileprivate mutating func networkOptimizer() -> any NetworkOptimizer {
    var optimizer: any NetworkOptimizer = member(
      "optimizer",
      of: networkOptimizers,
      usual: Adam.self,
      usualName: Adam.name,
      "How weights are changed by their slopes."
    ) { $0.init(reading: &$1) }
    let rate = number("learning_rate", in: .above(0), "The optimizer's lr, under its usual name.")
    let decay = number(
      "weight_decay",
      in: .atLeast(0),
      "The optimizer's weight_decay, where it is to be tuned."
    )
    let written = peek("optimizer")?.entries?.map { $0.key } ?? []
    if let rate {
      optimizer.rate = rate
      if written.contains("lr") {
        report(.sameParameterTwice("lr", "learning_rate", at: position(of: "learning_rate")))
      }
    }
    if let decay {
      optimizer.weightDecay = decay
      if written.contains("weight_decay") {
        report(
          .sameParameterTwice("weight_decay", "weight_decay", at: position(of: "weight_decay"))
        )
      }
    }
    return optimizer
  }

  fileprivate mutating func networkPenalty() -> (Double, Double) {
    let alpha = number(
      "alpha",
      in: .atLeast(0),
      default: 0,
      "The strength of a penalty on the weights, biases left out; 0 is none."
    )
    let ratio = number(
      "l1_ratio",
      in: .closed(0, 1),
      default: 0,
      "The share of the penalty that is the sum of absolute weights: 0 is ridge, 1 is lasso."
    )
    if has("l1_ratio"), alpha == 0 {
      report(.parameterNeeds("l1_ratio", "alpha is above 0", at: position(of: "l1_ratio")))
    }
    return (alpha, ratio)
  }
}
