/** Where the reply that begins at a place ends; undefined where it isn't one of RESP2 or RESP3. */
function endOfReply(text: string, at: number): number | undefined {
  const lineEnd = text.indexOf('\r\n', at)
  if (lineEnd < 0) return undefined
  const [kind, line] = [text[at], text.slice(at + 1, lineEnd)]
  const after = lineEnd + 2
  const form = LINES[kind]
  if (form) return form.test(line) ? after : undefined
  if (!/^(0|[1-9]\d*|-1)$/.test(line)) return undefined
  const length = Number(line)
  if (length < 0) return '$*'.includes(kind) ? after : undefined
  if ('$='.includes(kind)) {
    const end = after + length + 2
    return text.slice(end - 2, end) === '\r\n' ? end : undefined
  }
  const each = Object.hasOwn(PARTS, kind) ? PARTS[kind] : undefined
  if (each === undefined) return undefined
  // An attribute is a map that stands before a reply.
  const parts = length * each + (kind === '|' ? 1 : 0)
  let end: number | undefined = after
  for (let i = 0; i < parts && end !== undefined; i++) end = endOfReply(text, end)
  return end
}

/** Replies that are a line, and what is in it. */
const LINES: Readonly<Record<string, RegExp>> = {
  '+': /^[^\r\n]*$/,
  '-': /^[^\r\n]+$/,
  ':': /^-?\d+$/,
  _: /^$/,
  '#': /^[tf]$/,
  ',': /^(-?\d+(\.\d+)?(e[+-]?\d+)?|-?inf|nan)$/,
  '(': /^-?\d+$/,
}

/** Replies with others in them, and how many for each that is counted. */
const PARTS: Readonly<Record<string, number>> = { '*': 1, '~': 1, '>': 1, '%': 2, '|': 2 }

/** The part of what a server sent that is no reply; undefined where all of it is whole replies. */
export function notReplies(text: string): string | undefined {
  for (let at = 0; at < text.length; ) {
    const end = endOfReply(text, at)
    if (end === undefined) return text.slice(at, at + 80)
    at = end
  }
  return undefined
}
