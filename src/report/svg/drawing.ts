import { element, type Markup } from '../markup.js'
import { displayWidth } from '../width.js'

/** A figure as SVG, in pixels. */
export interface Drawing {
  readonly width: number
  readonly height: number
  readonly content: Markup
}

/** The text's size, and the height of a line of it, in pixels. */
export const FONT = 12
export const LINE = 18

/** About how wide a text is: sans serif letters are rarely wider than 0.6 of their height. */
export const textWidth = (text: string): number => displayWidth(text) * FONT * 0.6

/** A text cut to a width, with a sign where something is missing. */
export function fitted(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  const characters = [...text]
  while (characters.length > 1 && textWidth(`${characters.join('')}…`) > width) characters.pop()
  return `${characters.join('')}…`
}

/** A text at a place; `anchor` is which of its ends stands there. */
export function label(
  x: number,
  y: number,
  text: string,
  { anchor = 'start', style }: { anchor?: 'start' | 'middle' | 'end'; style?: string } = {},
): Markup {
  return element('text', { x, y, 'text-anchor': anchor === 'start' ? undefined : anchor, class: style }, text)
}

/**
 * What is said of a mark under the pointer: `title` without JavaScript, and `data-tip` for the page's script, which also
 * goes from one to the next by keys.
 */
export const tipped = (
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  tip: string,
): Markup => element(name, { ...attributes, 'data-tip': tip }, element('title', {}, tip))

/** Everything of a series, which the page's script can hide. */
export const seriesGroup = (series: number, ...content: readonly Markup[]): Markup =>
  element('g', { class: `series ${colourOf(series)}`, 'data-series': series }, content)

/** How many colours there are; then they come again, with other shapes. */
export const COLOURS = 8
export const colourOf = (series: number): string => `c${series % COLOURS}`

export interface Key {
  readonly name: string
  /** What the series' marks look like, in 20 × 12 pixels around a point. */
  readonly sample: Markup
  readonly series: number
}

/** Keys in rows of a width, from the top left. */
export function legend(keys: readonly Key[], width: number): Drawing {
  const SAMPLE = 26
  const GAP = 16
  const content: Markup[] = []
  let [x, y] = [0, LINE / 2]
  for (const { name, sample, series } of keys) {
    const text = fitted(name, width - SAMPLE)
    const taken = SAMPLE + textWidth(text) + GAP
    if (x > 0 && x + taken - GAP > width) {
      x = 0
      y += LINE
    }
    content.push(
      element(
        'g',
        {
          class: colourOf(series),
          'data-series': series,
          'data-key': name,
          transform: `translate(${Math.round(x)} ${y})`,
        },
        element('g', { transform: 'translate(10 0)' }, sample),
        label(SAMPLE, FONT * 0.35, text),
      ),
    )
    x += taken
  }
  return { width, height: y + LINE / 2 + 4, content: element('g', { class: 'legend' }, content) }
}
