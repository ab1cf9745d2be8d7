/// A network's weights alone, named and laid out as PyTorch's.
package enum SafetensorsFormat: ModelFormat {
  package static let name = "safetensors"
  package static let summary =
    "A network's weights alone, under the names and in the layout of PyTorch's modules."
  package static let suffix = "safetensors"

  package static func file(of trained: TrainedModel) throws -> ModelFile {
    if let model = trained.model as? DeepARModel {
      let network = model.network
      return ModelFile(
        bytes: PortableWeights(network, parameters: model.parameters).safetensors(
          metadata: ["algorithm": trained.algorithm]
        ),
        notes: ["layers: \(network.layers.map { $0.name }.joined(separator: ", "))"]
      )
    }
    guard let model = trained.model as? any FittedNetworkModel else {
      throw ExportFault(
        "a model of \(trained.algorithm) is no network",
        hint: "the formats 'onnx' and 'colophon' take it"
      )
    }
    let weights = PortableWeights(model.fitted)
    let layers = model.fitted.network.layers.map { $0.name }.joined(separator: ", ")
    return ModelFile(
      bytes: weights.safetensors(metadata: ["algorithm": trained.algorithm]),
      notes: ["layers: \(layers)", "features are scaled before the first layer"]
    )
  }
}
