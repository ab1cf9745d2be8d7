package import ColophonCore
package import ColophonData

/// Text classification by averaged word vectors, and word vectors themselves.
///
/// `supervised` is fastText's classifier: a text is the mean of the vectors of its words, runs of
/// words and, where asked for, parts of words; a linear softmax over the mean gives the classes.
/// `skipgram`, `cbow` and `batch_skipgram` learn word vectors from the words around each word, by
/// negative sampling. Words are the tokens `[a-z0-9]+` in lower case. Names and defaults of the
/// hyperparameters are those of SageMaker's BlazingText.
///
/// Every step is made after the one before it, in an order drawn once an epoch, so that the bits
/// don't depend on threads. The learning rate falls in a line to 0 over all epochs.
///
/// - Complexity: an epoch is O(words · `vector_dim` · (classes or samples)).
/// - SeeAlso: Joulin, Grave, Bojanowski and Mikolov, "Bag of tricks for efficient text
///   classification", 2016; Bojanowski et al., "Enriching word vectors with subword information",
///   2017; Gupta and Khare, "BlazingText: scaling and accelerating word2vec using multiple GPUs",
///   2017.
package struct BlazingText: Algorithm, Hashable {
  package static let name = "blazingtext"
  package static let summary = "Text classification by averaged word vectors, and word vectors."
  package static let tasks: Set<Task> = [.binary, .multiclass, .text, .clustering]
  package static let missing = FeatureEncoding.Missing.keep
  package static let reads = FeatureForm.text
  package static let isIterative = true

  /// What is learned.
  package enum Mode: String, CaseIterable, Sendable {
    case supervised, skipgram, cbow
    case batchSkipgram = "batch_skipgram"
  }

  /// How the classes' probabilities come about.
  package enum Loss: String, CaseIterable, Sendable {
    case softmax
    case hierarchicalSoftmax = "hierarchical_softmax"
  }

  package var mode: Mode
  package var loss: Loss
  package var dimension: Int
  package var epochs: Int
  package var learningRate: Double
  package var minCount: Int
  package var wordNgrams: Int
  package var buckets: Int
  package var windowSize: Int
  package var negativeSamples: Int
  package var samplingThreshold: Double
  package var batchSize: Int
  package var subwords: Bool
  package var minChar: Int
  package var maxChar: Int
  package var earlyStopping: Bool
  package var patience: Int
  package var minEpochs: Int

  package init(reading fields: inout FieldReader) {
    mode = fields.blazingTextMode()
    loss = fields.blazingTextLoss(mode)
    dimension = fields.integer(
      "vector_dim",
      in: 1...2_048,
      default: 100,
      "Numbers to a word's vector."
    )
    epochs = fields.integer("epochs", in: 1...100_000, default: 5, "Passes over the texts.")
    learningRate = fields.number(
      "learning_rate",
      in: .above(0),
      default: 0.05,
      "The size of the first steps; it falls in a line to 0."
    )
    minCount = fields.integer(
      "min_count",
      in: 1...1_000_000_000,
      default: 5,
      "How often a word must occur in the training texts to have a vector."
    )
    wordNgrams = fields.integer(
      "word_ngrams",
      in: 1...10,
      default: 2,
      "Up to how many words in a row have a vector together (supervised)."
    )
    buckets = fields.integer(
      "buckets",
      in: 1...1_000_000_000,
      default: 2_000_000,
      "How many vectors the runs of words and parts of words share, by a hash."
    )
    windowSize = fields.integer(
      "window_size",
      in: 1...100,
      default: 5,
      "Up to how many words on each side are a word's neighbours (word vectors)."
    )
    negativeSamples = fields.integer(
      "negative_samples",
      in: 1...100,
      default: 5,
      "How many words that are no neighbours are drawn beside each that is (word vectors)."
    )
    samplingThreshold = fields.number(
      "sampling_threshold",
      in: .atLeast(0),
      default: 0.0001,
      "Words of a larger share of the text are left out at random; 0 keeps all (word vectors)."
    )
    batchSize = fields.integer(
      "batch_size",
      in: 1...1_000,
      default: 11,
      "How many neighbours share their drawn words (batch_skipgram)."
    )
    subwords = fields.boolean(
      "subwords",
      default: false,
      "Whether parts of words have vectors too, so that unseen words have one."
    )
    minChar = fields.integer("min_char", in: 1...50, default: 3, "The shortest part of a word.")
    maxChar = fields.integer("max_char", in: 1...50, default: 6, "The longest part of a word.")
    earlyStopping = fields.boolean(
      "early_stopping",
      default: false,
      "Whether learning ends when the accuracy on the validation split gets no better (supervised)."
    )
    patience = fields.integer(
      "patience",
      in: 1...100_000,
      default: 4,
      "Epochs without a gain after which it ends."
    )
    minEpochs = fields.integer(
      "min_epochs",
      in: 0...100_000,
      default: 5,
      "The fewest epochs before it may end."
    )
    if maxChar < minChar {
      fields.report(
        .parameterValue(
          "max_char",
          "is \(maxChar), below min_char, which is \(minChar)",
          at: fields.position(of: fields.has("max_char") ? "max_char" : "min_char")
        )
      )
      maxChar = minChar
    }
  }

  package func faults(for task: Task) -> [TrainingFault] {
    guard mode == .supervised, task == .clustering else { return [] }
    return [
      TrainingFault(
        "train.labels",
        "the mode 'supervised' needs labels, and the data has no target",
        hint: "name a target in the dataset cell, or take skipgram or cbow for word vectors",
        field: "hyperparameters.mode"
      )
    ]
  }

  package static func decodeModel(_ bytes: [UInt8]) throws -> any Model {
    if let model = TextClassifier(decoding: bytes) { return model }
    if let model = WordVectors(decoding: bytes) { return model }
    throw TrainingFault.damagedModel(name)
  }
}

extension FieldReader {
  fileprivate mutating func blazingTextMode() -> BlazingText.Mode {
    let word = choice(
      "mode",
      of: BlazingText.Mode.allCases.map { $0.rawValue },
      default: BlazingText.Mode.supervised.rawValue,
      "What is learned: a classifier (supervised), or word vectors."
    )
    return BlazingText.Mode(rawValue: word) ?? .supervised
  }

  fileprivate mutating func blazingTextLoss(_ mode: BlazingText.Mode) -> BlazingText.Loss {
    let word = choice(
      "loss",
      of: BlazingText.Loss.allCases.map { $0.rawValue },
      default: BlazingText.Loss.softmax.rawValue,
      "How classes get probabilities: all at once, or along a binary tree, which is faster for many "
        + "classes (supervised)."
    )
    let unused: [String] =
      switch mode {
      case .supervised:
        ["window_size", "negative_samples", "sampling_threshold", "batch_size"]
      case .skipgram, .cbow:
        ["loss", "word_ngrams", "early_stopping", "patience", "min_epochs", "batch_size"]
      case .batchSkipgram: ["loss", "word_ngrams", "early_stopping", "patience", "min_epochs"]
      }
    for name in unused where has(name) {
      report(
        .parameterWithoutEffect(name, "the mode is \(mode.rawValue)", at: position(of: name))
      )
    }
    return BlazingText.Loss(rawValue: word) ?? .softmax
  }
}
