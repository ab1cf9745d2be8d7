/// Cells, tables, facts, notices.
enum StylesheetCells {
  static let text: StaticString = """
    .cell{position:relative;margin:1.75rem 0 2.25rem;padding-top:.55rem;border-top:1px solid var(--line);font:.9375rem/1.5 var(--sans)}
    .cell:target{border-top-color:var(--link);box-shadow:0 -1px 0 var(--link)}
    .cell>header{display:flex;flex-wrap:wrap;gap:0 .55rem;align-items:baseline;font-size:.8125rem}
    .kind,.why{color:var(--soft)}
    .name{font-weight:600;color:inherit;text-decoration:none}
    .name:hover{text-decoration:underline}
    .badge{font-weight:600;color:var(--soft)}
    .failed{border-top-color:var(--bad)}
    .failed .badge{color:var(--bad)}
    .stamp{font:.75rem/1.5 var(--mono);color:var(--soft);text-decoration:none;white-space:nowrap}
    .stamp:hover{color:var(--link);text-decoration:underline}
    .cell>header .stamp{margin-left:auto}
    .caption{font:.9375rem/1.55 var(--serif);font-style:italic;color:var(--soft);max-width:38rem;margin:.6rem 0 0}
    .plain{max-width:38rem}
    summary{width:max-content;max-width:100%;font:.8125rem/1.5 var(--sans);color:var(--soft);cursor:pointer}
    summary:hover{color:var(--link)}
    .config{margin:.15rem 0 .5rem}
    .config pre{margin:.4rem 0 1rem}
    .facts{display:flex;flex-wrap:wrap;gap:.5rem 1.75rem;margin:.75rem 0;font:.875rem/1.45 var(--sans)}
    .facts dt{color:var(--soft);font-size:.8125rem}
    .facts dd{margin:0;font-variant-numeric:tabular-nums lining-nums}
    .note{color:var(--soft);font-size:.8125rem;font-weight:400}
    .notice{margin:1.25rem 0;padding:.6rem 1rem;border-left:3px solid var(--s1);background:var(--goodbg);font:.875rem/1.5 var(--sans);max-width:48rem}
    .notice p{margin:0}
    .advice{border-color:var(--warn);background:var(--warnbg)}
    .error{border-color:var(--bad);background:var(--badbg)}
    .group{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,19rem),1fr));gap:.5rem 2rem;align-items:start}
    .group>*{min-width:0}
    .scroll{overflow-x:auto;margin:.75rem 0}
    table{border-collapse:collapse;font:.8438rem/1.4 var(--sans);font-variant-numeric:tabular-nums lining-nums;min-width:min(100%,22rem)}
    .group table{width:100%;min-width:0}
    caption{text-align:left;color:var(--soft);font-size:.8125rem;padding-bottom:.4rem}
    caption span{display:inline-block;position:sticky;left:0;max-width:calc(100vw - 2.5rem);white-space:normal}
    th,td{padding:.34rem 1.5rem .34rem 0;text-align:left;vertical-align:baseline;border-bottom:1px solid var(--line);white-space:nowrap;font-weight:400}
    thead th{color:var(--soft);font-weight:500;border-bottom-color:var(--soft);vertical-align:bottom}
    tbody th{font-weight:500}
    tr>:last-child{padding-right:0}
    .n,.dg th,.dg td,.dr td,.dr thead th+th{text-align:right}
    .m{text-align:center}
    small{font-size:.92em;font-weight:400}
    th button{all:unset;cursor:pointer}
    th button:focus-visible{outline:2px solid var(--link);outline-offset:2px}
    th button:hover{color:var(--link)}
    th[aria-sort=ascending] button::after{content:" ↑"}
    th[aria-sort=descending] button::after{content:" ↓"}
    .requirements{width:100%}
    .requirements :is(th,td){white-space:normal}
    .fold:not(:has(:checked)) .more{display:none}
    .fold label{font:.8125rem var(--sans);color:var(--soft);cursor:pointer}
    .spark{width:5rem;height:1.1rem;fill:var(--s1);opacity:.75;vertical-align:text-bottom;margin-right:.5rem}
    .bar{width:3.75rem;height:.5rem;margin-right:.5rem}

    """
}
