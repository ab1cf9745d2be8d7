package import ColophonCore

/// The steps that a `prepare` cell may name, in the order the reference lists them.
package let transforms = Catalogue<any Transform.Type>(
  "step",
  [
    Impute.self,
    OneHot.self,
    Ordinal.self,
    Standardize.self,
    MinMax.self,
    Logarithm.self,
    Power.self,
    Bin.self,
    Polynomial.self,
    Lag.self,
    Rolling.self,
    Select.self,
    Drop.self,
    Balance.self,
  ]
) { $0.name }
