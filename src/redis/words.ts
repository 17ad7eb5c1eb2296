import { parseCount, parseInteger } from './numbers.js'
import { notInteger, RedisError, syntaxError } from './reply.js'

/** The words after a command's fixed arguments, read from the left. */
export class Words {
  constructor(
    private readonly argv: readonly string[],
    private at: number,
  ) {}

  get more(): boolean {
    return this.at < this.argv.length
  }

  get left(): number {
    return this.argv.length - this.at
  }

  /** The next word; throws a syntax error where there is none. */
  next(): string {
    if (!this.more) throw syntaxError()
    return this.argv[this.at++]
  }

  /** The next word in capitals, as options are compared. */
  option(): string {
    return this.next().toUpperCase()
  }

  /** Takes the next word if it is this option. */
  takes(option: string): boolean {
    if (!this.more || this.argv[this.at].toUpperCase() !== option) return false
    this.at++
    return true
  }

  count(error?: () => RedisError): number {
    return parseCount(this.next(), error)
  }

  /** The next `count` words. */
  list(count: number): readonly string[] {
    if (count > this.left) throw syntaxError()
    this.at += count
    return this.argv.slice(this.at - count, this.at)
  }

  rest(): readonly string[] {
    return this.list(this.left)
  }
}

/** Whether a duration's option is in seconds or milliseconds, from now or a point in time. */
const UNITS: Readonly<Record<string, { readonly factor: bigint; readonly isAbsolute: boolean }>> = {
  EX: { factor: 1000n, isAbsolute: false },
  PX: { factor: 1n, isAbsolute: false },
  EXAT: { factor: 1000n, isAbsolute: true },
  PXAT: { factor: 1n, isAbsolute: true },
}

const MOST = 2n ** 63n - 1n

export function isTimeOption(option: string): boolean {
  return Object.hasOwn(UNITS, option)
}

/** The point in time, in milliseconds, that an option such as EX 10 means. */
export function timeOf(option: string, text: string, now: number, name: string): number {
  const value = parseInteger(text, notInteger)
  const { factor, isAbsolute } = UNITS[option]
  const time = value * factor + (isAbsolute ? 0n : BigInt(now))
  if (value <= 0n || value * factor > MOST || time > MOST) throw invalidTime(name)
  return Number(time)
}

export const invalidTime = (name: string) => new RedisError(`ERR invalid expire time in '${name}' command`)
