import ColophonCore
import ColophonMath

extension DeepARShape {
  var cell: RecurrentCell { isGated ? .gru : .lstm }

  var scorer: any ForecastLikelihood.Type {
    forecastLikelihoods[likelihood] ?? StudentTLikelihood.self
  }

  /// The network over so many steps: categories become vectors, recurrent layers read the steps,
  /// a dense layer gives each step's distribution.
  ///
  /// The parameters lie alike for any number of steps.
  func network(_ inputs: DeepARInputs, steps: Int, dropout: Double) -> Network {
    var layers: [NetworkLayerFacts] = []
    var operations: [any NetworkOperation] = []
    let input = Tensor(index: 0, shape: [steps, inputs.width])
    var (tensor, index) = (input, 0)
    func add(_ name: String, _ kind: String, _ make: (Tensor, Int) -> any NetworkOperation) {
      index += 1
      let operation = make(tensor, index)
      operations.append(operation)
      tensor = operation.output
      layers.append(
        NetworkLayerFacts(
          name: name,
          kind: kind,
          shape: tensor.shape,
          operations: operations.count - 1..<operations.count,
          initializer: nil,
          rateScale: 1,
          isFrozen: false,
          activation: nil
        )
      )
    }
    if !inputs.levels.isEmpty {
      add("categories", EmbeddingLayer.name) { tensor, index in
        CategoryOperation(
          "categories",
          tensor,
          into: index,
          levels: inputs.levels,
          width: embedding
        )
      }
    }
    for layer in 1...self.layers {
      let name = "\(isGated ? "gru" : "lstm")_\(layer)"
      add(name, isGated ? GRULayer.name : LSTMLayer.name) { tensor, index in
        RecurrentOperation(
          name,
          tensor,
          into: Tensor(index: index, shape: [steps, cells]),
          cell,
          width: cells,
          isBidirectional: false,
          givesSequence: true
        )
      }
      if dropout > 0 {
        add("dropout_\(layer)", DropoutLayer.name) { tensor, index in
          DropoutOperation(
            "dropout_\(layer)",
            tensor,
            into: Tensor(index: index, shape: tensor.shape),
            rate: dropout
          )
        }
      }
    }
    add("distribution", DenseLayer.name) { tensor, index in
      DenseOperation(
        "distribution",
        tensor,
        into: Tensor(index: index, shape: [steps, scorer.width]),
        .linear
      )
    }
    return Network(
      plan: NetworkPlan(input: input, output: tensor, operations),
      layers: layers,
      link: .identity
    )
  }
}
