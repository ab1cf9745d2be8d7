import ColophonCore
import ColophonData
package import ColophonMath

/// A layer as it came out: what it gives and which operations are its own.
package struct NetworkLayerFacts: Sendable {
  package var name: String
  package var kind: String
  package var shape: [Int]
  package var operations: Range<Int>
  package var initializer: (any Initializer)?
  package var rateScale: Double
  package var isFrozen: Bool
  package var activation: Activation?
}

/// A network of known size: operations with their weights' places, up to the last sums.
package struct Network: Sendable {
  package let plan: NetworkPlan
  package let layers: [NetworkLayerFacts]
  package let link: OutputLink
  /// How many numbers it gives for a row.
  package var width: Int { plan.output.count }
}

/// A layer that can't stand where it stands.
struct LayerBuildFault: Error {
  var index: Int
  var fault: LayerFault
}

extension NetworkRecipe {
  /// Adds layers to a builder.
  @discardableResult
  static func build(
    _ layers: [LayerRecipe],
    frozen: Set<String> = [],
    _ builder: inout NetworkBuilder
  ) throws(LayerBuildFault) -> [NetworkLayerFacts] {
    var facts: [NetworkLayerFacts] = []
    for (index, recipe) in layers.enumerated() {
      let first = builder.operations.count
      builder.layer = (recipe.name, index)
      builder.isFrozen = frozen.contains(recipe.name)
      builder.nextReadsSequence = NetworkRecipe.readsSequence(layers[(index + 1)...])
      do { try recipe.layer.build(&builder) } catch {
        throw LayerBuildFault(index: index, fault: error)
      }
      facts.append(
        NetworkLayerFacts(
          name: recipe.name,
          kind: recipe.kind,
          shape: builder.tensor.shape,
          operations: first..<builder.operations.count,
          initializer: recipe.initializer,
          rateScale: recipe.rateScale,
          isFrozen: builder.isFrozen,
          activation: recipe.layer.activation
        )
      )
    }
    return facts
  }

  /// Whether the next layer that is no dropout, normalisation or activation reads a sequence.
  private static func readsSequence(_ rest: ArraySlice<LayerRecipe>) -> Bool {
    let next = rest.first {
      !($0.layer is DropoutLayer || $0.layer is LayerNormLayer || $0.layer is BatchNormLayer
        || $0.layer is ActivationLayer)
    }
    return next.map { type(of: $0.layer).readsSequence } ?? false
  }
}

/// What stands at the end of a network.
struct NetworkOutput {
  var loss: any NetworkLoss
  /// All layers, the output layer last, without the activation that is the loss's link.
  var layers: [LayerRecipe]
  var link: OutputLink
  /// What does not fit.
  var faults: [TrainingFault] = []
}

extension NetworkRecipe {
  /// The output layer for a task: the author's own last one, or one that is added.
  ///
  /// The author's own is a last `dense` (maybe with an `activation` after it) that is linear, sigmoid
  /// or softmax and has as many units as the loss needs numbers.
  func output(_ task: Task, classes: Int) -> NetworkOutput {
    var layers = self.layers
    if layers.isEmpty, family == .flat { layers = NetworkRecipe.usualLayers }
    var own: DenseLayer?
    if let last = layers.last?.layer as? DenseLayer {
      own = last
    } else if let last = layers.last?.layer as? ActivationLayer, layers.count > 1,
      let dense = layers[layers.count - 2].layer as? DenseLayer, dense.written ?? .linear == .linear
    {
      own = dense
      own?.written = last.function
    }
    let isOfClasses = task.isClassification
    let loss = self.loss ?? usualLoss(isOfClasses, classes: classes, own)
    let (link, width) = (loss.link(classes: classes), loss.width(classes: classes))
    var output = NetworkOutput(loss: loss, layers: layers, link: link)
    let isOfTwo = link == .sigmoid && isOfClasses && classes != 2
    if type(of: loss).isOfClasses != isOfClasses || isOfTwo {
      output.faults.append(.lossOfOtherTask(loss, task, classes: classes))
      return output
    }
    let isOutput = own.map {
      $0.units == width && [nil, .linear, .sigmoid, .softmax].contains($0.written)
    }
    guard isOutput == true, var dense = own else {
      if let own, own.written == .softmax {
        output.faults.append(.softmaxWidth(own.units, needed: width, at: layers.count - 1))
      }
      output.layers.append(NetworkRecipe.outputLayer(units: width))
      return output
    }
    if let written = dense.written, written != link.activation {
      output.faults.append(
        .outputActivation(written, loss, needed: link.activation, at: layers.count - 1)
      )
    }
    dense.written = .linear
    if layers.last?.layer is ActivationLayer { layers.removeLast() }
    layers[layers.count - 1].layer = dense
    output.layers = layers
    return output
  }

  private func usualLoss(
    _ isOfClasses: Bool,
    classes: Int,
    _ own: DenseLayer?
  ) -> any NetworkLoss {
    guard isOfClasses else { return NetworkRecipe.made(MeanSquaredError.self) }
    let hasTwo = own?.units == 2 && [nil, .softmax].contains(own?.written)
    return classes == 2 && !hasTwo
      ? NetworkRecipe.made(BinaryCrossEntropy.self)
      : NetworkRecipe.made(CategoricalCrossEntropy.self)
  }
}
