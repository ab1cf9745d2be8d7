package import ColophonCore

/// The accelerators that a `cluster` may name, in the order the reference lists them.
///
/// Peaks are dense; memory is what the maker prints on the box (GB = 10⁹ bytes for HBM stacks that
/// are sold so, GiB where drivers show that). Where no measurement is at hand the efficiency is that
/// of the nearest generation, and the source says so.
package let accelerators = Catalogue<Accelerator>(
  "accelerator",
  [
    Accelerator(
      name: "V100-SXM2-16GB",
      peak: [.fp32: 15.7e12, .fp16: 125e12],
      memory: 16 * gibibyte,
      bandwidth: 900e9,
      multiprocessors: 80,
      efficiency: Calibration.standard.volta,
      source: "NVIDIA V100 data sheet, 2017"
    ),
    Accelerator(
      name: "V100-SXM2-32GB",
      peak: [.fp32: 15.7e12, .fp16: 125e12],
      memory: 32 * gibibyte,
      bandwidth: 900e9,
      multiprocessors: 80,
      efficiency: Calibration.standard.volta,
      source: "NVIDIA V100 data sheet, 2018"
    ),
    Accelerator(
      name: "A100-SXM4-40GB",
      peak: [.fp32: 156e12, .fp16: 312e12, .bf16: 312e12],
      memory: 40 * gibibyte,
      bandwidth: 1555e9,
      multiprocessors: 108,
      efficiency: Calibration.standard.ampere,
      source: "NVIDIA A100 data sheet, 2020; fp32 is TF32"
    ),
    Accelerator(
      name: "A100-SXM4-80GB",
      peak: [.fp32: 156e12, .fp16: 312e12, .bf16: 312e12],
      memory: 80 * gibibyte,
      bandwidth: 2039e9,
      multiprocessors: 108,
      efficiency: Calibration.standard.ampere,
      source: "NVIDIA A100 data sheet, 2021; fp32 is TF32"
    ),
    Accelerator(
      name: "H100-SXM5-80GB",
      peak: [.fp32: 494e12, .fp16: 989e12, .bf16: 989e12, .fp8: 1979e12],
      memory: 80 * gibibyte,
      bandwidth: 3350e9,
      multiprocessors: 132,
      efficiency: Calibration.standard.hopper,
      source: "NVIDIA H100 data sheet, 2023; fp32 is TF32"
    ),
    Accelerator(
      name: "H200-SXM5-141GB",
      peak: [.fp32: 494e12, .fp16: 989e12, .bf16: 989e12, .fp8: 1979e12],
      memory: 141e9,
      bandwidth: 4800e9,
      multiprocessors: 132,
      efficiency: Calibration.standard.hopper,
      source: "NVIDIA H200 data sheet, 2024; fp32 is TF32"
    ),
    Accelerator(
      name: "B200-SXM-180GB",
      peak: [.fp32: 1125e12, .fp16: 2250e12, .bf16: 2250e12, .fp8: 4500e12],
      memory: 180e9,
      bandwidth: 8000e9,
      multiprocessors: 148,
      efficiency: Calibration.standard.hopper,
      source: "NVIDIA B200 data sheet, 2024; efficiency of the generation before"
    ),
    Accelerator(
      name: "A10G",
      peak: [.fp32: 35e12, .fp16: 70e12, .bf16: 70e12],
      memory: 24e9,
      bandwidth: 600e9,
      multiprocessors: 80,
      efficiency: Calibration.standard.ampere,
      source: "NVIDIA A10G data sheet, 2021; efficiency of the A100"
    ),
    Accelerator(
      name: "L4",
      peak: [.fp32: 60e12, .fp16: 121e12, .bf16: 121e12, .fp8: 242e12],
      memory: 24e9,
      bandwidth: 300e9,
      multiprocessors: 58,
      efficiency: Calibration.standard.hopper,
      source: "NVIDIA L4 data sheet, 2023; efficiency of the H100"
    ),
    Accelerator(
      name: "T4",
      peak: [.fp32: 8.1e12, .fp16: 65e12],
      memory: 16e9,
      bandwidth: 320e9,
      multiprocessors: 40,
      efficiency: Calibration.standard.volta,
      source: "NVIDIA T4 data sheet, 2018; efficiency of the V100"
    ),
    Accelerator(
      name: "Trainium1",
      peak: [.fp32: 47.5e12, .fp16: 190e12, .bf16: 190e12, .fp8: 190e12],
      memory: 32 * gibibyte,
      bandwidth: 820e9,
      multiprocessors: 2,
      efficiency: Calibration.standard.ampere,
      source: "AWS Trainium product page, 2022; efficiency of the A100"
    ),
  ]
) { $0.name }

/// 2³⁰ bytes.
package let gibibyte = 1_073_741_824.0
