import ColophonCore
package import ColophonData
import ColophonMath

/// The centres of clusters; a row belongs to the nearest, the first of equals.
package struct KMeansModel: Model, Codable, Hashable {
  package static var algorithm: String { KMeans.name }

  package let centres: ClusterCentres
  /// The weighted sum of the training rows' squared distances to their centres.
  package let inertia: Double

  package var parameterCount: Int { centres.values.count }
  package var clusters: ClusterCentres? { centres }

  package func predict(_ features: FeatureMatrix) throws -> Predictions {
    try predict(features, threads: 1)
  }

  package func predict(_ features: FeatureMatrix, threads: Int) throws -> Predictions {
    try features.check(width: centres.features.count, for: KMeans.name)
    let rows = ClusterRows(features.values, width: centres.features.count, weights: nil)
    var lloyd = Lloyd(rows, centres: centres.values, threads: threads)
    lloyd.assign()
    return .clusters(lloyd.labels, count: centres.count, centres: centres.values)
  }

  package func encoded() throws -> [UInt8] { try Value(encoding: self).canonicalBytes }

  package init(centres: ClusterCentres, inertia: Double) {
    self.centres = centres
    self.inertia = inertia
  }

  package init(decoding bytes: [UInt8]) throws {
    guard let value = try? Value(json: bytes), let model = try? value.decode(KMeansModel.self),
      model.centres.count > 0, !model.centres.features.isEmpty,
      model.centres.values.count == model.centres.count * model.centres.features.count
    else { throw TrainingFault.damagedModel(KMeans.name) }
    self = model
  }
}
