import { createHash } from 'node:crypto'
import type { Random } from '../../../src/random/random.js'
import {
  FORMATS,
  JSON_TEXTS,
  NUMBERS,
  PACKED,
  PATTERNS,
  REPLACEMENTS,
  SHEBANGS,
  SPECIFIERS,
} from './lua-texts.js'
import { pick, texts } from './values.js'

/** Draws the words of a command that a script may call. */
type Call = (random: Random) => readonly string[]

/** A text as Lua writes it. */
export const quoted = (text: string): string =>
  `'${text.replace(/[^ -~]|['\\]/g, (c) => `\\${c.charCodeAt(0).toString().padStart(3, '0')}`)}'`

/** Writes scripts of Lua. Depth is bounded, and so is what they do. */
class Writer {
  private depth = 0

  constructor(
    private readonly random: Random,
    private readonly call: Call,
  ) {}

  private one = (...list: readonly (() => string)[]) => pick(list, this.random)()
  private from = (list: readonly string[]) => pick(list, this.random)
  private many = (least: number, most: number, draw: () => string) =>
    Array.from({ length: least + this.random.below(most - least + 1) }, draw).join(',')

  text = (): string => {
    const draw = this.random.below(6)
    if (draw === 0) return this.from(['KEYS[1]', 'KEYS[2]', 'ARGV[1]', 'ARGV[2]'])
    if (draw === 1) return `tostring(${this.number()})`
    if (draw === 2 && this.depth < 2) return this.deeper(this.ofTexts)
    return quoted(this.from(texts))
  }

  number = (): string => {
    const draw = this.random.below(8)
    if (draw === 0) return this.from(['#KEYS', '#ARGV', 'tonumber(ARGV[1])'])
    if (draw === 1)
      return `tonumber(${quoted(this.from(texts))}${this.from(['', '', ',16', ',2', ',36', ',37'])})`
    if (draw === 2 && this.depth < 2) return this.deeper(this.ofNumbers)
    return draw < 5 ? String(this.random.below(20) - 5) : `(${this.from(NUMBERS)})`
  }

  private ofNumbers = () =>
    this.one(
      () => `(${this.number()}${this.from(['+', '-', '*', '/', '%', '^'])}${this.number()})`,
      () => `bit.${this.from(['band', 'bor', 'bxor'])}(${this.many(1, 3, this.number)})`,
      () =>
        `bit.${this.from(['lshift', 'rshift', 'arshift', 'rol', 'ror'])}(${this.number()},${this.random.below(40)})`,
      () => `bit.${this.from(['tobit', 'bnot', 'bswap', 'tohex'])}(${this.number()})`,
      () => `math.${this.from(['floor', 'ceil', 'abs', 'max', 'min', 'sqrt'])}(${this.number()})`,
      () => `math.${this.from(['max', 'min'])}(${this.number()},${this.number()})`,
      () => `math.${this.from(['fmod', 'pow'])}(${this.number()},${this.number()})`,
      () => `#${this.text()}`,
      () => `string.byte(${this.text()}${this.from(['', ',1', ',-1', ',9'])})`,
      () => `select('#',${this.many(1, 3, this.value)})`,
      () => `struct.size(${quoted(this.from(FORMATS))})`,
    )

  private ofTexts = () =>
    this.one(
      () => `(${this.text()}..${this.one(this.text, this.number)})`,
      () => `string.format(${quoted(this.from(SPECIFIERS))},${this.one(this.number, this.text)})`,
      () =>
        `string.format(${quoted(this.from(SPECIFIERS) + this.from(SPECIFIERS))},${this.many(0, 2, this.number)})`,
      () => `string.${this.from(['upper', 'lower', 'reverse'])}(${this.text()})`,
      () => `string.sub(${this.text()},${this.number()}${this.from(['', ',2', ',-2'])})`,
      () => `string.rep(${this.text()},${this.random.below(4) - 1})`,
      () => `string.gsub(${this.text()},${quoted(this.from(PATTERNS))},${quoted(this.from(REPLACEMENTS))})`,
      () => `redis.sha1hex(${this.one(this.text, this.number)})`,
      () => `cjson.encode(${this.value()})`,
      () => `cmsgpack.pack(${this.many(1, 3, this.value)})`,
      () => `struct.pack(${quoted(this.from(FORMATS))},${this.one(this.number, this.text)})`,
      () => `table.concat({${this.many(0, 3, () => this.one(this.text, this.number))}},${quoted(',')})`,
      () => `type(${this.value()})`,
      () => `bit.tohex(${this.number()},${this.random.below(20) - 10})`,
    )

  private deeper(draw: () => string): string {
    this.depth++
    const result = draw()
    this.depth--
    return result
  }

