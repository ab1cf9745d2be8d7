import ColophonCore

/// What a script is told: the container's configuration files and `SM_*` variables, under the names
/// of the public training toolkit.
///
/// Nothing of the machine enters: there is one host, `algo-1`, with one processor and no accelerator,
/// and the environment holds what stands here and nothing else.
struct ScriptEnvironment {
  static let host = "algo-1"

  /// Where the layout lies in a container.
  static let containerRoot = "/opt/ml"
  /// The variable that names the epoch at which a job of a tuning may end, for one that keeps its
  /// state in the checkpoint folder.
  static let limitVariable = "COLOPHON_EPOCH_LIMIT"

  /// The private root that stands for `/opt/ml`.
  let root: String
  let recipe: ScriptRecipe
  /// The epoch at which the job will be asked for no more; nil for its own end.
  var limit: Int?

  var model: String { root + "/model" }
  var input: String { root + "/input" }
  var configuration: String { root + "/input/config" }
  var data: String { root + "/input/data" }
  var output: String { root + "/output" }
  var code: String { root + "/code" }
  var checkpoints: String { root + "/checkpoints" }
  var temporary: String { root + "/tmp" }

  /// The folders that there must be.
  var folders: [String] {
    [
      model, configuration, data, output + "/data", output + "/intermediate", code, checkpoints,
      temporary,
    ] + recipe.channels.map { "\(data)/\($0.name)" }
  }

  /// `input/config/…`, by name.
  ///
  /// As in the container, each hyperparameter is a text.
  var configurationFiles: [(name: String, content: Value)] {
    [
      (
        "hyperparameters.json",
        .object(
          Dictionary(
            recipe.texts.map { ($0.name, .string($0.text)) }
          ) { first, _ in first }
        )
      ),
      ("resourceconfig.json", resources),
      (
        "inputdataconfig.json",
        .object(
          Dictionary(
            recipe.channels.map { ($0.name, ScriptEnvironment.channel) }
          ) { first, _ in first }
        )
      ),
    ]
  }

  private var resources: Value {
    [
      "current_host": .string(ScriptEnvironment.host), "hosts": [.string(ScriptEnvironment.host)],
      "network_interface_name": "lo", "current_instance_type": "local",
    ]
  }

  private static let channel: Value = [
    "TrainingInputMode": "File", "S3DistributionType": "FullyReplicated",
    "RecordWrapperType": "None",
  ]

  private var hyperparameters: Value {
    .object(Dictionary(recipe.hyperparameters.map { ($0.name, $0.value) }) { first, _ in first })
  }

  private var channelNames: [Value] { recipe.channels.map { .string($0.name) } }

  /// The variables, in order of their names.
  var variables: [(name: String, value: String)] {
    var all: [String: String] = [
      "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C",
      "HOME": root, "TMPDIR": temporary, "PWD": code,
      "SM_MODEL_DIR": model, "SM_INPUT_DIR": input, "SM_INPUT_CONFIG_DIR": configuration,
      "SM_OUTPUT_DIR": output, "SM_OUTPUT_DATA_DIR": output + "/data",
      "SM_OUTPUT_INTERMEDIATE_DIR": output + "/intermediate", "SM_MODULE_DIR": code,
      "SM_CHECKPOINT_DIR": checkpoints,
      "SM_CHANNELS": Value.array(channelNames).canonicalText,
      "SM_HPS": hyperparameters.canonicalText,
      "SM_USER_ARGS": Value.array(recipe.arguments.map { .string($0) }).canonicalText,
      "SM_CURRENT_HOST": ScriptEnvironment.host,
      "SM_HOSTS": Value.array([.string(ScriptEnvironment.host)]).canonicalText,
      "SM_NUM_GPUS": "0", "SM_NUM_NEURONS": "0", "SM_NUM_CPUS": "1", "SM_LOG_LEVEL": "20",
      "SM_NETWORK_INTERFACE_NAME": "lo", "SM_CURRENT_INSTANCE_TYPE": "local",
      "SM_RESOURCE_CONFIG": resources.canonicalText,
      "SM_INPUT_DATA_CONFIG": configurationFiles[2].content.canonicalText,
      "SM_TRAINING_ENV": training.canonicalText,
    ]
    for channel in recipe.channels {
      all["SM_CHANNEL_" + channel.name.uppercased()] = "\(data)/\(channel.name)"
    }
    for (name, text) in recipe.texts { all["SM_HP_" + name.uppercased()] = text }
    if let limit { all[ScriptEnvironment.limitVariable] = "\(limit)" }
    return all.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// `SM_TRAINING_ENV`: the same once more, as one map.
  private var training: Value {
    [
      "channel_input_dirs": .object(
        Dictionary(
          recipe.channels.map { ($0.name, .string("\(data)/\($0.name)")) }
        ) { first, _ in first }
      ),
      "current_host": .string(ScriptEnvironment.host), "hosts": [.string(ScriptEnvironment.host)],
      "hyperparameters": hyperparameters, "input_config_dir": .string(configuration),
      "input_dir": .string(input), "model_dir": .string(model), "num_cpus": 1, "num_gpus": 0,
      "output_data_dir": .string(output + "/data"), "output_dir": .string(output),
      "resource_config": resources, "log_level": 20, "network_interface_name": "lo",
    ]
  }
}
