import ColophonCore
import ColophonData
import ColophonLearning
import ColophonMath
import Testing

/// Four workers beside a NumPy reimplementation in 64 bits (Fixtures/make/virtual_workers.py).
@Suite struct VirtualWorkersBesideNumPy {
  /// Of weights of about 1 after twelve steps in 32 bits.
  static let tolerance = 2e-6

  @Test(
    arguments: [
      ("top_k", ["compression": "top_k", "share": 0.2]),
      ("top_k-forgetting", ["compression": "top_k", "share": 0.2, "error_feedback": false]),
      ("one_bit", ["compression": "one_bit"]),
      ("local-3", ["method": "local_sgd", "local_steps": 3]),
      ("local-5", ["method": "local_sgd", "local_steps": 5]),
      (
        "local-3-top_k",
        ["method": "local_sgd", "local_steps": 3, "compression": "top_k", "share": 0.2]
      ),
    ] as [(String, [String: Value])]
  )
  func agrees(name: String, workers: [String: Value]) throws {
    let known = try fixture("virtual_workers.json")
    let labels = try #require(known["y"]).numbers
    let epochs = try #require(known["epochs"]?.asInteger)
    let (recipe, findings) = network(
      MultilayerPerceptron.self,
      [
        "layers": [["dense": ["units": known["hidden"] ?? 5, "activation": "tanh"]]],
        "batch_size": known["batch"] ?? 1, "epochs": .integer(epochs),
        "optimizer": ["name": "sgd", "lr": known["rate"] ?? 1], "standardize": false,
        "standardize_target": false,
      ]
    )
    #expect(findings.isEmpty, "\(findings)")
    let features = FeatureMatrix(
      names: ["a", "b", "c"],
      rows: labels.count,
      values: try #require(known["x"]).numbers
    )
    let training = try VirtualTraining(
      try #require(recipe as? any NetworkAlgorithm).network,
      makeJob(
        .regression,
        splits: [.train: TrainingRows(features: features, labels: .numbers(labels))]
      ),
      algorithm: "mlp",
      orders: [[Int]](repeating: Array(labels.indices), count: epochs)
    )
    training.begin(with: try #require(known["before"]).numbers.map { Float($0) })
    let result = try training.run(
      fleet(workers),
      count: 4,
      reduction: RingReduction(),
      clock: FleetClock(pass: { _ in 1 }, slowdowns: [1, 1, 1, 1])
    )
    let expected = try #require(known["after"]?[name]).numbers
    for (own, other) in zip(result.weights, expected) {
      #expect((Double(own) - other).magnitude < VirtualWorkersBesideNumPy.tolerance)
    }
    #expect(result.weights.count == expected.count)
  }

  /// All that was sent and what is left add up to all gradients.
  @Test(arguments: gradientCompressors.names) func nothingIsLost(name: String) throws {
    let type = try #require(gradientCompressors[name])
    var blank = FieldReader()
    let compressor = type.init(reading: &blank)
    let (count, steps) = (300, 40)
    let tensors = [0..<100, 100..<290, 290..<300]
    var random = RandomStream(root: 1, cell: "feedback", purpose: name)
    let (vector, sent) = (FloatStorage(count: count), FloatStorage(count: count))
    var (left, all, arrived) = (
      [Float](repeating: 0, count: count), [Double](repeating: 0, count: count),
      [Double](repeating: 0, count: count)
    )
    for _ in 0..<steps {
      for i in 0..<count {
        let gradient = Float(random.uniform() - 0.4)
        all[i] += Double(gradient)
        vector.base[i] = gradient + left[i]
      }
      compressor.compress(vector, tensors: tensors, into: sent)
      for i in 0..<count {
        left[i] = vector.base[i] - sent.base[i]
        arrived[i] += Double(sent.base[i])
      }
    }
    for i in 0..<count {
      #expect((arrived[i] + Double(left[i]) - all[i]).magnitude < 1e-3)
    }
    #expect(compressor.bytes(count: count, tensors: 3) < 4 * Double(count))
  }

  @Test func topKTakesTheLargest() throws {
    var blank = FieldReader()
    var compressor = TopK(reading: &blank)
    compressor.share = 0.4
    let (vector, sent) = (FloatStorage([1, -3, 2, 3, -2]), FloatStorage(count: 5))
    compressor.compress(vector, tensors: [0..<5], into: sent)
    #expect(sent.elements == [0, -3, 0, 3, 0])
    compressor.share = 0.6
    compressor.compress(vector, tensors: [0..<5], into: sent)
    #expect(sent.elements == [0, -3, 2, 3, 0])
    #expect(compressor.bytes(count: 5, tensors: 1) == 24)
  }

  @Test func oneBitTakesSignsAndAMean() {
    var blank = FieldReader()
    let compressor = OneBit(reading: &blank)
    let (vector, sent) = (FloatStorage([1, -3, 2, 0.5, -0.5]), FloatStorage(count: 5))
    compressor.compress(vector, tensors: [0..<3, 3..<5], into: sent)
    #expect(sent.elements == [2, -2, 2, 0.5, -0.5])
    #expect(compressor.bytes(count: 17, tensors: 2) == 3 + 8)
  }
}
