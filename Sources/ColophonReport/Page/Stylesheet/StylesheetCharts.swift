/// Charts: the classes that drawings use.
enum StylesheetCharts {
  static let text: StaticString = """
    .chart{margin:.75rem 0 1.25rem;container-type:inline-size;min-width:0}
    .chart svg{display:block;width:100%;max-width:33rem;height:auto;overflow:visible;font:11.5px var(--sans)}
    .wide svg{width:auto;max-width:none}
    figcaption{font:.8125rem/1.45 var(--sans);margin-bottom:.5rem;max-width:38rem}
    figcaption strong{font-weight:600;display:block}
    .data{margin-top:.35rem}
    .data .scroll{max-height:24rem;overflow:auto}
    .grid{stroke:var(--line)}
    .axis{stroke:var(--soft)}
    .tick,.label{fill:var(--soft)}
    .tick{font-variant-numeric:tabular-nums}
    .direct{fill:var(--ink)}
    .m{text-anchor:middle}.e{text-anchor:end}
    .halo{paint-order:stroke;stroke:var(--paper);stroke-width:3.5px;stroke-linejoin:round}
    .s1{--c:var(--s1)}.s2{--c:var(--s2)}.s3{--c:var(--s3)}.s4{--c:var(--s4)}.s5{--c:var(--s5)}.s6{--c:var(--s6)}
    .md{--c:var(--soft)}
    text:is(.s1,.s2,.s3,.s4,.s5,.s6){fill:var(--c);font-weight:500}
    .ln{fill:none;stroke:var(--c);stroke-width:1.9;stroke-linejoin:round;stroke-linecap:round}
    .ar{fill:var(--c);opacity:.15}
    .dt,.dt2{fill:none;stroke:var(--c);stroke-linecap:round;stroke-width:4}
    .dt2{stroke-width:5}
    .rg{fill:var(--paper);stroke:var(--c);stroke-width:1.3}
    .sh{fill:none;stroke:var(--c);stroke-width:1.4}
    .fl{fill:var(--c);opacity:.85}
    .st{fill:none;stroke:var(--c);opacity:.85}
    .heat{fill:var(--c,var(--s1))}
    .heat2{fill:var(--s2)}
    .heat:is(.s1,.s2,.s3,.s4,.s5,.s6){fill-opacity:.4;stroke:var(--c)}
    .of{fill:var(--ink)}
    path.strong{stroke:var(--ink);stroke-width:2}
    text.strong{font-weight:600;font-size:13px}
    .wh{fill:none;stroke:var(--ink);stroke-width:1.2}
    .mark{fill:var(--c,var(--ink));stroke:var(--paper);stroke-width:1.5}
    .rule{stroke:var(--soft);stroke-dasharray:5 3}
    .drop{stroke:var(--soft)}
    .chance{fill:none;stroke:var(--soft);stroke-dasharray:2 3}
    .thin{fill:none;stroke:var(--line)}
    .edge{fill:none;stroke:var(--soft);opacity:.6}
    .node{fill:var(--paper);stroke:var(--soft)}
    .shaded{fill:var(--tint);stroke-dasharray:4 2}
    .chart a:is(:hover,:focus-visible) .node{stroke:var(--link);stroke-width:2}
    @container (max-width:25rem){.chart svg{font-size:12.5px}}

    """
}
