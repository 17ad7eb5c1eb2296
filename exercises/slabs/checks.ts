import { type CaseCheck, checkCases, shorter, shown, wrongNumber } from '../../src/grading/cases.js'
import { many, oneOf } from '../../src/grading/draw.js'
import type { Check } from '../../src/grading/exercise.js'
import { LARGEST_ITEM, PAGE } from '../../src/memcached/slab-classes.js'
import type { Random } from '../../src/random/random.js'
import {
  chunkSizes,
  chunkWords,
  drawAscii,
  drawFactors,
  drawItem,
  FOREIGN,
  type Item,
  itemOf,
  itemWords,
  MAX_KEY_BYTES,
  type Place,
  placeOf,
  sizeOf,
} from './items.js'

const askSize = (item: Item) => ({ name: 'itemSize', parameters: [item] })
const askPlace = (item: Item, chunks: readonly number[]) => ({
  name: 'slabClass',
  parameters: [item, chunks],
})

/** Simpler items, the simplest first. */
const simpler = (item: Item): Item[] =>
  [
    { key: 'k', value: 0, flags: 0 },
    { ...item, key: 'k' },
    { ...item, value: 0 },
    { ...item, flags: 0 },
    { ...item, key: item.key.slice(0, item.key.length >> 1) },
    { ...item, value: item.value >> 1 },
  ].filter((one) => one.key !== '' && JSON.stringify(one).length < JSON.stringify(item).length)

const sizing = (isAbout: (item: Item) => boolean, next: string): CaseCheck<Item> => ({
  name: 'itemSize',
  parameters: (item) => [item],
  words: (item) => `itemSize of ${itemWords(item)}`,
  wrong: (item, value) => wrongNumber(value, sizeOf(item), 0),
  smaller: (item) => simpler(item).filter(isAbout),
  next,
})

const isAscii = ({ key }: Item) => Buffer.byteLength(key) === key.length
const plainSize = sizing(
  isAscii,
  'Add up the parts of an item, one after the other, as the task’s table has them.',
)
const foreignSize = sizing(
  (item) => !isAscii(item),
  'A key’s bytes are those of its UTF-8 form: é is two of them, 商 three.',
)

const sizes = (isAbout: (count: number) => boolean, next: string): CaseCheck<number> => ({
  name: 'chunkSizes',
  parameters: (factor) => [factor],
  words: (factor) => `chunkSizes(${factor})`,
  wrong(factor, value) {
    const right = chunkSizes(factor)
    if (!Array.isArray(value)) return `you returned ${shown(value)}; it must be a list of numbers`
    const at = right.findIndex((size, i) => size !== value[i])
    if (at < 0 && value.length === right.length) return undefined
    const list = `there are ${right.length} sizes, you returned ${value.length}`
    return at < 0
      ? `the first ${right.length} are right, but ${list}`
      : `you returned ${shown(value[at])} as size ${at + 1}; it is ${right[at]}${at > 0 ? `, after ${right[at - 1]}` : ''} (${list})`
  },
  smaller: (factor) => [2, 1.25, 1.5].filter((one) => one !== factor && isAbout(chunkSizes(one).length)),
  next,
})

/** The most classes there are. */
const FULL = 63
const growing = sizes(
  (count) => count < FULL,
  'Begin with 96. Multiply the rounded size, cut off the fraction, round up to a multiple of 8; stop before 524288 ÷ factor and add 524288.',
)
const crowded = sizes(
  (count) => count === FULL,
  'With a small factor there would be too many classes: after 62 comes the last, 524288, however far the 62nd is from it.',
)

interface Placed {
  readonly item: Item
  readonly chunks: readonly number[]
}

/** Judges a place: by the item's size, or by the size that the solution says it has. */
const placing = (isAbout: (place: Place) => boolean, next: string): CaseCheck<Placed> => ({
  name: 'slabClass',
  parameters: ({ item, chunks }) => [item, chunks],
  words: ({ item, chunks }) =>
    `slabClass of ${itemWords(item)} (${sizeOf(item)} in all), ${chunkWords(chunks)}`,
  relies: ({ item }) => [askSize(item)],
  wrong({ item, chunks }, value, [own]) {
    const right = placeOf(item, sizeOf(item), chunks)
    if (value === right || (typeof own === 'number' && own > 0 && value === placeOf(item, own, chunks)))
      return undefined
    const chunk = typeof right === 'number' ? `, with chunks of ${chunks[right - 1]} bytes` : ''
    return `you returned ${shown(value)}; it is ${shown(right)}${chunk}`
  },
  smaller: ({ item, chunks }) =>
    simpler(item)
      .filter((one) => isAbout(placeOf(one, sizeOf(one), chunks)))
      .map((one) => ({ item: one, chunks })),
  next,
})
const classed = placing(
  (place) => typeof place === 'number',
  'Look for the first chunk that is not smaller than the item; its place in the list, counted from 1, is the class.',
)
const outside = placing(
  (place) => typeof place !== 'number',
  'First the key’s bytes against 250 and the item’s size against 1048576, then the item’s size against the largest chunk.',
)

