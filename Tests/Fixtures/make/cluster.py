"""Writes the published rows that the simulator is calibrated and developed on, as small tables.

Takes the folder of the sources' own tables: vTrain (MIT) data/ground_truth_{single,multi}.csv, the
llm-foundry benchmark table (Apache-2.0), Korthikanti et al. 2022 Tables 3 and 5, Megatron-LM's 2020
table, torchtitan's llama3 table (BSD-3). Figures are facts; each file's first line names its source.
"""
import json, sys
D = {v['id']: v for v in json.load(open(sys.argv[1]))['datasets']}
out = sys.argv[2] + '/'
def write(name, source, header, rows):
    with open(out + name, 'w') as f:
        f.write('# ' + source + '\n' + ','.join(header) + '\n')
        for r in rows: f.write(','.join('' if x is None else str(x) for x in r) + '\n')
v = D['vtrain_single_node']; write('vtrain-single.csv', 'VIA-Research/vTrain data/ground_truth_single.csv (MIT): 8 x A100, Megatron-DeepSpeed, fp16, full recomputation, 1F1B', v['columns'], v['rows'])
v = D['vtrain_multi_node']; write('vtrain-multi.csv', 'VIA-Research/vTrain data/ground_truth_multi.csv (MIT): 8 x A100 nodes, 800 Gb/s, Megatron-DeepSpeed, fp16, full recomputation, 1F1B', v['columns'], v['rows'])
v = D['llm_foundry_fsdp']; d = v['model_dims']
rows = []
for r in v['rows']:
    m = d[r[1]]; dev = 'H100-SXM5-80GB' if 'H100' in r[0] else 'A100-SXM4-80GB' if '80GB' in r[0] else 'A100-SXM4-40GB'
    rows.append([dev, r[1], m['n_layers'], m['d_model'], m['n_heads'], m['ffn'], m['vocab'], r[2], r[3], r[7], r[8], r[10], r[11], int(r[13])])
write('llm-foundry.csv', 'mosaicml/llm-foundry scripts/train/benchmarking/README.md (Apache-2.0), FSDP, FlashAttention', ['accelerator','model','layers','hidden','heads','ffn','vocab','seq','gpus','micro_batch','accumulation','tokens_per_s_per_gpu','precision','recompute'], rows)
v = D['korthikanti_table5']
write('korthikanti.csv', 'Korthikanti et al. 2022 (arXiv 2205.05198), Tables 3 and 5: A100 80GB, seq 2048, vocab 51200, fp16', ['model','heads','hidden','layers','tp','pp','global_batch','micro_batch','virtual_stages','full_s','selective_s'], [[r[k] for k in ['model','heads','hidden','layers','tp','pp','global_batch','micro_batch','virtual_stages','iter_s_full_recompute','iter_s_seqpar_selective']] for r in v['rows']])
v = D['megatron_2020_tp_dp']
write('megatron-2020.csv', 'NVIDIA Megatron-LM images/tables.tex of 2020: seq 1024, vocab 51200, activation checkpointing', ['accelerator','hidden','heads','layers','tp','dp','global_batch','iter_ms'], [['V100-SXM2-32GB' if 'V100' in r['gpu'] else 'A100-SXM4-40GB', r['hidden'], r['heads'], r['layers'], r['tp'], r['dp'], r['global_batch'], r['iter_ms']] for r in v['rows']])
v = D['torchtitan']
keys = ['gpus','fsdp','tp','pp','cp','local_batch','seq','ac','compile','float8','tps_per_gpu','mem_gib']
write('torchtitan.csv', 'pytorch/torchtitan benchmarks/llama3_h100_202412_torchtitan.md (BSD-3): Llama 3.1 8B on 8 H100 96GB', keys, [[r.get(k) for k in keys] for r in v['rows']])
