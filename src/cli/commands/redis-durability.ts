import { compareDurability } from '../../experiment/durability/durability.js'
import {
  diskNames,
  disks,
  durabilityDefaults,
  type SavePoint,
  saveText,
  sizesOf,
} from '../../experiment/durability/setup.js'
import { InputError } from '../../input-error.js'
import { formatBytes } from '../../report/format.js'
import { bytes, choice, decimal, duration, type Parse, wholeNumber } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { rateOption, timeOption } from '../options/load.js'
import { formatOption, seedOption } from '../options/ring.js'
import { show } from '../output/show.js'

const d = durabilityDefaults
/** Some 120 bytes each. */
const MAX_WRITES = 3_000_000
const MAX_MEMORY = 64e9
const MAX_CRASHES = 100_000
const MIN_DURATION = 10_000
const MIN_WRITES = 100

const savePoints: Parse<SavePoint[]> = (text, flag) => {
  const words = text.trim().split(/\s+/)
  if (words.length % 2 > 0 || !words.every((word) => /^[1-9]\d{0,8}$/.test(word)))
    throw new InputError(
      `${flag} must be pairs of seconds and changes, such as '60 1000' or '3600 1 60 10000', got ${JSON.stringify(text)}`,
    )
  return words.flatMap((word, i) =>
    i % 2 > 0 ? { seconds: Number(words[i - 1]), changes: Number(word) } : [],
  )
}

const pages = { '4KB': 4096, '2MB': 2 << 20 } as const

export const { configure, examples, accepts } = command({
  description:
    'Crashes a Redis server at random moments in virtual time: what a killed process and a power loss lose under each choice of persistence, and what each choice costs. Table 4.2 of the lesson.',
  options: {
    rate: rateOption(d.rate, 100_000),
    keys: option('<count>', 'keys of the data set; all exist', wholeNumber(1, 10_000_000), d.keys),
    valueSize: option('<bytes>', 'bytes of a value', wholeNumber(1, 1_000_000), d.valueSize),
    exponent: option(
      '<number>',
      'Zipf’s exponent of the written keys; 0 is uniform',
      decimal(0, 8),
      d.exponent,
    ),
    save: option(
      '<pairs>',
      'Redis’s save points: seconds and changes',
      savePoints,
      saveText(d.savePoints),
    ).first(),
    disk: option('<kind>', 'bandwidth and fsync of a typical disk', choice(diskNames), 'ssd').first(),
    bandwidth: option(
      '<size>',
      'bytes that the disk writes in a second (default: by --disk)',
      bytes(1e5, 1e11),
    ),
    fsync: option('<time>', 'mean latency of an fsync (default: by --disk)', duration(0.001, 60_000)),
    fork: timeOption('time of a fork for each GB of memory', d.fork),
    page: option(
      '<size>',
      'memory page that is copied on write; 2MB is a huge page',
      choice(['4KB', '2MB']),
      '4KB',
    ),
    service: timeOption('time of one command', d.service),
    duration: timeOption('how long the server is written to', d.duration, MIN_DURATION),
    crashes: option('<count>', 'crashes at random moments', wholeNumber(2, MAX_CRASHES), d.crashes).first(),
    seed: seedOption(),
    format: formatOption,
  },
  examples: [
    ['cachelab redis durability', 'an SSD, and the save points of an unchanged redis.conf'],
    ["cachelab redis durability --save '10 1' --keys 10000", 'a small data set that is saved often'],
    ['cachelab redis durability --disk hdd --duration 2m', 'what an fsync costs on a hard disk'],
  ],
  async run({ save, disk, bandwidth, fsync, page, format, ...rest }) {
    const speed = disks[disk]
    const setup = {
      ...rest,
      savePoints: save,
      disk: { bandwidth: bandwidth ?? speed.bandwidth, fsync: fsync ?? speed.fsync },
      page: pages[page],
    }
    const writes = Math.round((setup.rate * setup.duration) / 1000)
    if (writes < MIN_WRITES || writes > MAX_WRITES)
      throw new InputError(
        `--rate × --duration must be from ${MIN_WRITES} to ${MAX_WRITES} writes, got ${writes}`,
      )
    const busy = (setup.rate * setup.service) / 1000
    if (busy >= 1)
      throw new InputError(
        `--rate × --service must be less than 1, or writes come faster than they are served; got ${Number(busy.toPrecision(3))}`,
      )
    const { memory } = sizesOf(setup)
    if (memory > MAX_MEMORY)
      throw new InputError(
        `--keys × --value-size must be at most ${formatBytes(MAX_MEMORY)} of memory, got ${formatBytes(memory)}`,
      )
    await show(format, 'crashing', (progress) => compareDurability(setup, progress))
  },
})
