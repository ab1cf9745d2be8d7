import ColophonCore
import ColophonMath

/// One step of a forecaster as a graph: from what the network reads at a step, and the states of its
/// recurrent layers, to the step's distribution and the next states.
///
/// A forecast is such steps one after the other: over the observed past first, then with values that
/// are drawn from the distributions. Drawing is left to whoever runs the graph.
extension DeepARModel {
  /// The names of what is read at a step, in the order of the columns of `inputs`.
  package var inputNames: [String] {
    let plain = inputs.lags.map { "lag_\($0)" }
    let numbers = inputs.numbers.indices.map { "covariate_\($0 + 1)" }
    let turns = inputs.plainWidth - plain.count - numbers.count - 2
    return plain + (0..<turns).map { "calendar_\($0 + 1)" } + ["age", "scale"] + numbers
      + inputs.levels.indices.map { "category_\($0 + 1)" }
  }

  /// What whoever runs the graph must know.
  package var stepNotes: [String] {
    [
      "one step: the columns of inputs are \(inputNames.joined(separator: ", ")); lags are in units "
        + "of the scale, age is log10(2 + step), scale is log10(scale), covariates are standardised",
      "states are 0 before the first step; outputs are "
        + shape.scorer.parameters.map { $0.name }.joined(separator: ", ")
        + " of \(shape.likelihood), for values in units of the scale",
    ]
  }

  /// The graph of one step.
  func stepGraph() throws -> ONNXGraph {
    var graph = ONNXGraph()
    let wire = graph.input(.init(name: "inputs", element: .float, columns: inputs.width))
    var network = ONNXNetwork(graph: graph, weights: parameters, wire: wire)
    network.graph = graph
    network.shape = [inputs.width]
    var states: [(name: String, wire: ONNXGraph.Wire)] = []
    for operation in self.network.plan.operations {
      switch operation {
      case let categories as CategoryOperation: categories.writeStep(to: &network)
      case let recurrent as RecurrentOperation:
        states += recurrent.writeStep(to: &network, layer: states.count / stateKinds.count + 1)
      case let writable as any ONNXOperation: try writable.write(to: &network)
      default: throw ExportFault("the layer '\(operation.name)' has no ONNX form")
      }
    }
    graph = network.graph
    for (place, parameter) in shape.scorer.parameters.enumerated() {
      let sum = graph.columns(network.wire, [place])
      var number = graph.cast(sum, to: .double)
      if let least = parameter.least {
        // The standard's runtimes have it for 32 bits.
        let positive = graph.cast(graph.node("Softplus", [sum]), to: .double)
        number = graph.add(positive, least + PositiveLink.floor)
      }
      graph.output(number, as: .init(name: parameter.name, element: .double, columns: 1))
    }
    for state in states {
      graph.output(
        state.wire,
        as: .init(name: "next_" + state.name, element: .float, columns: shape.cells)
      )
    }
    return graph
  }

  private var stateKinds: [String] { shape.isGated ? ["state"] : ["state", "cell"] }

  /// What the network says step after step, from states of 0: for each step and row the parameters
  /// of the distribution.
  ///
  /// `steps`: For each step rows × what is read.
  package func distributions(_ steps: [[Float]], rows: Int) -> [[Double]] {
    let weights = FloatStorage(parameters)
    let stepper = NetworkStepper(network.plan, rows: rows, threads: 1)
    let scorer = shape.scorer
    return steps.map { step in
      for (i, number) in step.enumerated() { stepper.next[i] = number }
      stepper.step(weights.base) { rows in
        Pass(
          rows: rows,
          parameters: weights.base,
          gradients: weights.base,
          isTraining: false,
          random: { .init(root: 0, cell: "", purpose: $0) }
        )
      }
      return (0..<rows * scorer.width).map { place in
        let number = stepper.output[place]
        let least = scorer.parameters[place % scorer.width].least
        return least.map { $0 + PositiveLink.value(number) } ?? Double(number)
      }
    }
  }
}

extension CategoryOperation {
  /// Each category's row of its table beside the numbers; a level that is none has zeros.
  fileprivate func writeStep(to network: inout ONNXNetwork) {
    var parts = [network.graph.columns(network.wire, Array(0..<numbers))]
    for (k, table) in tables.enumerated() {
      let (levels, width) = (table.shape[0], table.shape[1])
      // One row of zeros on each side: for levels below 0, and for those beyond the table.
      let zeros = [Float](repeating: 0, count: width)
      let rows = zeros + network.weights[table.range] + zeros
      let padded = network.graph.constant(
        ONNXTensor(.floats(rows), shape: [levels + 2, width])
      )
      let level = network.graph.cast(network.graph.columns(network.wire, [numbers + k]), to: .int64)
      let place = network.graph.node(
        "Clip",
        [
          network.graph.add(level, network.graph.constant(ONNXTensor(.integers([1]), shape: []))),
          network.graph.constant(ONNXTensor(.integers([0]), shape: [])),
          network.graph.constant(ONNXTensor(.integers([levels + 1]), shape: [])),
        ]
      )
      let flat = network.graph.node("Squeeze", [place, network.graph.constant(.list([1]))])
      parts.append(network.graph.node("Gather", [padded, flat], [("axis", .integer(0))]))
    }
    network.wire = network.graph.concatenate(parts)
  }
}

extension RecurrentOperation {
  /// One step with states that are given; returns the next ones under their names.
  fileprivate func writeStep(
    to network: inout ONNXNetwork,
    layer: Int
  ) -> [(name: String, wire: ONNXGraph.Wire)] {
    let names = (cell == .lstm ? ["state", "cell"] : ["state"]).map { "\($0)_\(layer)" }
    let axis = network.graph.constant(.list([0]))
    let given = names.map { name in
      let wire = network.graph.input(.init(name: name, element: .float, columns: width))
      return network.graph.node("Unsqueeze", [wire, axis])
    }
    let step = network.graph.node("Unsqueeze", [network.wire, axis])
    let outputs = network.graph.several(
      operatorName,
      [step] + constants(of: &network) + [ONNXGraph.Wire(name: "")] + given,
      attributes,
      count: 1 + names.count
    )
    let next = outputs.dropFirst().map { network.graph.node("Squeeze", [$0, axis]) }
    network.wire = next[0]
    return Array(zip(names, next)).map { (name: $0, wire: $1) }
  }
}
