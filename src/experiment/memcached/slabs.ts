import {
  classOf,
  itemSize,
  LARGEST_ITEM,
  PAGE,
  type SlabClass,
  slabClasses,
} from '../../memcached/slab-classes.js'
import { TOO_LARGE } from '../../memcached/slab-memory.js'
import { type Findings, reportOf, type TableDraft } from '../../report/build.js'
import { countOf, formatBytes, formatCount, formatRatio } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { ratio } from '../../stats/summary.js'
import { comparedBars } from '../bars.js'
import type { ItemSizes } from './item-sizes.js'

export interface SlabsOptions {
  readonly factor: number
  /** MiB that memcached may use. */
  readonly memory: number
  readonly keyBytes: number
  readonly sizes: ItemSizes
  /** Whether each size is a row of its own. */
  readonly isListed: boolean
}

/** Growth factors that are tried on the same sizes. */
const FACTORS = [1.05, 1.08, 1.1, 1.15, 1.2, 1.25, 1.3, 1.4, 1.5, 1.75, 2, 3]

/** How a set of classes fits the sizes. */
interface Fit {
  readonly classes: readonly SlabClass[]
  /** Items and bytes of items in each class. */
  readonly items: Float64Array
  readonly bytes: Float64Array
  /** Items split over several chunks, and items that memcached refuses. */
  readonly split: number
  readonly refused: number
}

function sorted(factor: number, { keyBytes, sizes }: SlabsOptions): Fit {
  const classes = slabClasses(factor)
  const items = new Float64Array(classes.length)
  const bytes = new Float64Array(classes.length)
  let [split, refused] = [0, 0]
  for (const value of sizes.values) {
    const size = itemSize(keyBytes, value)
    const kind = classOf(classes, size)
    if (size > LARGEST_ITEM) refused++
    else if (!kind) split++
    else {
      items[kind.number - 1]++
      bytes[kind.number - 1] += size
    }
  }
  return { classes, items, bytes, split, refused }
}

interface Waste {
  /** Share of the chunks' bytes that no item uses. */
  readonly inChunks: number | null
  /** Classes with items. */
  readonly used: number
  /** Wasted share of all memory: in chunks, and half an unfilled page in each class. */
  readonly inAll: number | null
}

function wasteOf({ classes, items, bytes }: Fit, memory: number): Waste {
  let [chunks, content, used] = [0, 0, 0]
  for (const { number, size } of classes) {
    if (items[number - 1] === 0) continue
    used++
    chunks += items[number - 1] * size
    content += bytes[number - 1]
  }
  const inChunks = ratio(chunks - content, chunks)
  return { inChunks, used, inAll: inChunks === null ? null : Math.min(1, inChunks + used / 2 / memory) }
}

/** memcached's slab classes and their waste on a distribution of sizes. O(sizes × factors). */
export function slabs(options: SlabsOptions): Report {
  const { factor, memory, keyBytes, sizes } = options
  const own = sorted(factor, options)
  const factors = [...new Set([...FACTORS, factor])].sort((a, b) => a - b)
  const tried = factors.map((one) => ({ factor: one, ...wasteOf(sorted(one, options), memory) }))
  const classes = classTable(own, memory)
  const used = classes.rows.filter(({ waste }) => waste !== null)
  return reportOf('memcached slabs', {
    title: 'Slab classes of memcached 1.6',
    parameters: { factor, memory: `${memory} MiB`, keySize: keyBytes, sizes: sizes.label },
    tables: {
      classes,
      items: options.isListed && itemTable(options, own.classes),
      factors: {
        title: 'The same sizes under other growth factors',
        columns: {
          factor: 'factor',
          classes: ['classes used', 'count'],
          waste: ['waste in chunks', 'ratio'],
          lost: ['with half-filled pages', 'ratio', 'bar'],
        },
        rows: tried.map((row) => ({
          factor: row.factor,
          classes: row.used,
          waste: row.inChunks,
          lost: row.inAll,
        })),
      },
    },
    figures: [
      ...comparedBars({
        title: 'Slab classes with items, and their waste',
        value: { label: 'share', unit: 'ratio' },
        categories: used.map(({ class: number, chunk }) => `${number}: ${formatBytes(Number(chunk))}`),
        series: [
          { name: 'of the items', values: used.map(({ share }) => share as number) },
          { name: 'of the chunks wasted', values: used.map(({ waste }) => waste as number) },
        ],
      }),
      ...comparedBars({
        title: 'Waste under other growth factors, with half-filled pages',
        value: { label: 'wasted share of the memory', unit: 'ratio' },
        categories: tried.map((row) => String(row.factor)),
        series: [{ name: '', values: tried.map(({ inAll }) => inAll) }],
      }),
    ],
    findings: findings(options, own, tried),
  })
}

