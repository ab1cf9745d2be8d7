/// The classes that the style sheet knows.
package enum CSSClass: String, Hashable, Sendable, CaseIterable {
  // The page.
  case skip, contents, title, subtitle, by, abstract, parameters, verdict, stamp, colophon, words
  case number, missing, footnotes, picture, math, tight
  case level3 = "l3"
  case value = "v"
  // Cells.
  case cell, kind, name, config, caption, why, badge
  case done, failed, skipped, kept
  // Exhibits.
  case facts, note, scroll, fold, more, group, data, plain, requirements, holds, fails, chart, wide
  case notice, info, advice, error
  case numeric = "n"
  case middle = "m"
  case end = "e"
  /// A table whose columns are all numeric, or all but the first.
  case digits = "dg"
  case digitsAfterFirst = "dr"
  case spark, bar
  // Listings.
  case key = "k"
  case string = "s"
  case literal = "l"
  case comment = "c"
  case lines
  // Charts.
  case grid, axis, tick, label, direct, halo, rule, chance, drop, mark, thin
  case series1 = "s1"
  case series2 = "s2"
  case series3 = "s3"
  case series4 = "s4"
  case series5 = "s5"
  case series6 = "s6"
  case line = "ln"
  case area = "ar"
  case dots = "dt"
  case dots2 = "dt2"
  case ring = "rg"
  case shape = "sh"
  case whisker = "wh"
  case fill = "fl"
  case stripe = "st"
  case between = "md"
  case onFill = "of"
  case edge, node, shaded
  case heat, heat2, strong

  /// The class of a series by its position; after the sixth they begin again.
  static func series(_ index: Int) -> CSSClass {
    let all: [CSSClass] = [.series1, .series2, .series3, .series4, .series5, .series6]
    return all[((index % all.count) + all.count) % all.count]
  }
}
