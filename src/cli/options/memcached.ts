import { InputError } from '../../input-error.js'
import { decimal, type Parse, wholeNumber } from './arguments.js'
import { option } from './declare.js'
import { seedOption } from './ring.js'

/** Options that the commands on Memcached's memory share. */

const MAX_MEMORY = 65_536
const MAX_FACTOR = 100

const factor: Parse<number> = (text, flag) => {
  const value = decimal(0, MAX_FACTOR)(text, flag)
  if (value > 1) return value
  throw new InputError(
    `${flag} must be more than 1 and at most ${MAX_FACTOR}, got ${JSON.stringify(text)}: classes have to grow`,
  )
}

export const memoryOptions = (maxMemory = MAX_MEMORY) => ({
  factor: option('<number>', 'growth from one slab class to the next (-f)', factor, 1.25),
  memory: option('<MiB>', 'memory for items, in pages of 1 MiB (-m)', wholeNumber(1, maxMemory), 64),
})

export const seedOfRun = seedOption('seed of random values')

export const keySizeOption = (initial: number) =>
  option('<bytes>', 'bytes of a key', wholeNumber(1, 250), initial)
