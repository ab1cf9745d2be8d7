package import ColophonCore

/// The algorithms a `train` cell may name, in the order the reference lists them.
package let algorithms = Catalogue<any Algorithm.Type>(
  "algorithm",
  [
    LinearLearner.self,
    XGBoost.self,
    DecisionTree.self,
    RandomForest.self,
    AdaBoost.self,
    NearestNeighbours.self,
    SupportVectorMachine.self,
    KMeans.self,
    MultilayerPerceptron.self,
    ConvolutionalNetwork.self,
    RecurrentNetwork.self,
    DeepAR.self,
    Naive.self,
    SeasonalNaiveAlgorithm.self,
    ExponentialSmoothing.self,
    BlazingText.self,
    Bagging.self,
    Stacking.self,
  ]
) { $0.name }
