package import ColophonCore
import ColophonMath

/// Numbers of some shape under a name.
package struct PortableTensor: Hashable, Sendable {
  package var shape: [Int]
  package var numbers: [Float]

  package init(shape: [Int], numbers: [Float]) {
    self.shape = shape
    self.numbers = numbers
  }
}

/// A network's weights under the names and in the layout that PyTorch's modules have:
/// `dense_1.weight` is outputs × inputs, a convolution's filters × channels × rows × columns, and a
/// dense layer behind a flattened image counts its inputs by channels first.
package struct PortableWeights: Hashable, Sendable {
  package var tensors: [String: PortableTensor]

  package init(_ tensors: [String: PortableTensor]) { self.tensors = tensors }

  /// The weights of a fitted network.
  package init(_ fitted: FittedNetwork) {
    self.init(fitted.network, parameters: fitted.parameters)
  }

  /// A network's weights, in the plan's order.
  package init(_ network: Network, parameters: [Float]) {
    tensors = [:]
    for place in network.portablePlaces {
      let own = Array(parameters[place.parameter.range])
      tensors[place.name] = PortableTensor(
        shape: place.shape,
        numbers: place.order.map { own[$0] }
      )
    }
  }
}

/// How one parameter lies outside of the engine.
struct PortablePlace {
  var layer: String
  var name: String
  var parameter: Parameter
  var shape: [Int]
  /// For each number outside its place within the engine's.
  var order: [Int]
}

extension Network {
  /// Every parameter in the plan's order of layers.
  var portablePlaces: [PortablePlace] {
    var image: [Int]?
    var places: [PortablePlace] = []
    for layer in layers {
      for operation in plan.operations[layer.operations] {
        for parameter in operation.parameters {
          let (shape, order) = Network.outside(parameter, of: operation, image: image)
          places.append(
            PortablePlace(
              layer: layer.name,
              name: "\(layer.name).\(parameter.name)",
              parameter: parameter,
              shape: shape,
              order: order
            )
          )
        }
        let shape = operation.output.shape
        image = shape.count == 3 ? shape : operation is DenseOperation ? nil : image
      }
    }
    return places
  }

  /// The shape outside, and where its numbers stand in the engine's.
  private static func outside(
    _ parameter: Parameter,
    of operation: any NetworkOperation,
    image: [Int]?
  ) -> (shape: [Int], order: [Int]) {
    let shape = parameter.shape
    if operation is EmbeddingOperation || operation is CategoryOperation || shape.count == 1 {
      return (shape, Array(0..<parameter.count))
    }
    if shape.count == 4 {
      let (rows, columns, channels, filters) = (shape[0], shape[1], shape[2], shape[3])
      var order: [Int] = []
      for filter in 0..<filters {
        for channel in 0..<channels {
          for place in 0..<rows * columns {
            order.append((place * channels + channel) * filters + filter)
          }
        }
      }
      let isLine = rows == 1 && operation.input.shape.count == 2
      return ([filters, channels] + (isLine ? [columns] : [rows, columns]), order)
    }
    let (inputs, outputs) = (shape[0], shape[1])
    var source = Array(0..<inputs)
    if let image, operation is DenseOperation, operation.input.shape.count == 1,
      image.reduce(1, *) == inputs
    {
      // Channels first, then rows and columns.
      source = (0..<image[2]).flatMap { channel in
        (0..<image[0] * image[1]).map { $0 * image[2] + channel }
      }
    }
    return (
      [outputs, inputs],
      (0..<outputs).flatMap { output in source.map { $0 * outputs + output } }
    )
  }
}

/// What became of each layer's weights when others were taken over.
package struct TakenLayers: Hashable, Sendable {
  /// Layers all of whose weights were taken over.
  package var taken: [String] = []
  /// Layers that keep what was drawn for them, and why.
  package var drawn: [(name: String, reason: String)] = []

  package static func == (a: TakenLayers, b: TakenLayers) -> Bool {
    a.taken == b.taken && a.drawn.map { $0.name } == b.drawn.map { $0.name }
      && a.drawn.map { $0.reason } == b.drawn.map { $0.reason }
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(taken) }
}

extension Network {
  /// Puts weights from outside in the place of drawn ones, layer by layer: all of a layer's, or none.
  ///
  /// `names`: Under which name a layer's weights are kept outside, where that is another.
  func take(
    _ weights: PortableWeights,
    names: [String: String],
    into parameters: inout [Float]
  ) -> TakenLayers {
    var result = TakenLayers()
    let places = Dictionary(grouping: portablePlaces) { $0.layer }
    for layer in layers {
      guard let own = places[layer.name] else { continue }
      let outside = names[layer.name] ?? layer.name
      func tensor(_ place: PortablePlace) -> PortableTensor? {
        weights.tensors["\(outside).\(place.parameter.name)"]
      }
      if let lacking = own.first(where: { tensor($0) == nil }) {
        result.drawn.append((layer.name, "there is no '\(outside).\(lacking.parameter.name)'"))
        continue
      }
      if let other = own.first(where: { tensor($0)?.shape != $0.shape }) {
        let there = tensor(other)?.shape.map { "\($0)" }.joined(separator: " × ") ?? ""
        let here = other.shape.map { "\($0)" }.joined(separator: " × ")
        result.drawn.append((layer.name, "its weights are \(here), and there \(there)"))
        continue
      }
      for place in own {
        let numbers = tensor(place)?.numbers ?? []
        for (outer, inner) in place.order.enumerated() {
          parameters[place.parameter.offset + inner] = numbers[outer]
        }
      }
      result.taken.append(layer.name)
    }
    return result
  }
}
