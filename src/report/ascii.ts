/** What stands for signs of ours where only ASCII can be shown. Signs that drawings are made of keep their width. */
const SIGNS: Readonly<Record<string, string>> = {
  ...each('─╌', '-'),
  ...each('═', '='),
  ...each('┊', ':'),
  ...each('│┤├', '|'),
  ...each('┌┐└┘┬┴┼', '+'),
  ...each('█▉▊▋▌', '#'),
  ...each('▍▎▏', ':'),
  ...each('░', '.'),
  ...each('▒', ':'),
  ...each('▓', '+'),
  ...each('●•◉', '*'),
  ...each('○◯', 'o'),
  ...each('×', 'x'),
  ...each('◆', '@'),
  ...each('◇', '&'),
  ...each('▲△', '^'),
  ...each('■', '#'),
  ...each('□', '%'),
  ...each('▽▼', 'v'),
  ...each('▶►', '>'),
  ...each('◀◄', '<'),
  ...each('☆★', '$'),
  ...each('–−‐‑', '-'),
  ...each('‘’′', "'"),
  ...each('“”', '"'),
  ...each('·', '.'),
  ...each('÷', '/'),
  ...each('µμ', 'u'),
  ...each('\u00a0', ' '),
  '—': '--',
  '…': '...',
  '→': '->',
  '←': '<-',
  '≤': '<=',
  '≥': '>=',
  '≈': '~',
  '±': '+/-',
  '∞': 'inf',
  '√': 'sqrt ',
  Σ: 'sum ',
  '½': '1/2',
  '✓': 'ok',
  '✗': 'NO',
  '⇥': '|>',
}
const NOT_ASCII = /[^\0-\x7f]+/gu
const POWERS = '⁰¹²³⁴⁵⁶⁷⁸⁹⁻'

function each(signs: string, ascii: string): Record<string, string> {
  return Object.fromEntries([...signs].map((sign) => [sign, ascii]))
}

/** A text in ASCII: signs of drawings and prose by others like them, all other characters as `\u{…}`. */
export function asciiText(text: string): string {
  return text.replace(NOT_ASCII, (run) =>
    run.replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+|./gsu, (sign) => {
      const power = POWERS.indexOf(sign[0])
      if (power >= 0) return `^${[...sign].map((digit) => '0123456789-'[POWERS.indexOf(digit)]).join('')}`
      return SIGNS[sign] ?? `\\u{${sign.codePointAt(0)!.toString(16)}}`
    }),
  )
}

/** A report whose texts are in ASCII, so that its tables are laid out by what is shown. */
export function asciiReport<T>(report: T): T {
  return JSON.parse(JSON.stringify(report), (_, value) =>
    typeof value === 'string' ? asciiText(value) : value,
  )
}
