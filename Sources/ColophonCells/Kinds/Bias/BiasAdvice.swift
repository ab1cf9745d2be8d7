import ColophonCore

/// The trap that an audit shows, in words.
enum BiasAdvice {
  static func advice(_ audit: BiasAudit) -> [Advice] {
    guard audit.holdsFourFifths == false, let impact = audit["DI"]?.value else { return [] }
    let value = DecimalText.fixed(impact, decimals: 2)
    let message =
      impact < 0.8
      ? "those whose \(audit.facet.words) are accepted \(value) times as often as all others, below "
        + "four fifths"
      : "those whose \(audit.facet.words) are accepted \(value) times as often as all others, above "
        + "five fourths: the others fall short"
    return [
      Advice(
        "bias.four-fifths",
        message,
        hint:
          "look at the groups' error rates, at what stands for the facet among the features, and "
          + "at the threshold",
        field: "facet"
      )
    ]
  }
}
