package import ColophonCore

/// The rules that may watch a job, in the order the reference lists them.
package let debuggerRules = Catalogue<any DebuggerRule.Type>(
  "debugger rule",
  [
    Overfit.self,
    Overtraining.self,
    Underfit.self,
    LossNotDecreasing.self,
    ClassImbalance.self,
    NotFinite.self,
    VanishingGradient.self,
    ExplodingGradient.self,
    DeadRelu.self,
    Saturated.self,
  ]
) { $0.name }