/** Items at both sides of the ends of classes, where the mistakes are, and any. */
function inClasses(random: Random): Placed[] {
  return [1.25, 2, ...drawFactors(2, random)].flatMap((factor) => {
    const chunks = chunkSizes(factor)
    const around = many(6, () => oneOf(chunks, random)).flatMap((chunk) => [chunk - 1, chunk, chunk + 1])
    const sizes = [96, 97, PAGE / 2, ...around].filter((size) => size <= PAGE / 2)
    return [...sizes.map((size) => itemOf(size, random)), ...many(8, () => drawItem(random))].map((item) => ({
      item,
      chunks,
    }))
  })
}

function outsideClasses(random: Random): Placed[] {
  const chunks = chunkSizes(oneOf([1.25, 1.5, 2], random))
  const sizes = [
    PAGE / 2 + 1,
    LARGEST_ITEM - 1,
    LARGEST_ITEM,
    LARGEST_ITEM + 1,
    2 * LARGEST_ITEM,
    700_000 + random.below(100_000),
  ]
  const keys = ['k'.repeat(MAX_KEY_BYTES + 1), 'é'.repeat(126), 'k'.repeat(400), '商'.repeat(84)]
  return [
    ...sizes.map((size) => itemOf(size, random)),
    ...keys.map((key) => ({ key, value: random.below(100), flags: 0 })),
    { key: 'k'.repeat(MAX_KEY_BYTES), value: LARGEST_ITEM - 300, flags: 0 },
  ].map((item) => ({ item, chunks }))
}

interface Stock {
  readonly items: readonly Item[]
  readonly chunks: readonly number[]
}

/** The sum over items, by the rules and by the solution's own answers about single items. */
const summing = (
  name: 'waste' | 'pages',
  sum: (stock: Stock, sizes: readonly number[], places: readonly Place[]) => number,
  next: string,
): CaseCheck<Stock> => ({
  name,
  parameters: ({ items, chunks }) => [items, chunks],
  words: ({ items, chunks }) => `${name} of ${stockWords(items)}; ${chunkWords(chunks)}`,
  relies: ({ items, chunks }) => distinct(items).flatMap((item) => [askSize(item), askPlace(item, chunks)]),
  wrong({ items, chunks }, value, relied) {
    const known = distinct(items)
    const places = items.map((item) => placeOf(item, sizeOf(item), chunks))
    const right = sum({ items, chunks }, items.map(sizeOf), places)
    const at = (item: Item) => 2 * known.findIndex((one) => isSame(one, item))
    const own = sum(
      { items, chunks },
      items.map((item) => relied[at(item)] as number),
      items.map((item) => relied[at(item) + 1] as Place),
    )
    // Own sizes and classes that are wrong cost points in their own checks, unless there are none to speak of.
    const isPlausible = relied.length === 0 || relied.some((one, i) => i % 2 === 1 && typeof one === 'number')
    return isPlausible && value === own ? undefined : wrongNumber(value, right, 0)
  },
  smaller: ({ items, chunks }) => shorter(items).map((some) => ({ items: some, chunks })),
  next,
})

const isSame = (a: Item, b: Item) =>
  a === b || (a.key === b.key && a.value === b.value && a.flags === b.flags)
const distinct = (items: readonly Item[]) =>
  items.filter((item, i) => items.findIndex((one) => isSame(one, item)) === i)

function stockWords(items: readonly Item[]): string {
  const known = distinct(items)
  const shown = known.slice(0, 3).map((item) => {
    const count = items.filter((one) => isSame(one, item)).length
    return `${count > 1 ? `${count} times ` : ''}${itemWords(item)}`
  })
  return `${shown.join('; ') || 'no items'}${known.length > 3 ? ` and ${known.length - 3} more kinds` : ''}`
}

