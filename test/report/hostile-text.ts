import MarkdownIt from 'markdown-it'
import { expect } from 'vitest'

/** Texts of strangers that would be something else to one of those who read what cachelab writes. */
export const HOSTILE: readonly string[] = [
  // Commands of CI servers.
  '::error::x',
  '100 of 100\n::notice title=cachelab::100 of 100 points',
  'x\r::stop-commands::x',
  '   ::set-output name=a::b',
  '\u3000::add-mask::a',
  '##[error]x',
  '  ##[group]x\n##[endgroup]',
  'a ##vso[task.complete result=Succeeded;]done',
  "##teamcity[testFinished name='x']",
  '%0A::error::x',
  'section_start:1:x\r\u001b[0Kx',
  ...[70, 73, 74, 75, 76, 77, 78, 79, 80].map(
    (n) => `${'x'.repeat(n)} ::warning::x ${'x'.repeat(n)}::error::y`,
  ),
  '::error::'.repeat(30),
  `a::b::c${' ::debug::x'.repeat(30)}`,
  // Terminals, and what is hidden in a text.
  '\u001b[31mred\u001b]0;title\u0007',
  '\u009b31mred\u0085\u007f\u0000',
  'a\u202eb\u2066c\u200fd\u061ce',
  'zero\u200bwidth\ufeff\u2060\u00ad',
  'a\u2028# b\u2029# c\u000b\u000c',
  'half \ud800 and \udc00',
  'tags \u{e0041}\u{e007f}\ufffe\uffff',
  // Spreadsheets.
  '=1+1',
  '=cmd|"/C calc"!A0',
  '+1',
  '-2+3',
  '@SUM(A1)',
  '\t=1+1',
  '\r=1+1',
  ' =1+1',
  '＝1+1',
  'a","=1+1',
  '",\n=1+1',
  // Markdown and HTML.
  '# 100 of 100 points',
  'x.js\n\n# 100 of 100 points\n',
  'x\n===',
  '- item',
  '+ item',
  '* item',
  '1. one',
  '12) twelve',
  '> quote',
  '---',
  '===',
  ': definition',
  '```\nfence\n```\n# out',
  '~~~\nfence',
  'a `tick` ``two` `` ```',
  '`http://evil.example/x`y``',
  '<script>alert(1)</script>',
  '<b onclick=x>b</b> <!-- x',
  '&lt;b&gt; &amp; &#35; &',
  '[link](http://evil.example)',
  '![image](http://evil.example/x.png)',
  '[ref]: http://evil.example',
  '[^1] [x] [ref]',
  '<http://evil.example>',
  'see http://evil.example/a_b_c|d, https\\://evil.example',
  'www.evil.example MAILTO:a@b.example',
  'somebody@evil.example @everyone',
  '#1 !1 GH-1 %1 ~label $x$ :+1:',
  '*em* _em_ **strong** ~~gone~~ ==mark==',
  'a | b |\n|---|---|',
  'a\\|b|c \\\\| d',
  'backslash at the end\\',
  '    code',
  // XML, JSON, YAML, TAP.
  ']]><failure/><!--',
  '"><x y="\'',
  '# SKIP',
  'x # TODO later',
  'x \\# SKIP',
  'Bail out! now',
  'x\nok 9 - forged\n1..0',
  '...\n---',
  '"\\u0000\\',
  '__proto__',
  '😀 👩‍💻 שלום नमस्ते',
]

/** Whether GitHub's runner, Azure's agent or TeamCity takes a line for a command, written after the runner's own parser. */
function isCommand(line: string): boolean {
  if (/##\w*\[/.test(line)) return true
  const text = line.trimStart()
  const end = text.startsWith('::') ? text.indexOf('::', 2) : -1
  return end > 0 && /^[a-z-]+$/i.test(text.slice(2, end).split(' ')[0])
}

export const commandsIn = (text: string) => text.split(/\r\n|\r|\n/).filter(isCommand)

/** What no file of ours may hold: it acts on terminals, or isn't seen. */
export const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]|[\u{e0000}-\u{e007f}]|\p{Surrogate}/u

/** Without spaces and spelled-out characters, so that wrapped or broken-up text can be compared. */
export function bones(text: string): string {
  const visible = text.replace(/\\(x[\da-f]{2}|u[\da-f]{4}|u\{[\da-f]+\})/g, '')
  return visible.replace(/[\s\p{C}\u2028\u2029]/gu, '')
}

/** The names of the elements and of the attributes: how many there are depends on how long texts are. */
export const namesIn = (markup: string): Set<string> =>
  new Set(
    (markup.match(/<[^>]*>/g) ?? []).flatMap(
      (tag) => tag.replace(/"[^"]*"/g, '').match(/^<[/!]?\w+|[\w-]+(?==)/g) ?? [],
    ),
  )

export function parseCsv(text: string): string[][] {
  const cells = [...text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\n)/gy)]
  expect(cells.map(([all]) => all).join('')).toBe(text)
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of cells) {
    rows.at(-1)!.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === '\n') rows.push([])
  }
  return rows.slice(0, -1)
}

const markdown = new MarkdownIt({ html: true, linkify: true })
markdown.linkify.set({ fuzzyLink: false })

/** The blocks of a Markdown text and the texts in them, as another reader has it; anything but text is found here. */
export function parseMarkdown(text: string): { readonly blocks: string; readonly texts: string[] } {
  const tokens = markdown.parse(text, {})
  const parts = tokens.flatMap(({ children }) => children ?? [])
  expect(
    parts.map(({ type }) => type).filter((type) => !/^(text|code_inline|strong_(open|close))$/.test(type)),
  ).toEqual([])
  // GitHub and GitLab look for people and issues in what isn't code.
  for (const { type, content } of parts)
    if (type === 'text') expect(content).not.toMatch(/[@#!~%$]\w|:\/\/|www\./)
  return {
    blocks: tokens.map(({ type, tag }) => `${type} ${tag}`).join('\n'),
    texts: tokens.flatMap(({ type, children, content }) => {
      if (type === 'fence') return [content]
      return children ? [children.map((child) => child.content).join('')] : []
    }),
  }
}
