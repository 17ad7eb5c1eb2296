/**
 * Whether a text matches a pattern of KEYS: `*`, `?`, `[a-c]`, `[^a]`, and `\` before a literal character. O(pattern ×
 * text) for any number of stars.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  // In Redis not even `*` matches no text.
  if (text === '') return pattern === ''
  let at = 0
  let starAt = -1
  let resumeAt = 0
  let next = 0
  while (next < text.length) {
    const taken = pattern[at] === '*' ? 0 : lengthOfMatch(pattern, at, text[next])
    if (pattern[at] === '*') {
      starAt = at++
      resumeAt = next
    } else if (taken > 0) {
      at += taken
      next++
    } else if (starAt >= 0) {
      at = starAt + 1
      next = ++resumeAt
    } else return false
  }
  while (pattern[at] === '*') at++
  return at === pattern.length
}

/** The length of the pattern's next element if it matches a character, else 0. */
function lengthOfMatch(pattern: string, at: number, sign: string): number {
  if (at >= pattern.length) return 0
  switch (pattern[at]) {
    case '?':
      return 1
    case '[':
      return lengthOfClass(pattern, at, sign)
    case '\\':
      if (at + 1 < pattern.length) return pattern[at + 1] === sign ? 2 : 0
  }
  return pattern[at] === sign ? 1 : 0
}

function lengthOfClass(pattern: string, from: number, sign: string): number {
  let at = from + 1
  const isNegated = pattern[at] === '^'
  if (isNegated) at++
  const own = signed(sign)
  let found = false
  while (at < pattern.length && pattern[at] !== ']') {
    const isEscaped = pattern[at] === '\\' && at + 1 < pattern.length
    if (isEscaped) at++
    const isRange = !isEscaped && pattern[at + 1] === '-' && at + 2 < pattern.length
    const ends = [signed(pattern[at]), signed(pattern[isRange ? at + 2 : at])]
    if (own >= Math.min(...ends) && own <= Math.max(...ends)) found = true
    at += isRange ? 3 : 1
  }
  return found === isNegated ? 0 : Math.min(at + 1, pattern.length) - from
}

/** A byte as C's char. */
const signed = (sign: string) => (sign.charCodeAt(0) << 24) >> 24
