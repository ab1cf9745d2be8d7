import ColophonCore
import ColophonData
import ColophonLearning
import ColophonMath
import Foundation
import Testing

/// Weights of files that PyTorch and onnx wrote (Fixtures/make/networks.py), and what is done with
/// them.
@Suite struct WeightImports {
  private func bytes(_ name: String) throws -> [UInt8] {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return Array(try Data(contentsOf: tests.appendingPathComponent("Fixtures/weights/\(name)")))
  }

  private static let layers: Value = [
    ["dense": ["units": 6, "activation": "relu", "name": "dense_1"]],
    ["dense": ["units": 1, "name": "output"]],
  ]

  private func fit(
    _ layers: Value,
    _ transfer: TransferTerms,
    _ more: [String: Value] = [:]
  ) throws -> any FittedNetworkModel {
    var job = makeJob(.binary, splits: [.train: rows])
    job.transfer = transfer
    let recipe = network(
      MultilayerPerceptron.self,
      ["layers": layers, "epochs": 2, "batch_size": 8, "standardize": false].merging(more) { $1 }
    ).recipe
    return try #require(
      try recipe.fit(job, observer: SilentObserver()).model as? any FittedNetworkModel
    )
  }

  private var rows: TrainingRows {
    var random = RandomStream(root: 1, cell: "import", purpose: "rows")
    let values = (0..<160).map { _ in random.standardNormal() }
    return TrainingRows(
      features: FeatureMatrix(names: ["a", "b", "c", "d"], rows: 40, values: values),
      labels: .classes((0..<40).map { values[4 * $0] + values[4 * $0 + 1] > 0 ? 1 : 0 })
    )
  }

  @Test(arguments: ["small.safetensors", "small.onnx"])
  func areThoseThatThePeerWrote(name: String) throws {
    let weights = try PortableWeights(file: bytes(name))
    let expected = try #require(try fixture("networks.json")["imported"]?.asObject)
    #expect(weights.tensors.keys.sorted() == expected.keys.sorted())
    for (key, tensor) in weights.tensors {
      #expect(tensor.numbers == (expected[key]?.numbers ?? []).map { Float($0) }, "\(key)")
    }
    #expect(weights.tensors["dense_1.weight"]?.shape == [6, 4])
  }

  @Test(arguments: ["small.safetensors", "small.onnx"])
  func aFrozenLayerKeepsThemAndTheRestLearns(name: String) throws {
    let weights = try PortableWeights(file: bytes(name))
    var transfer = TransferTerms()
    transfer.weights = weights
    transfer.frozen = ["dense_1"]
    let found = PortableWeights(try fit(Self.layers, transfer).fitted)
    #expect(found.tensors["dense_1.weight"] == weights.tensors["dense_1.weight"])
    #expect(found.tensors["dense_1.bias"] == weights.tensors["dense_1.bias"])
    #expect(found.tensors["output.weight"] != weights.tensors["output.weight"])
  }

  /// One step of plain descent: a layer of half the rate goes half the way.
  @Test func aLayerOfItsOwnRateGoesItsOwnWay() throws {
    let weights = try PortableWeights(file: bytes("small.safetensors"))
    var transfer = TransferTerms()
    transfer.weights = weights
    func moved(_ rate: Value) throws -> [Float] {
      let layers: Value = [
        ["dense": ["units": 6, "activation": "relu", "name": "dense_1", "lr_scale": rate]],
        ["dense": ["units": 1, "name": "output"]],
      ]
      let more: [String: Value] = [
        "epochs": 1, "batch_size": 40, "optimizer": ["name": "sgd", "lr": 0.5],
      ]
      let found = PortableWeights(try fit(layers, transfer, more).fitted)
      let (a, b) = (found.tensors["dense_1.weight"], weights.tensors["dense_1.weight"])
      return zip(a?.numbers ?? [], b?.numbers ?? []).map { $0 - $1 }
    }
    let (whole, half) = (try moved(1), try moved(0.5))
    #expect(whole.contains { $0.magnitude > 1e-3 })
    for (a, b) in zip(whole, half) { #expect((a / 2 - b).magnitude < 1e-6) }
  }

  @Test func saysWhichLayersDoNotFit() throws {
    var transfer = TransferTerms()
    transfer.weights = try PortableWeights(file: bytes("small.safetensors"))
    transfer.frozen = ["dense_1"]
    let wide: Value = [["dense": ["units": 7, "name": "dense_1"]], ["dense": 1]]
    let fault = #expect(throws: TrainingFault.self) { try fit(wide, transfer) }
    #expect(fault?.code == "train.incremental-or-transfer" || fault?.code == "train.freeze")
    #expect(throws: (any Error).self) { try PortableWeights(file: Array("no weights".utf8)) }
  }
}
