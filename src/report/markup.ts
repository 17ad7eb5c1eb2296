import { printable } from './text.js'

/** A piece of HTML or SVG. Only the functions below make one, so that a text can't pass for one. */
export interface Markup {
  readonly markup: string
}

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>
export type Content = string | number | Markup | readonly Content[] | undefined

const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A text as HTML, SVG and XML show it, and nothing else; controls and marks that turn text around are shown. */
export const escaped = (text: string): string => printable(text).replace(/[&<>"']/g, (sign) => SIGNS[sign])

function markupOf(content: Content): string {
  if (content === undefined) return ''
  if (typeof content === 'object')
    return 'markup' in content ? content.markup : content.map(markupOf).join('')
  return escaped(String(content))
}

/** Content side by side. */
export const join = (...content: readonly Content[]): Markup => ({ markup: markupOf(content) })

/** A text whose lines are kept, for a pre. */
export const textLines = (text: string): Markup => ({ markup: text.split('\n').map(escaped).join('\n') })

/** An element without an end tag. */
const VOID = new Set(['meta', 'br'])

/** An element; texts in it and in its attributes are escaped. An attribute that is true has no value, and none if false. */
export function element(name: string, attributes: Attributes = {}, ...content: readonly Content[]): Markup {
  const given = Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([key, value]) => (value === true ? ` ${key}` : ` ${key}="${escaped(attributeText(value))}"`))
    .join('')
  if (VOID.has(name)) return { markup: `<${name}${given}>` }
  return { markup: `<${name}${given}>${markupOf(content)}</${name}>` }
}

/** Coordinates to a hundredth of a pixel. */
const attributeText = (value: string | number | boolean | undefined) =>
  typeof value === 'number' ? String(Math.round(value * 100) / 100) : String(value)

/** A text that is code of ours, such as a style sheet: it isn't escaped. */
export const verbatim = (name: string, code: string): Markup => ({ markup: `<${name}>${code}</${name}>` })