function classTable({ classes, items, bytes }: Fit, memory: number): TableDraft {
  const total = items.reduce((sum, count) => sum + count, 0)
  return {
    title: 'Slab classes and their items',
    columns: {
      class: ['class', 'count'],
      chunk: ['chunk, bytes', 'count'],
      perPage: ['a page', 'count'],
      perMemory: ['in all memory', 'count', 'detail'],
      share: ['of the items', 'ratio', 'bar'],
      waste: ['waste', 'ratio'],
    },
    rows: classes.map(({ number, size, perPage }, i) => ({
      class: number,
      chunk: size,
      perPage,
      perMemory: perPage * memory,
      share: ratio(items[i], total),
      waste: items[i] === 0 ? null : 1 - bytes[i] / (items[i] * size),
    })),
  }
}

function itemTable({ keyBytes, sizes }: SlabsOptions, classes: readonly SlabClass[]): TableDraft {
  return {
    title: 'Each item',
    columns: {
      value: ['value, bytes', 'count'],
      item: ['item', 'count'],
      class: 'class',
      chunk: ['chunk', 'count'],
      waste: ['waste', 'ratio'],
    },
    rows: [...sizes.values].map((value) => {
      const size = itemSize(keyBytes, value)
      if (size > LARGEST_ITEM) return { value, item: size, class: TOO_LARGE, chunk: null, waste: null }
      const kind = classOf(classes, size)
      if (!kind) return { value, item: size, class: 'split into chunks', chunk: null, waste: null }
      return { value, item: size, class: String(kind.number), chunk: kind.size, waste: 1 - size / kind.size }
    }),
  }
}

function findings(
  { factor, sizes, memory, keyBytes }: SlabsOptions,
  own: Fit,
  tried: readonly (Waste & { readonly factor: number })[],
): Findings {
  const here = tried.find((row) => row.factor === factor)!
  const best = tried.reduce((a, b) => (b.inAll! < a.inAll! ? b : a), here)
  const stuck = own.classes.findIndex(({ size }, i) => i > 0 && size === own.classes[i - 1].size)
  const count = sizes.values.length
  const most = LARGEST_ITEM - itemSize(keyBytes, 0)
  return {
    waste:
      here.inChunks === null
        ? 'Waste: none of the items is in a chunk, so no factor is better than another.'
        : {
            text: `Waste: ${formatRatio(here.inChunks)} of the chunks’ bytes are empty. An item just over a chunk’s size leaves almost 1 − 1 ÷ factor = ${formatRatio(1 - 1 / factor)} of the next one empty; sizes spread evenly within a class leave half of that.`,
            measured: here.inChunks,
            expected: (1 - 1 / factor) / 2,
          },
    factor: here.inChunks !== null && {
      text:
        best.factor === factor
          ? `Factor: of those tried, ${factor} wastes least on these sizes. A smaller factor wastes less in chunks, but every class has a page that is half empty on average.`
          : `Factor: ${best.factor} would waste less on these sizes: ${formatRatio(best.inAll)} of ${memory} MiB against ${formatRatio(here.inAll)}, in chunks and in the half-filled page that every used class keeps (${best.used} classes against ${here.used}).`,
      measured: best.factor,
    },
    stuck: stuck > 0 && {
      text: `Factor ${factor} is too small: ${own.classes[stuck].size} × ${factor} rounds to ${own.classes[stuck].size} again, so classes ${stuck} to ${own.classes.length - 1} have the same size and every larger item goes to the last class.`,
      ok: false,
    },
    split: own.split > 0 && {
      text: `Larger than the largest chunk (${formatBytes(PAGE / 2)}): ${formatCount(own.split)} of ${countOf(count, 'item')}. memcached splits such an item over several chunks.`,
      measured: own.split,
    },
    refused: own.refused > 0 && {
      text: `Refused: ${formatCount(own.refused)} of ${countOf(count, 'item')} (${TOO_LARGE}). With a key of ${keyBytes} bytes a value can have ${countOf(most, 'byte')}; the rest of 1 MiB is the key and the item’s header.`,
      measured: own.refused,
    },
  }
}
