import { floatIn } from '../numbers.js'
import { type Lua, LuaError } from './lua.js'

/** Names of tokens as cjson's errors have them, by their characters. */
const TOKENS: Readonly<Record<string, string>> = {
  '{': 'T_OBJ_BEGIN',
  '}': 'T_OBJ_END',
  '[': 'T_ARR_BEGIN',
  ']': 'T_ARR_END',
  ':': 'T_COLON',
  ',': 'T_COMMA',
}
const WORDS: Readonly<Record<string, [name: string, value?: boolean]>> = {
  true: ['T_BOOLEAN', true],
  false: ['T_BOOLEAN', false],
  null: ['T_NULL'],
}
const ESCAPED: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
}
const SPACE = /[ \t\n\r]*/y
const WORD = /true|false|null/y
const PLAIN = /[^"\\\0]*/y
/** A number as C's strtod() reads it. */
const NUMBER =
  /[-+]?(?:0x(?:[\da-f]+\.?[\da-f]*|\.[\da-f]+)(?:p[-+]?\d+)?|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|inf(?:inity)?|nan)/iy
/** What of it JSON doesn't allow. */
const INVALID = /\+|-?0(?:x|\d)|-?(?:inf|nan)/iy

interface Token {
  readonly name: string
  /** The text or number; an error's message. */
  readonly value?: string | number | boolean | undefined
  readonly at: number
}

const utf8 = (codePoint: number) => Buffer.from(String.fromCodePoint(codePoint)).toString('latin1')
/** UTF-8 of half a pair can't be had from a text. */
const isHalf = (unit: number) => (unit & 0xf800) === 0xd800

function numberOf(text: string): number {
  if (/nan/i.test(text)) return Number.NaN
  if (/inf/i.test(text)) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return /x/i.test(text) ? (floatIn(text) ?? 0) : Number(text)
}

/** Reads JSON as cjson does, and pushes its value. */
export class JsonDecoder {
  private at = 0
  private depth = 0

  constructor(
    private readonly lua: Lua,
    private readonly state: number,
    private readonly text: string,
    private readonly takesInvalid: boolean,
    private readonly maxDepth: number,
  ) {}

  decode(): void {
    const { text } = this
    if (text.length >= 2 && (text[0] === '\0' || text[1] === '\0'))
      throw new LuaError('JSON parser does not support UTF-16 or UTF-32')
    this.value(this.next())
    const last = this.next()
    if (last.name !== 'T_END') throw this.unexpected('the end', last)
  }

  private unexpected(wanted: string, { name, value, at }: Token): LuaError {
    const found = name === 'T_ERROR' ? value : name
    return new LuaError(`Expected ${wanted} but found ${found} at character ${at + 1}`)
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at
    return pattern.exec(this.text)?.[0]
  }

  private error(value: string): Token {
    return { name: 'T_ERROR', value, at: this.at }
  }

  private next(): Token {
    this.at += this.match(SPACE)!.length
    const { at } = this
    const char = this.text[at] ?? '\0'
    if (char === '\0') return { name: 'T_END', at }
    if (TOKENS[char] !== undefined) {
      this.at++
      return { name: TOKENS[char], at }
    }
    if (char === '"') return this.string(at)
    if (char === '-' || (char >= '0' && char <= '9'))
      return !this.takesInvalid && this.match(INVALID) ? this.error('invalid number') : this.number(at)
    const word = this.match(WORD)
    if (word !== undefined) {
      this.at += word.length
      const [name, value] = WORDS[word]
      return { name, value, at }
    }
    return this.takesInvalid && this.match(INVALID) ? this.number(at) : this.error('invalid token')
  }

  private number(at: number): Token {
    const found = this.match(NUMBER)
    if (found === undefined) return this.error('invalid number')
    this.at += found.length
    return { name: 'T_NUMBER', value: numberOf(found), at }
  }

  private string(at: number): Token {
    this.at++
    let value = ''
    for (;;) {
      const plain = this.match(PLAIN)!
      value += plain
      this.at += plain.length
      const char = this.text[this.at] ?? '\0'
      if (char === '\0') return this.error('unexpected end of string')
      if (char === '"') break
      const letter = this.text[this.at + 1] ?? '\0'
      if (letter === 'u') {
        const decoded = this.unicode()
        if (decoded === undefined) return this.error('invalid unicode escape code')
        value += decoded
      } else if (ESCAPED[letter] === undefined) return this.error('invalid escape code')
      else {
        value += ESCAPED[letter]
        this.at += 2
      }
    }
    this.at++
    return { name: 'T_STRING', value, at }
  }

  /** The UTF-8 of an escape, or of the two escapes of a pair; undefined where they are wrong. */
  private unicode(): string | undefined {
    const first = this.unit(this.at)
    if (first === undefined || (isHalf(first) && (first & 0x400) !== 0)) return undefined
    if (!isHalf(first)) {
      this.at += 6
      return utf8(first)
    }
    const second = this.unit(this.at + 6)
    if (second === undefined || (second & 0xfc00) !== 0xdc00) return undefined
    this.at += 12
    return utf8((((first & 0x3ff) << 10) | (second & 0x3ff)) + 0x10000)
  }

  private unit(at: number): number | undefined {
    const digits = /^\\u([\da-f]{4})$/i.exec(this.text.slice(at, at + 6))
    return digits ? Number.parseInt(digits[1], 16) : undefined
  }

  private value(token: Token): void {
    const { lua, state } = this
    const { api } = lua
    if (token.name === 'T_STRING') lua.push(state, token.value as string)
    else if (token.name === 'T_NUMBER') api.lua_pushnumber(state, token.value as number)
    else if (token.name === 'T_BOOLEAN') api.lua_pushboolean(state, Number(token.value))
    else if (token.name === 'T_NULL') api.lua_pushlightuserdata(state, 0)
    else if (token.name === 'T_OBJ_BEGIN') this.object()
    else if (token.name === 'T_ARR_BEGIN') this.array()
    else throw this.unexpected('value', token)
  }

  private descend(): void {
    this.depth++
    if (this.depth <= this.maxDepth && this.lua.api.lua_checkstack(this.state, 3) !== 0) return
    throw new LuaError(`Found too many nested data structures (${this.depth}) at character ${this.at}`)
  }

  private object(): void {
    const { lua, state } = this
    this.descend()
    lua.api.lua_createtable(state, 0, 0)
    let token = this.next()
    while (token.name !== 'T_OBJ_END') {
      if (token.name !== 'T_STRING') throw this.unexpected('object key string', token)
      lua.push(state, token.value as string)
      token = this.next()
      if (token.name !== 'T_COLON') throw this.unexpected('colon', token)
      this.value(this.next())
      lua.api.lua_rawset(state, -3)
      token = this.next()
      if (token.name === 'T_OBJ_END') break
      if (token.name !== 'T_COMMA') throw this.unexpected('comma or object end', token)
      token = this.next()
      // After a comma, a key has to follow.
      if (token.name === 'T_OBJ_END') throw this.unexpected('object key string', token)
    }
    this.depth--
  }

  private array(): void {
    const { lua, state } = this
    this.descend()
    lua.api.lua_createtable(state, 0, 0)
    let token = this.next()
    for (let i = 1; token.name !== 'T_ARR_END'; i++) {
      this.value(token)
      lua.api.lua_rawseti(state, -2, i)
      token = this.next()
      if (token.name === 'T_ARR_END') break
      if (token.name !== 'T_COMMA') throw this.unexpected('comma or array end', token)
      token = this.next()
      if (token.name === 'T_ARR_END') throw this.unexpected('value', token)
    }
    this.depth--
  }
}
