import { parse } from 'sucrase/dist/parser/index.js'
import { TokenType } from 'sucrase/dist/parser/tokenizer/types.js'
import { literal, NAME, type Token, token } from './token.js'

const literals: readonly number[] = [
  TokenType.num,
  TokenType.bigint,
  TokenType.string,
  TokenType.template,
  TokenType.regexp,
]

/** What a formatter adds or leaves out, and what exports and types need. */
const layout: ReadonlySet<string> = new Set([
  ...['{', '}', ';', '`', '${', 'export', 'default'],
  ...['public', 'private', 'protected', 'readonly', 'override', 'abstract', 'declare'],
])

/**
 * The tokens of JavaScript or TypeScript, the same ones for both: types, braces and semicolons are left out, as are
 * commas at an end and parentheses around an arrow function's only parameter. Throws where it can't be parsed.
 */
export function javascriptTokens(source: string, isTypeScript: boolean): Token[] {
  const lineAt = lineCounter(source)
  const words = parse(source, false, isTypeScript, false)
    .tokens.filter(
      ({ type, isType }) => !isType && type !== TokenType.eof && type !== TokenType.nonNullAssertion,
    )
    .map(({ type, start, end }) => {
      const text = source.slice(start, end)
      const word = type === TokenType.name ? NAME : literals.includes(type) ? literal(text) : text
      return token(word, lineAt(start))
    })
  return words.filter((_, i) => !isLayout(words, i))
}

function isLayout(tokens: readonly Token[], i: number): boolean {
  const word = (offset: number) => tokens[i + offset]?.word
  if (layout.has(word(0))) return true
  if (word(0) === ',') return [')', ']', '}'].includes(word(1))
  return (
    (word(0) === '(' && word(1) === NAME && word(2) === ')' && word(3) === '=>') ||
    (word(0) === ')' && word(1) === '=>' && word(-1) === NAME && word(-2) === '(')
  )
}

/** Line numbers, from 1, of positions that are asked for in their order. */
function lineCounter(source: string): (position: number) => number {
  let [line, from] = [1, 0]
  return (position) => {
    for (; from < position; from++) if (source[from] === '\n') line++
    return line
  }
}
