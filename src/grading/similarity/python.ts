import { LITERAL, literal, NAME, type Token, token } from './token.js'

const keywords: ReadonlySet<string> = new Set(
  `and as assert async await break class continue def del elif else except finally for from global if import in is
  lambda nonlocal not or pass raise return try while with yield None True False`.split(/\s+/),
)

/**
 * Python's lexical analysis as far as it is needed (The Python Language Reference, chapter 2): blanks, comments, joined
 * lines, texts, numbers, words, operators. What it doesn't know is an operator of one character.
 */
const lexeme = new RegExp(
  [
    /(?<blank>[^\S\n]+|#[^\n]*|\\\r?\n)/u,
    /(?<newline>\n)/u,
    /(?<text>[a-z]{0,2}(?:"""(?:\\[\s\S]|[^\\])*?"""|'''(?:\\[\s\S]|[^\\])*?'''|"(?:\\[\s\S]|[^\\"\n])*"|'(?:\\[\s\S]|[^\\'\n])*'))/u,
    /(?<number>\.?\d(?:e[+-]?|[\w.])*)/u,
    /(?<word>[\p{ID_Start}_]\p{ID_Continue}*)/u,
    /(?<operator>\*\*=?|\/\/=?|>>=?|<<=?|->|:=|[+\-*/%@&|^=!<>]=|\.\.\.|[\s\S])/u,
  ]
    .map(({ source }) => source)
    .join('|'),
  'giuy',
)

/**
 * The tokens of Python. Line ends and indents are left out, as are docstrings, annotations and commas at an end. A text
 * is one literal, also one with expressions in it.
 */
export function pythonTokens(source: string): Token[] {
  const statements = statementsOf(source)
  return statements.flatMap((statement) => {
    if (statement.length === 1 && statement[0].word === LITERAL) return []
    const tokens = withoutAnnotations(statement)
    return tokens.filter(({ word }, i) => word !== ';' && !(word === ',' && closing.has(tokens[i + 1]?.word)))
  })
}

const opening: ReadonlySet<string> = new Set(['(', '[', '{'])
const closing: ReadonlySet<string> = new Set([')', ']', '}'])
const step = ({ word }: Token) => (opening.has(word) ? 1 : closing.has(word) ? -1 : 0)

/** Logical lines: brackets join lines. */
function statementsOf(source: string): Token[][] {
  const statements: Token[][] = [[]]
  let [line, depth] = [1, 0]
  for (const { 0: text, groups } of source.matchAll(lexeme)) {
    if (groups!.newline && depth === 0) statements.push([])
    const word = wordOf(text, groups!)
    if (word !== undefined) {
      const one = token(word, line)
      depth = Math.max(0, depth + step(one))
      statements.at(-1)!.push(one)
    }
    line += text.split('\n').length - 1
  }
  return statements
}

function wordOf(text: string, groups: Readonly<Record<string, string | undefined>>): string | undefined {
  if (groups.blank || groups.newline) return undefined
  if (groups.text || groups.number) return literal(text)
  return groups.word && !keywords.has(text) ? NAME : text
}

/** A statement without the types of parameters, of what a function returns, and of a variable. */
function withoutAnnotations(statement: readonly Token[]): Token[] {
  const isFunction = statement.some(({ word }) => word === 'def')
  const isVariable = statement[0]?.word === NAME && statement[1]?.word === ':'
  if (!isFunction && !isVariable) return [...statement]
  const level = isFunction ? 1 : 0
  let [depth, skipped] = [0, false]
  return statement.filter((one) => {
    const { word } = one
    depth += step(one)
    const [inside, outside] = [depth === level, isFunction && depth === 0]
    if ((inside && [',', '='].includes(word)) || (outside && [')', ':'].includes(word))) skipped = false
    if ((inside && word === ':') || (outside && word === '->')) skipped = true
    return !skipped
  })
}