const wasted = summing(
  'waste',
  ({ items, chunks }, sizes, places) =>
    items.reduce((all, _, i) => {
      const place = places[i]
      return all + (typeof place === 'number' ? chunks[place - 1] - sizes[i] : 0)
    }, 0),
  'For every item with a class: its chunk’s size minus its own. An item that is split or refused adds nothing.',
)
const paged = summing(
  'pages',
  ({ chunks }, _, places) =>
    [...new Set(places)].reduce<number>((all, place) => {
      const count = places.filter((one) => one === place).length
      return typeof place === 'number' ? all + Math.ceil(count / Math.floor(PAGE / chunks[place - 1])) : all
    }, 0),
  'Count the items of each class by itself: its pages are items ÷ (chunks in a page), rounded up. Only then add up.',
)

function stocks(random: Random): Stock[] {
  const refused = { key: 'k', value: LARGEST_ITEM, flags: 0 }
  const split = { key: 'k', value: 600_000, flags: 0 }
  return [
    { items: [], chunks: chunkSizes(1.25) },
    // Two to a page, the rest of which is too small for a third; the last page is full, or half.
    ...[4, 9].map((count): Stock => {
      const items = new Array<Item>(count).fill(itemOf(394_000, random))
      return { items, chunks: chunkSizes(1.25) }
    }),
    ...[refused, split].map((item) => ({ items: [item], chunks: chunkSizes(1.25) })),
    ...[1.25, ...drawFactors(4, random)].map((factor): Stock => {
      const chunks = chunkSizes(factor)
      return { chunks, items: [...many(12, () => drawItem(random)), refused, split] }
    }),
    ...many(3, (): Stock => ({ chunks: chunkSizes(oneOf([1.25, 1.5], random)), items: alike(random) })),
  ]
}

/** Many items in classes with few chunks a page, so that pages fill up, to the last chunk and beyond. */
function alike(random: Random): Item[] {
  const chunks = chunkSizes(1.25)
  return many(3, () => 0).flatMap(() => {
    const place = chunks.length - 2 - random.below(8)
    const item = itemOf(chunks[place] - random.below(100), random)
    const perPage = Math.floor(PAGE / chunks[place])
    return many(oneOf([1, 2, 4], random) * perPage + random.below(3) - 1, () => item)
  })
}

const plainItems = (random: Random): Item[] => [
  { key: 'k', value: 0, flags: 0 },
  { key: 'user:1', value: 100, flags: 0 },
  { key: 'user:1', value: 100, flags: 1 },
  { key: 'k'.repeat(MAX_KEY_BYTES), value: 5, flags: 4294967295 },
  ...many(20, () => ({ ...drawItem(random), key: drawAscii(random) })),
]

export const checks: readonly Check[] = [
  {
    id: 'size',
    title: 'the size of an item',
    points: 2,
    run: (solution, random) => checkCases(solution, plainItems(random), plainSize),
  },
  {
    id: 'utf-8',
    title: 'keys in any script',
    points: 1,
    run: (solution, random) =>
      checkCases(
        solution,
        FOREIGN.map((key) => ({ key, value: random.below(1000), flags: 0 })),
        foreignSize,
      ),
  },
  {
    id: 'classes',
    title: 'the sizes of chunks',
    points: 3,
    run: (solution, random) =>
      checkCases(solution, [1.25, 2, 1.5, 3, 4, 1.4, ...drawFactors(20, random)], growing),
  },
  {
    id: 'many-classes',
    title: 'no more than 63 classes',
    points: 1,
    run: (solution, random) =>
      checkCases(
        solution,
        [1.08, 1.05, ...many(4, () => (104 + random.below(9)) / 100)].filter(
          (factor) => chunkSizes(factor).length === FULL,
        ),
        crowded,
      ),
  },
  {
    id: 'class',
    title: 'the class of an item',
    points: 3,
    run: (solution, random) => checkCases(solution, inClasses(random), classed),
  },
  {
    id: 'outside',
    title: 'items that are split or refused',
    points: 2,
    run: (solution, random) => checkCases(solution, outsideClasses(random), outside),
  },
  {
    id: 'waste',
    title: 'what stays empty in chunks',
    points: 1,
    run: (solution, random) => checkCases(solution, stocks(random), wasted),
  },
  {
    id: 'pages',
    title: 'how many pages',
    points: 2,
    run: (solution, random) => checkCases(solution, stocks(random), paged),
  },
]
