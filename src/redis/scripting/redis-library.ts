import { createHash } from 'node:crypto'
import { formatDouble } from '../numbers.js'
import { RedisError, type Reply, type Several } from '../reply.js'
import { type Lua, LuaError, type LuaFunction, type Owner, TYPE } from './lua.js'
import { pushReply } from './replies.js'

/** The levels of redis.log(). */
const LEVELS = { LOG_DEBUG: 0, LOG_VERBOSE: 1, LOG_NOTICE: 2, LOG_WARNING: 3 }
const REPLICATION = { REPL_NONE: 0, REPL_AOF: 1, REPL_SLAVE: 2, REPL_REPLICA: 2, REPL_ALL: 3 }

/** What the functions ask of the script that is running. */
export interface Caller {
  protocol: 2 | 3
  /** Runs a command; an error before it could run is one too, with `ERR` for a text without a code. */
  call(argv: readonly string[]): Reply | Several
  knows(argv: readonly string[]): boolean
  log(level: number, text: string): void
}

export const sha1 = (text: string) => createHash('sha1').update(Buffer.from(text, 'latin1')).digest('hex')

/** The message of an error that begins with its code after a minus, or that has none. */
export function errorText(message: string): string {
  if (!message.startsWith('-')) return `ERR ${trimmed(message)}`
  const space = message.indexOf(' ')
  if (space < 0) return `ERR ${trimmed(message.slice(1))}`
  return `${message.slice(1, space)} ${trimmed(message.slice(space + 1))}`
}

const trimmed = (text: string) => text.replace(/^[\r\n]+|[\r\n]+$/g, '')
const raised = (text: string) => new LuaError(errorText(text), 'table')

/** The words that a function was called with; an error's text for other arguments. */
function wordsOf(lua: Lua, state: number): string[] | string {
  const { api } = lua
  const count = api.lua_gettop(state)
  if (count === 0) return 'Please specify at least one argument for this redis lib call'
  const words: string[] = []
  for (let i = 1; i <= count; i++) {
    if (api.lua_type(state, i) === TYPE.number) words.push(number(api.lua_tonumber(state, i)))
    else {
      const text = lua.text(state, i)
      if (text === undefined) return 'Lua redis lib command arguments must be strings or integers'
      words.push(text)
    }
  }
  return words
}

const number = (value: number) => (Number.isNaN(value) ? '-nan' : formatDouble(value))

/** The constants of the table `redis`. */
export const redisConstants = (version: string): Readonly<Record<string, string | number>> => ({
  ...LEVELS,
  ...REPLICATION,
  REDIS_VERSION: version,
  REDIS_VERSION_NUM: version.split('.').reduce((sum, part) => sum * 256 + Number(part), 0),
})

/** The functions of the table `redis`. */
export function redisLibrary(owner: Owner, caller: () => Caller): Record<string, LuaFunction> {
  const generic =
    (raises: boolean): LuaFunction =>
    (state) => {
      const { lua } = owner
      const { api } = lua
      const words = wordsOf(lua, state)
      if (typeof words === 'string') {
        lua.pushErrorTable(state, errorText(words))
        return raises ? api.lua_error(state) : 1
      }
      api.lua_settop(state, 0)
      const reply = caller().call(words)
      pushReply(lua, state, reply, caller().protocol)
      return raises && reply instanceof RedisError ? api.lua_error(state) : 1
    }
  const isOneText = (state: number) => {
    const { api } = owner.lua
    return api.lua_gettop(state) === 1 && api.lua_type(state, 1) === TYPE.string
  }
  const table = (state: number, name: string, text: string) => {
    const { lua } = owner
    lua.api.lua_createtable(state, 0, 1)
    lua.setText(state, name, text)
    return 1
  }
  const WRONG = 'ERR wrong number or type of arguments'
  const oneNumber = (state: number, message: string): number => {
    const { api } = owner.lua
    if (api.lua_gettop(state) !== 1) throw raised(message)
    return Math.trunc(api.lua_tonumber(state, 1))
  }

  return {
    call: generic(true),
    pcall: generic(false),
    sha1hex: (state) => {
      const { lua } = owner
      if (lua.api.lua_gettop(state) !== 1) throw raised('wrong number of arguments')
      lua.push(state, sha1(lua.text(state, 1) ?? ''))
      return 1
    },
    error_reply: (state) => {
      if (!isOneText(state)) return table(state, 'err', WRONG)
      const text = owner.lua.text(state, 1)!.split('\0', 1)[0]
      return table(state, 'err', errorText(text.startsWith('-') ? text : `-${text}`))
    },
    status_reply: (state) =>
      isOneText(state) ? table(state, 'ok', owner.lua.text(state, 1)!) : table(state, 'err', WRONG),
    log: (state) => {
      const { lua } = owner
      const { api } = lua
      const count = api.lua_gettop(state)
      if (count < 2) throw raised('redis.log() requires two arguments or more.')
      if (api.lua_isnumber(state, 1) === 0) throw raised('First argument must be a number (log level).')
      const level = Math.trunc(api.lua_tonumber(state, 1))
      if (level < LEVELS.LOG_DEBUG || level > LEVELS.LOG_WARNING) throw raised('Invalid debug level.')
      const texts = Array.from({ length: count - 1 }, (_, i) => lua.text(state, i + 2))
      caller().log(level, texts.filter((text) => text !== undefined).join(' '))
      return 0
    },
    setresp: (state) => {
      const version = oneNumber(state, 'redis.setresp() requires one argument.')
      if (version !== 2 && version !== 3) throw raised('RESP version must be 2 or 3.')
      caller().protocol = version
      return 0
    },
    set_repl: (state) => {
      const flags = oneNumber(state, 'redis.set_repl() requires two arguments.')
      if ((flags & ~REPLICATION.REPL_ALL) !== 0)
        throw raised('Invalid replication flags. Use REPL_AOF, REPL_REPLICA, REPL_ALL or REPL_NONE.')
      return 0
    },
    replicate_commands: (state) => {
      owner.lua.api.lua_pushboolean(state, 1)
      return 1
    },
    breakpoint: (state) => {
      owner.lua.api.lua_pushboolean(state, 0)
      return 1
    },
    debug: () => 0,
    acl_check_cmd: (state) => {
      const { lua } = owner
      const words = wordsOf(lua, state)
      if (typeof words === 'string') throw raised(words)
      if (!caller().knows(words)) throw raised('Invalid command passed to redis.acl_check_cmd()')
      lua.api.lua_pushboolean(state, 1)
      return 1
    },
  }
}
