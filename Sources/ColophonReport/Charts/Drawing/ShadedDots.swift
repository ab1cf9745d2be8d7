/// Dots whose colour tells a quantity: blue where it is low, orange where it is high, pale between.
///
/// The two ends stay apart for every kind of colour vision and in both themes; what is missing is a
/// cross.
struct ShadedDots {
  private static let levels = 5
  private var shaded = [[Place]](repeating: [], count: levels)
  private var plain: [Place] = []
  private var missing = PathText()

  /// `hasShades`: whether a dot without a shade lacks one that others have.
  mutating func add(_ place: Place, shade: Double?, hasShades: Bool) {
    guard hasShades else { return plain.append(place) }
    guard let shade, shade.isFinite else {
      return missing.stamp("m-1.8-1.8l3.6 3.6m0-3.6l-3.6 3.6", at: place)
    }
    shaded[ShadedDots.level(shade)].append(place)
  }

  static func level(_ shade: Double) -> Int {
    Int(min(max(shade, 0) * Double(levels), Double(levels - 1)))
  }

  func draw(into sketch: inout Sketch) {
    let paths = shaded.map { PathText(dots: $0) }
    sketch.path(.dots, .series1, path: PathText(dots: plain), opacity: 0.7)
    // The middle is no colour; the ends are painted last.
    sketch.path(.dots, .between, path: paths[2], opacity: 0.45)
    sketch.path(.dots, .series1, path: paths[1], opacity: 0.5)
    sketch.path(.dots, .series2, path: paths[3], opacity: 0.55)
    sketch.path(.dots, .series1, path: paths[0], opacity: 0.9)
    sketch.path(.dots, .series2, path: paths[4], opacity: 0.9)
    sketch.path(.shape, .series3, path: missing)
  }

  /// The key, ending at a place: *low*, five dots, *high*.
  static func key(_ title: String, endingAt end: Place, into sketch: inout Sketch) {
    let width = TextMeasure.width("high")
    sketch.text("high", .tick, at: end, anchor: .end)
    var dots = ShadedDots()
    var x = end.x - width - 8
    for level in stride(from: levels - 1, through: 0, by: -1) {
      let shade = (Double(level) + 0.5) / Double(levels)
      dots.add(Place(x: x, y: end.y - 4), shade: shade, hasShades: true)
      x -= 8
    }
    dots.draw(into: &sketch)
    let room = max(40, x - 2)
    sketch.text("\(title): low", fittedTo: room, .tick, at: Place(x: x, y: end.y), anchor: .end)
  }
}
