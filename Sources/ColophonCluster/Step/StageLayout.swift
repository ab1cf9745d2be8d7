/// Which of a model's parts each pipeline stage holds.
package struct StageLayout: Hashable, Sendable {
  /// Layers of each part, in the order of the model; part c · stages + s is chunk c of stage s.
  package let layers: [Int]
  package let stages: Int

  /// Layers spread as evenly as they go; the first parts take what is left over, but the last part,
  /// which also holds the output, takes none of it.
  package init(layers count: Int, stages: Int, chunks: Int) {
    let parts = stages * chunks
    var layers = [Int](repeating: count / parts, count: parts)
    var rest = count % parts
    var part = parts > 1 ? 1 : 0
    while rest > 0 {
      layers[part % parts] += 1
      rest -= 1
      part += 1
    }
    self.layers = layers
    self.stages = stages
  }

  /// Layers of a stage.
  package func layers(of stage: Int) -> Int {
    stride(from: stage, to: layers.count, by: stages).reduce(0) { $0 + layers[$1] }
  }
}
