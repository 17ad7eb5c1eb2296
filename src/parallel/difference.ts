const SHOWN = 60
/** How much is shown before the first difference. */
const BEFORE = 20

/** `1, not 2` for two values in JSON, around their first difference where they are long; undefined for the same. */
export function difference(now: unknown, before: unknown): string | undefined {
  const texts = [now, before].map((value) => JSON.stringify(value) ?? 'nothing')
  const [one, other] = texts
  if (one === other) return undefined
  let same = 0
  while (one[same] === other[same]) same++
  const from = Math.max(0, same - BEFORE)
  return texts
    .map((text) => {
      if (text.length <= SHOWN) return text
      const part = text.slice(from, from + SHOWN)
      return `${from > 0 ? '…' : ''}${part}${from + SHOWN < text.length ? '…' : ''}`
    })
    .join(', not ')
}
