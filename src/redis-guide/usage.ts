/** A part of a command's usage, parsed as a grammar. */
export type Part =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'optional' | 'repeated' | 'sequence'; readonly parts: readonly Part[] }
  | { readonly kind: 'choice'; readonly parts: readonly Part[] }

/** Reads such as `key value [NX | XX] [EX seconds | PX milliseconds]`. */
export function parseUsage(usage: string): readonly Part[] {
  const tokens = usage.match(/\.\.\.|[[\]<>|]|[^\s[\]<>|]+/g) ?? []
  let at = 0
  const read = (end: string | undefined): Part[] => {
    const choices: Part[][] = [[]]
    let isRepeated = false
    for (; at < tokens.length && tokens[at] !== end; at++) {
      const token = tokens[at]
      const parts = choices[choices.length - 1]
      if (token === '|') choices.push([])
      else if (token === '...') isRepeated = true
      else if (token === '[' || token === '<') {
        at++
        const inner = read(token === '[' ? ']' : '>')
        parts.push(token === '[' ? { kind: optionalKind(inner), parts: unwrapped(inner) } : one(inner))
      } else parts.push(/[a-z]/.test(token) ? { kind: 'value', name: token } : { kind: 'word', text: token })
    }
    const parts = choices.length === 1 ? choices[0] : [{ kind: 'choice' as const, parts: choices.map(one) }]
    return isRepeated ? [{ kind: 'repeated', parts }] : parts
  }
  return read(undefined)
}

const one = (parts: readonly Part[]): Part => (parts.length === 1 ? parts[0] : { kind: 'sequence', parts })

/** `[key ...]` is optional and repeatable; a repeated part is already optional. */
const optionalKind = (inner: readonly Part[]) =>
  inner.length === 1 && inner[0].kind === 'repeated' ? 'repeated' : 'optional'

function unwrapped(inner: readonly Part[]): readonly Part[] {
  const [first] = inner
  return inner.length === 1 && first.kind === 'repeated' ? first.parts : inner
}
