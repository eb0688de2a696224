// How the page looks: paper and ink from the charts' own colours, light and dark.
import { chartCss } from "@basin/charts";

export const pageCss: string =
  chartCss() +
  `
:root{color-scheme:light dark;--paper:#f6f4ee;--link:#0a5c9e}
@media (prefers-color-scheme:dark){:root{--paper:#121316;--link:#7fbcf0}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--chart-ink);font:16px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',sans-serif}
header,main,footer{max-width:57rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2.5rem}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .5rem}
h2{font-size:1.35rem;margin:3rem 0 .75rem}
h3{font-size:1.05rem;margin:2rem 0 .5rem}
p,ul{max-width:46rem}
a{color:var(--link)}
nav ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}
figure{margin:1.25rem 0;background:var(--chart-paper);border:1px solid var(--chart-grid);border-radius:.6rem;padding:.9rem}
figure svg{display:block;max-width:100%;height:auto}
@media (max-width:44rem){figure svg{max-width:none;width:42rem}}
figcaption,.note{color:var(--chart-muted);font-size:.9rem;max-width:46rem;margin:.5rem 0 0}
.scroll{overflow-x:auto}
.scroll:focus-visible,a:focus-visible,summary:focus-visible,pre:focus-visible{outline:3px solid var(--link);outline-offset:2px}
table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums;background:var(--chart-paper)}
caption{text-align:left;font-weight:600;padding:.25rem 0 .5rem}
th,td{padding:.35rem .75rem;border-bottom:1px solid var(--chart-grid);text-align:left;white-space:nowrap}
td.wide{white-space:normal;min-width:18rem}
.number{text-align:right}
thead th{border-bottom:2px solid var(--chart-muted)}
details{margin:.5rem 0}
summary{cursor:pointer;color:var(--link)}
pre{overflow:auto;max-height:24rem;background:var(--chart-paper);border:1px solid var(--chart-grid);border-radius:.4rem;padding:.75rem;font-size:.82rem;line-height:1.4}
code{font-size:.9em}
.paste{background:var(--chart-paper);border-left:4px solid var(--chart-muted);padding:.75rem 1rem;margin:0}
.sign{font-weight:700}
footer{padding-top:2rem;padding-bottom:3rem;color:var(--chart-muted);font-size:.9rem}
@media print{nav,details{display:none}figure{break-inside:avoid}}
`;
