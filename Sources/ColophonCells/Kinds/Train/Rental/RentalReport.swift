import ColophonCore
import ColophonLearning
import ColophonReport

/// What a job's virtual machine has to say: values, facts, a table of cost, a timeline.
struct RentalReport {
  let bill: JobBill
  let rental: Rental
  /// How many rounds the model has gone through.
  let rounds: Int

  var values: [String: Value] {
    var values: [String: Value] = [
      "training_seconds": .number(bill.cost.trainingSeconds),
      "billed_seconds": .number(bill.cost.billedSeconds),
      "wall_seconds": .number(bill.cost.wallSeconds),
    ]
    if let dollars = bill.cost.dollars { values["cost_usd"] = .number(dollars) }
    if let spot = bill.spot {
      values["saving"] = .number(bill.cost.saving)
      values["interruptions"] = .integer(spot.interruptions)
      values["status"] = .string(spot.status.rawValue)
      values["lost_seconds"] = .number(spot.lostSeconds)
    }
    return values
  }

  var facts: [Fact] {
    var facts: [Fact] = []
    if let instance = rental.instance {
      let parts = ["\(instance.processors) vCPU, \(instance.memory) GiB", instance.accelerators]
      facts.append(
        Fact("instance", instance.name, note: parts.compactMap { $0 }.joined(separator: ", "))
      )
    }
    if let spot = bill.spot {
      facts.append(Fact("status", spot.status.rawValue))
      facts.append(Fact("interruptions", "\(spot.interruptions)"))
    }
    if let after = rental.after {
      facts.append(Fact("warm pool", "taken over", note: "from \(after.value): no start-up"))
    } else if rental.keepAlive != nil {
      facts.append(Fact("warm pool", "opened", note: "pays the start-up"))
    }
    return facts
  }

  var exhibits: [Exhibit] {
    [notice, bill.spot.map { .chart(.timeline(timeline($0))) }, .table(table)].compactMap { $0 }
  }

  /// What a limit has done to the job.
  private var notice: Exhibit? {
    guard let spot = bill.spot, spot.status != .completed else { return nil }
    let limit =
      spot.status == .maximumRun
      ? "It had run for \(text(spot.terms.maximumRun)), as long as max_run allows"
      : "\(text(spot.terms.maximumWait)) had gone since it was asked for, all that max_wait allows"
    return .notice(
      kind: .advice,
      text: "The job was stopped: \(spot.status.rawValue). \(limit). The model is the one of round "
        + "\(rounds), the last that was kept."
    )
  }

  /// Time and money beside those of the same rounds on demand, undisturbed.
  private var table: TableExhibit {
    let isSpot = bill.spot != nil
    func row(_ label: String, _ value: (JobCost) -> Double?, _ format: NumberFormat) -> [TableCell]
    {
      ([bill.cost] + (isSpot ? [bill.undisturbed] : [])).reduce(into: [.text(label)]) {
        cells,
        cost in
        cells.append(value(cost).map { .number($0, format) } ?? .missing)
      }
    }
    var rows = [
      row("training time", { $0.trainingSeconds }, .seconds),
      row("billed time", { $0.billedSeconds }, .seconds),
      row("time from request to end", { $0.wallSeconds }, .seconds),
    ]
    if rental.instance != nil { rows.append(row("cost", { $0.dollars }, .usd)) }
    return TableExhibit(
      caption: caption,
      columns: [TableColumn("measure"), TableColumn(isSpot ? "on spot" : "on demand", .numeric)]
        + (isSpot ? [TableColumn("on demand, undisturbed", .numeric)] : []),
      rows: rows,
      isSortable: false
    )
  }

  private var caption: String {
    var parts = ["Virtual time and cost: \(text(bill.clock.roundSeconds)) a round"]
    if let instance = rental.instance {
      let price = DecimalText.general(instance.hourly, digits: 6)
      parts.append("\(price) USD an hour (\(PriceList.source), \(PriceList.year))")
    }
    if let spot = bill.spot {
      parts.append("spot \(DecimalText.general(spot.terms.discount * 100, digits: 4)) % cheaper")
    }
    if let seconds = rental.keepAlive, let instance = rental.instance {
      let price = seconds * instance.hourly / 3600
      let dollars = (try? NumberFormat.usd.text(of: .number(price))) ?? ""
      parts.append("not in the cost: \(dollars) if the kept instance waits its \(text(seconds))")
    }
    return parts.joined(separator: "; ")
  }

  private func text(_ seconds: Double) -> String {
    (try? NumberFormat.seconds.text(of: .number(seconds))) ?? "\(seconds) s"
  }
}