  value = (): string => {
    const draw = this.random.below(this.depth < 3 ? 16 : 8)
    if (draw < 3) return this.number()
    if (draw < 6) return this.text()
    if (draw < 8) return this.from(['nil', 'true', 'false', 'cjson.null', '{}', 'KEYS', 'ARGV'])
    return this.deeper(draw < 11 ? this.table : draw < 13 ? this.command : this.ofValues)
  }

  private table = () =>
    this.one(
      () => `{${this.many(0, 4, this.value)}}`,
      () => `{${this.many(0, 4, this.value)}}`,
      () => `{${this.from(['ok', 'err', 'a', 'double', 'map', 'set', 'x'])}=${this.value()}}`,
      () => `{[${this.random.below(6)}]=${this.value()}}`,
      () => `{[${this.from(['1.5', 'true', '-1', '3', "'1'"])}]=${this.value()}}`,
    )

  command = (): string => {
    const list = this.call(this.random)
    const name = this.random.below(5) < 2 ? 'redis.call' : 'redis.pcall'
    const word = (text: string) =>
      /^-?\d{1,17}$/.test(text) && this.random.below(2) === 0 ? text : quoted(text)
    const odd = this.random.below(40) === 0 ? `,${this.value()}` : ''
    return `${name}(${list.map((text) => word(text)).join(',')}${odd})`
  }

  private ofValues = () =>
    this.one(
      () =>
        `cjson.decode(${this.random.below(2) === 0 ? quoted(this.from(JSON_TEXTS)) : `cjson.encode(${this.value()})`})`,
      () => `{cmsgpack.unpack('${this.from(PACKED)}${this.from(PACKED)}')}`,
      () => `{cmsgpack.unpack(cmsgpack.pack(${this.many(1, 2, this.value)}))}`,
      () =>
        `{cmsgpack.unpack_${this.from(['one(', 'limit('])}'${this.from(PACKED)}',${this.many(1, 2, this.number)})}`,
      () => `{struct.unpack(${quoted(this.from(FORMATS))},${this.text()}${this.from(['', ',1', ',2'])})}`,
      () =>
        `redis.${this.from(['error_reply', 'status_reply'])}(${this.one(this.text, this.text, this.number)})`,
      () => `{string.find(${this.text()},${quoted(this.from(PATTERNS))}${this.from(['', ',2', ',1,true'])})}`,
      () => `{string.match(${this.text()},${quoted(this.from(PATTERNS))})}`,
      () => `{pcall(function() return ${this.value()} end)}`,
      () => `redis.pcall('restore','s3',0,redis.pcall('dump',${this.text()}),'replace')`,
      () => `{unpack(${this.table()})}`,
      () => `(${this.value()} ${this.from(['and', 'or', '==', '~='])} ${this.value()})`,
      () => `(not ${this.value()})`,
      () =>
        `(${this.one(this.number, this.text)}${this.from(['<', '<=', '>'])}${this.one(this.number, this.text)})`,
      () => `(${this.value()}).a`,
    )

  private statement = (): string =>
    this.one(
      () => `local x=${this.value()}`,
      () => this.command(),
      () => this.command(),
      () => `for i=1,${this.random.below(4)} do ${this.command()} end`,
      () => `if ${this.value()} then ${this.command()} else ${this.command()} end`,
      () => `local t={} for i,v in ipairs(${this.table()}) do t[#t+1]=v end`,
      () => `redis.setresp(${this.from(['2', '3', '3', '4'])})`,
      () => `local t=${this.table()} table.sort(t)`,
      // The real server crashes if an error is neither a text nor a table with `err`.
      () => `error(${this.from(['%s', '{err=%s}']).replace('%s', () => quoted(this.from(texts)))})`,
      () =>
        this.from([
          'x=1',
          'local function f(a) return a end',
          'KEYS[1]=1',
          'redis=1',
          'string.x=1',
          'return',
          'x(',
        ]),
      () =>
        this.from([
          'cjson.encode_sparse_array(true)',
          'cjson.encode_max_depth(2)',
          'cjson.encode_invalid_numbers(true)',
          'cjson.decode_invalid_numbers(false)',
          'cjson.encode_number_precision(3)',
          'redis.replicate_commands()',
          'redis.set_repl(redis.REPL_ALL)',
        ]),
    )

  script(): string {
    const flags = this.random.below(30) === 0 ? `#!lua${this.from(SHEBANGS)}\n` : ''
    const statements: string[] = []
    while (this.random.below(5) < 2) statements.push(this.statement())
    const separator = this.from([' ', '\n', ';'])
    if (this.random.below(10) > 0)
      statements.push(`return ${this.many(1, this.random.below(8) === 0 ? 2 : 1, this.value)}`)
    return flags + statements.join(separator)
  }
}

export const scriptOf = (random: Random, call: Call): string => new Writer(random, call).script()

export const sha1 = (text: string): string => createHash('sha1').update(text, 'latin1').digest('hex')
