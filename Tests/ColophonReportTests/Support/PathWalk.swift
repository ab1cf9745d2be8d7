/// Follows the commands of a path with a pen, as a browser does.
struct PathWalk {
  /// Where each piece begins.
  private(set) var starts: [(x: Double, y: Double)] = []
  /// Every place that the pen came to.
  private(set) var places: [(x: Double, y: Double)] = []
  private var pen = (x: 0.0, y: 0.0)

  init(_ text: some StringProtocol) {
    var command: Character = "M"
    var numbers: [Double] = []
    var number = ""
    func flush() {
      if let value = Double(number) { numbers.append(value) }
      number = ""
    }
    for character in text + "Z" {
      switch character {
      case "0"..."9": number.append(character)
      case ".":
        if number.contains(".") { flush() }
        number.append(character)
      case "-":
        flush()
        number = "-"
      case " ": flush()
      default:
        flush()
        follow(command, numbers)
        (command, numbers) = (character, [])
        if character == "z" || character == "Z", let start = starts.last { pen = start }
      }
    }
  }

  private mutating func follow(_ command: Character, _ numbers: [Double]) {
    let base = { (pen: (x: Double, y: Double)) in command.isLowercase ? pen : (x: 0, y: 0) }
    switch command {
    case "h", "H": for x in numbers { go(base(pen).x + x, pen.y) }
    case "v", "V": for y in numbers { go(pen.x, base(pen).y + y) }
    case "m", "M", "l", "L":
      for place in stride(from: 0, to: numbers.count - 1, by: 2) {
        go(base(pen).x + numbers[place], base(pen).y + numbers[place + 1])
        if place == 0, command == "m" || command == "M" { starts.append(pen) }
      }
    case "c", "C":
      for place in stride(from: 4, to: numbers.count - 1, by: 6) {
        go(base(pen).x + numbers[place], base(pen).y + numbers[place + 1])
      }
    default: break
    }
  }

  private mutating func go(_ x: Double, _ y: Double) {
    pen = (x, y)
    places.append(pen)
  }
}
