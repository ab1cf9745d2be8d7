package import ColophonCore

/// The steps that a `prepare` cell may name, in the order the reference lists them.
package let transforms = Catalogue<any Transform.Type>(
  "step",
  [
    Standardize.self
  ]
) { $0.name }
