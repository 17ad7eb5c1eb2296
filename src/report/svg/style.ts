/**
 * Colours that are told apart with every kind of colour vision, after Okabe and Ito's palette, each with three times the
 * luminance of its ground: dark ones on white and light ones on black.
 */
const LIGHT = ['#0072b2', '#c24e00', '#007a58', '#a0408a', '#7a5c00', '#2b86c5', '#555555', '#b3003c']
const DARK = ['#5bb5ec', '#ff9a5c', '#35d0a0', '#e79bc9', '#e6c545', '#9cc3ff', '#c4c4c4', '#ff8098']

const colours = (palette: readonly string[]) => palette.map((colour, i) => `--c${i}:${colour}`).join(';')
const LIGHT_GROUND =
  '--ink:#1c1c1c;--soft:#5a5a5a;--line:#d8d8d8;--paper:#ffffff;--bad:#b3003c;--good:#00704f'
const DARK_GROUND = '--ink:#ececec;--soft:#b0b0b0;--line:#444444;--paper:#161616;--bad:#ff8098;--good:#35d0a0'

/** For figures alone and in pages: light or dark as the reader's system is, and light on paper. */
export const figureStyle = `
:root{${LIGHT_GROUND};${colours(LIGHT)}}
@media screen and (prefers-color-scheme:dark){:root{${DARK_GROUND};${colours(DARK)}}}
svg{font:12px system-ui,sans-serif;font-variant-numeric:tabular-nums;fill:var(--ink);color-scheme:light dark}
${LIGHT.map((_, i) => `.c${i}{color:var(--c${i})}`).join('')}
svg .axis line{stroke:var(--ink)}
svg .axis .grid,svg .lane{stroke:var(--line)}
svg .name,svg .title{font-weight:600}
svg .value{fill:var(--soft)}
svg .curve{fill:none;stroke:currentColor;stroke-width:2}
svg .mark{fill:currentColor;stroke:var(--paper)}
svg .small{opacity:0}
svg .small:hover,svg .small.at{opacity:1}
svg .interval{fill:currentColor;opacity:.18}
svg .interval,svg .band,svg text{pointer-events:none}
svg .band,svg .span{fill:var(--soft);opacity:.16}
svg{overflow:visible}
svg .bar,svg .part{fill:currentColor}
svg .hatch1{fill-opacity:.45;stroke:currentColor;stroke-width:1}
svg .hatch2{fill-opacity:.15;stroke:currentColor;stroke-width:1;stroke-dasharray:3 2}
svg .hatch3{fill-opacity:.7;stroke:var(--ink);stroke-width:1}
svg .on{fill:var(--paper);font-weight:600}
svg .end{fill:currentColor;font-weight:600}
svg .cell{fill:var(--c0);stroke:var(--line)}
svg .whisker{fill:none;stroke:var(--ink)}
svg text.rule,svg .rule text,svg .value{paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
svg .rule line,svg line.event{stroke:var(--ink);stroke-dasharray:4 3}
svg .message path{fill:none;stroke:var(--c0)}
svg .lost path{stroke:var(--bad);stroke-dasharray:4 3}
svg .happening circle,svg .key circle{fill:var(--ink);stroke:var(--paper)}
svg .moved{fill:var(--ink)}
svg .paper{fill:var(--paper)}
svg .at{stroke:var(--ink);stroke-width:2}
svg .hidden{display:none}
`.trim()
