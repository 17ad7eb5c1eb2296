/** What a page has beyond its figures. On paper all is shown, without what one can press. */
export const pageStyle = `
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif;overflow-wrap:break-word}
main{max-width:56rem;margin:0 auto;padding:1rem}
h1{font-size:1.5rem;line-height:1.2;margin:.5rem 0}
h2,h3,h4,figcaption{font-size:1.1rem;font-weight:600;text-align:left;margin:1.5rem 0 .5rem}
section>h2{font-size:1.3rem;margin-top:3rem}
a{color:var(--c0)}
code,pre{font:.9em ui-monospace,monospace;overflow-wrap:anywhere}
pre{overflow-x:auto;margin:.25rem 0}
.made,.parameters{color:var(--soft);margin:.25rem 0}
.findings{list-style:none;padding:0}
.findings li{margin:.5rem 0;padding-left:1.5rem;position:relative}
.findings li::before{content:"•";position:absolute;left:.4rem}
.findings .good::before,.findings .bad::before{content:""}
.sign{position:absolute;left:.2rem;font-weight:700}
.good .sign{color:var(--good)}
.bad .sign{color:var(--bad)}
figure{margin:2rem 0}
svg{display:block;width:100%;height:auto}
.narrow{display:none}
@media (max-width:520px){.wide{display:none}.narrow{display:block}}
.drawing{position:relative}
.keys{display:flex;flex-wrap:wrap;gap:.25rem .5rem;margin:.25rem 0}
button{overflow-wrap:anywhere;font:inherit;color:inherit;background:none;border:1px solid var(--soft);border-radius:.3rem;padding:.1rem .5rem;cursor:pointer}
.keys button[aria-pressed=false]{text-decoration:line-through;color:var(--soft)}
th button{width:max-content;max-width:8rem}
th button{border:0;padding:0;font-weight:600;text-align:inherit}
th button::after{content:" ↕";color:var(--soft)}
th[aria-sort=ascending] button::after{content:" ↑"}
th[aria-sort=descending] button::after{content:" ↓"}
:focus-visible{outline:2px solid var(--c0);outline-offset:2px}
.tip{position:absolute;pointer-events:none;max-width:16rem;background:var(--ink);color:var(--paper);padding:.2rem .5rem;border-radius:.3rem;font-size:.85rem}
.tip:empty{display:none}
details{margin:.5rem 0}
summary{cursor:pointer;color:var(--soft)}
.table{overflow-x:auto;margin:1rem 0}
.command{border-left:3px solid var(--c0);padding:.25rem .75rem;white-space:pre-wrap}
.command code{user-select:all}
.command code::before{content:"$ ";color:var(--soft);user-select:none}
.asked{margin:1.5rem 0;padding:.1rem 1rem;border:1px solid var(--line);border-radius:.3rem}
.asked>details,.asked>.choices{margin:.75rem 0}
table{border-collapse:collapse;width:max-content;font-variant-numeric:tabular-nums}
th,td{max-width:20rem;padding:.2rem .75rem .2rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
th{vertical-align:bottom}
:is(th,td):first-child{position:sticky;left:0;background:var(--paper)}
@media (max-width:520px){th,td{max-width:12.5rem}}
.number{text-align:right}
td.number{white-space:nowrap}
.word{white-space:nowrap}
td code{white-space:pre-wrap}
@media print{main{max-width:none}table{width:auto}figure,tr,li{break-inside:avoid}.keys,summary{display:none}.answer>summary{display:block}.answer::details-content{display:block;content-visibility:visible}th button::after{content:""}}
`.trim()
