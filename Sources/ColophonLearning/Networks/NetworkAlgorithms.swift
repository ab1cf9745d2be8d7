package import ColophonCore
package import ColophonData

/// An algorithm that is a network: its recipe is one of layers.
package protocol NetworkAlgorithm: Algorithm {
  static var family: NetworkRecipe.Family { get }
  var network: NetworkRecipe { get set }
  init(_ network: NetworkRecipe)
}

extension NetworkAlgorithm {
  package static var tasks: Set<Task> { [.binary, .multiclass, .regression] }
  package static var missing: FeatureEncoding.Missing { .mean }
  package static var isIterative: Bool { true }
  package static var canContinue: Bool { true }
  package static var hasTensors: Bool { true }

  package init(reading fields: inout FieldReader) {
    self.init(NetworkRecipe(reading: &fields, Self.family, Self.name))
  }

  package func faults(for task: Task) -> [TrainingFault] { network.faults(for: task) }

  package static func decodeModel(_ bytes: [UInt8]) throws -> any Model {
    guard let fitted = FittedNetwork(decoding: bytes, family) else {
      throw TrainingFault.damagedModel(name)
    }
    return NetworkModel<Self>(fitted: fitted)
  }

  package func fit(_ job: TrainingJob, observer: any TrainingObserver) throws -> TrainingResult {
    if let fault = faults(for: job.task).first { throw fault }
    var learner = try NetworkLearner(network, job, algorithm: Self.name)
    let record = try TrainingLoop(job, rounds: network.epochs).run(&learner, observer: observer)
    return try learner.result(record)
  }
}

/// A multi-layer perceptron: dense layers over a row of features.
package struct MultilayerPerceptron: NetworkAlgorithm {
  package static let name = "mlp"
  package static let summary = "A network of dense layers over the features of a row."
  package static let family = NetworkRecipe.Family.flat
  package var network: NetworkRecipe
  package init(_ network: NetworkRecipe) { self.network = network }
}

/// A convolutional network: filters over images whose pixels are columns.
package struct ConvolutionalNetwork: NetworkAlgorithm {
  package static let name = "cnn"
  package static let summary = "A network of convolutions over images whose pixels are columns."
  package static let family = NetworkRecipe.Family.image
  package var network: NetworkRecipe
  package init(_ network: NetworkRecipe) { self.network = network }
}

/// A recurrent network: a state that reads sequences step by step.
package struct RecurrentNetwork: NetworkAlgorithm {
  package static let name = "rnn"
  package static let summary =
    "A network that reads sequences step by step: columns of numbers, or the words of a text."
  package static let family = NetworkRecipe.Family.sequence
  package static let missing = FeatureEncoding.Missing.keep
  package static let reads = FeatureForm.textOrDense
  package static let tasks: Set<Task> = [.binary, .multiclass, .regression, .text]
  package var network: NetworkRecipe
  package init(_ network: NetworkRecipe) { self.network = network }
}
