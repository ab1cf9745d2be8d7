import ColophonCore
import ColophonLearning

extension FieldReader {
  /// The machine that the job's time and cost are told for.
  mutating func rental(of type: (any Algorithm.Type)?) -> Rental {
    var rental = Rental()
    rental.instance = instance()
    rental.roundSeconds = number(
      "round_seconds",
      in: .above(0),
      "Virtual seconds of a round, where they were measured; else rows times features over what the "
        + "instance's processors visit in a second."
    )
    rental.spot = spot()
    if has("spot") { checkSpot(type, rental) }
    let pool = warmPool()
    rental.keepAlive = pool?.keepAlive
    rental.after = pool?.after
    if pool != nil { checkPool(rental) }
    return rental
  }

  private mutating func instance() -> Instance? {
    let name = choice(
      "instance",
      of: instances.names,
      noun: "instance",
      "The machine whose time and price are told: one of the price list."
    )
    return name.flatMap { instances[$0.value] }
  }

  /// `spot {max_run, max_wait, interruptions | rate, wait, discount}`.
  private mutating func spot() -> SpotTerms? {
    let terms = section(
      "spot",
      "Spare capacity that is taken away: the job is really ended, and goes on from its checkpoint."
    ) { $0.spotTerms() }
    return terms ?? nil
  }

  private mutating func spotTerms() -> SpotTerms? {
    let run = number(
      "max_run",
      in: .above(0),
      default: 86_400,
      "The most seconds on instances, all of them together."
    )
    let wait: Double? = number(
      "max_wait",
      in: .above(0),
      required: true,
      "The most seconds from the request to the end, the waiting included; above max_run."
    )
    let times = numbers(
      "interruptions",
      in: .above(0),
      "When capacity is taken away, in seconds after the job was asked for."
    )
    let rate: Double? = number(
      "rate",
      in: .atLeast(0),
      "How often an hour capacity is taken away, at random times."
    )
    let pause: Double? = number(
      "wait",
      in: .atLeast(0),
      "Seconds until there is capacity again; drawn, 600 in the mean, unless given."
    )
    let discount = number(
      "discount",
      in: .closed(0, 1),
      default: PriceList.assumedDiscount,
      "The share by which spot is cheaper than on demand."
    )
    if has("interruptions"), has("rate") {
      report(.interruptedTwice(at: position(of: "rate")))
    }
    guard let wait else { return nil }
    if wait <= run { report(.waitBelowRun(wait, run, at: position(of: "max_wait"))) }
    return SpotTerms(
      maximumRun: run,
      maximumWait: wait,
      interruptions: has("rate") ? .rate(rate ?? 0) : .times(times.sorted()),
      wait: pause,
      discount: discount
    )
  }

  private mutating func checkSpot(_ type: (any Algorithm.Type)?, _ rental: Rental) {
    let place = position(of: "spot")
    if let type, !type.isIterative {
      report(.noCheckpoint(type.name, at: place))
    } else if !has("checkpoint") {
      report(.noCheckpoint(nil, at: place))
    }
    if !has("instance"), !has("round_seconds") { report(.noClock("spot", at: place)) }
    if has("warm_pool") { report(.spotWithPool(at: position(of: "warm_pool"))) }
  }

  /// `warm_pool {keep_alive, after: CELL}`.
  private mutating func warmPool() -> (keepAlive: Double, after: Located<String>?)? {
    section(
      "warm_pool",
      "Keeps the instance after the job, so that the next one starts at once."
    ) { fields in
      let seconds = fields.number(
        "keep_alive",
        in: .above(0, upTo: 3600),
        default: 1800,
        "Seconds for which the instance waits for the next job."
      )
      let after = fields.reference(
        "after",
        to: TrainedModel.self,
        "The train cell whose kept instance the job takes over."
      )
      return (seconds, after?.cell)
    }
  }

  private mutating func checkPool(_ rental: Rental) {
    if !has("instance") { report(.noClock("warm_pool", at: position(of: "warm_pool"))) }
  }
}
