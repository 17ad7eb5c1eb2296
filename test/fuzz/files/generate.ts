import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Random } from '../../../src/random/random.js'
import { traceFormats } from '../../../src/trace/formats/index.js'
import { changed, shorterBytes } from '../bytes.js'
import { chance, pick } from '../command-lines/values.js'
import { otherJson } from '../json.js'
import { loadSources, type Source } from './sources.js'

/** A command with one file that it reads. */
export interface GivenFile {
  readonly words: readonly string[]
  readonly path: string
  readonly bytes: Uint8Array
}

let sources: Source[] = []

export async function load(): Promise<void> {
  sources = loadSources()
}

/** Other bytes made from all of a file's. */
type Rewriting = (bytes: Buffer, random: Random) => Buffer

const asText =
  (rewrite: (text: string) => string): Rewriting =>
  (bytes) =>
    Buffer.from(rewrite(bytes.toString('latin1')), 'latin1')

const rewritings: readonly Rewriting[] = [
  (bytes, random) => changed(random, bytes),
  (bytes, random) => changed(random, bytes),
  (bytes, random) => changed(random, bytes),
  (bytes) => Buffer.from(bytes.toString('utf8'), 'utf16le'),
  (bytes) => Buffer.from(`\ufeff${bytes.toString('utf8')}`, 'utf16le'),
  (bytes) => Buffer.from(`\ufeff${bytes.toString('utf8')}`, 'utf16le').swap16(),
  (bytes) => Buffer.from(bytes.toString('utf8'), 'latin1'),
  (bytes) => Buffer.concat([Buffer.from('\ufeff'), bytes]),
  asText((text) => text.replace(/\r?\n/g, '\r\n')),
  asText((text) => text.replace(/\n/g, '\r')),
  asText((text) => text.replace(/\n$/, '')),
  asText((text) => text.split('\n').reverse().join('\n')),
  asText((text) => text.replace(/\n/g, ' ')),
  asText((text) => text.replace(/[ ,]+/g, '\t')),
  (bytes, random) => Buffer.concat(Array(2 + random.below(3)).fill(bytes)),
  (bytes, random) => Buffer.concat([bytes, pick(random, sources).bytes]),
  (bytes, random) => Buffer.concat([pick(random, sources).bytes, bytes]),
  () => Buffer.alloc(0),
  (_, random) => Buffer.alloc(random.below(2000), random.below(256)),
  (bytes) => gzipSync(bytes),
  (bytes) => brotliCompressSync(bytes),
  (bytes, random) => Buffer.from(`${bytes}${'x'.repeat(random.below(200_000))}`),
]

export function generate(random: Random): GivenFile {
  const { path, bytes: right, uses } = pick(random, sources)
  const isJson = path.endsWith('.json')
  let bytes: Buffer = Buffer.from(right)
  for (let count = 1 + random.below(2); count > 0; count--)
    bytes = isJson && chance(random, 0.6) ? otherJson(random, bytes) : pick(random, rewritings)(bytes, random)
  const words = [...pick(random, uses)]
  if (words.includes('--trace') && chance(random, 0.3))
    words.push('--trace-format', pick(random, traceFormats))
  if (words.includes('--trace') && chance(random, 0.1))
    words.push('--key-column', pick(random, ['1', '2', 'key']))
  if (/^(evict|ring|tiers|memcached)$/.test(words[0]) && chance(random, 0.2))
    words.push('--format', pick(random, ['json', 'csv', 'markdown']))
  return { words, path, bytes }
}

/** Fewer bytes, and no more options than are needed. */
export function* simplify(given: GivenFile): Iterable<GivenFile> {
  const { words, bytes } = given
  for (let i = words.length - 2; i > 0; i--)
    if (/^--(format|trace-format|key-column)$/.test(words[i]))
      yield { ...given, words: words.toSpliced(i, 2) }
  for (const shorter of shorterBytes(bytes)) yield { ...given, bytes: shorter }
}
