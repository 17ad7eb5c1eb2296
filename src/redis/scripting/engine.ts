import { RedisError, type Reply } from '../reply.js'
import { bitLibrary } from './bit.js'
import { jsonLibrary } from './cjson.js'
import { messagePackLibrary } from './cmsgpack.js'
import { DONE, GLOBALS, Lua, LuaError, type LuaFunction, REGISTRY, TYPE } from './lua.js'
import { randomLibrary } from './random.js'
import { type Caller, redisConstants, redisLibrary } from './redis-library.js'
import { errorReply, popReply } from './replies.js'
import { structLibrary } from './struct.js'
import { textFormat } from './text-format.js'
import { Threads, type Verdict } from './threads.js'

/** What Lua's own libraries define and Redis leaves out. */
const REMOVED = ['dofile', 'getfenv', 'loadfile', 'newproxy', 'print', 'setfenv']
/** How the functions of coroutine.wrap are made of those of coroutine.resume, which the threads know. */
const WRAP = `local create, resume, results = ...
return function(run)
  local own = create(run)
  return function(...) return results(resume(own, ...)) end
end`
const WRAP_SOURCE = '=coroutine.wrap'
const CHUNK = '@user_script'
/** Scripts between two steps of the garbage collector, and the size of a step. */
const COLLECT_EVERY = 50
const GC_STEP = 5

/** How a script has ended, or that it has paused. An error that a command has already counted is no new one. */
export type Outcome = { readonly reply: Reply; readonly isCounted?: boolean } | 'paused'

/** Lua as Redis sets it up for scripts: its libraries, and tables that nobody can change. */
export class Engine {
  readonly lua: Lua
  private readonly threads: Threads
  private runs = 0
  /** Lua's own `string.format`. */
  format = 0

  constructor(caller: () => Caller, judge: (canPause: boolean) => Verdict, version: string) {
    this.threads = new Threads(judge)
    const libraries: Record<string, Record<string, LuaFunction>> = {
      redis: redisLibrary(this, caller),
      cjson: jsonLibrary(this),
      cmsgpack: messagePackLibrary(this),
      struct: structLibrary(this),
      bit: bitLibrary(this),
      math: randomLibrary(this),
      string: { rep: (state) => this.repeat(state) },
    }
    const functions: Record<string, LuaFunction> = {
      ...this.threads.functions,
      'string.format': textFormat(this),
      load: (state) => this.load(state),
      loadstring: (state) => this.loadText(state, this.lua.checkText(state, 1)),
      unknown: (state) => this.unknownGlobal(state),
      'cjson.new': (state) => this.newJson(state, Object.keys(libraries.cjson)),
    }
    for (const [table, members] of Object.entries(libraries))
      for (const [name, run] of Object.entries(members)) functions[`${table}.${name}`] = run
    this.lua = new Lua(functions, (state) => this.threads.hook(state))
    this.threads.lua = this.lua
    this.setUp(libraries)
    this.setInfo('redis', redisConstants(version))
    this.seal()
  }

  private setUp(libraries: Readonly<Record<string, Record<string, LuaFunction>>>): void {
    const { lua } = this
    const { api, state } = lua
    for (const open of [api.luaopen_base, api.luaopen_table, api.luaopen_string, api.luaopen_math]) {
      open(state)
      api.lua_settop(state, 0)
    }
    for (const name of REMOVED) {
      api.lua_pushnil(state)
      api.lua_setfield(state, GLOBALS, lua.name(name))
    }
    for (const name of ['pcall', 'xpcall', 'load', 'loadstring']) this.setGlobal(name)
    this.setCoroutines()
    this.setFormat()
    for (const [table, members] of Object.entries(libraries)) this.setLibrary(table, Object.keys(members))
    this.setInfo('cjson', { _NAME: 'cjson', _VERSION: '2.1.0' })
    this.setInfo('cmsgpack', {
      _NAME: 'cmsgpack',
      _VERSION: 'lua-cmsgpack 0.4.0',
      _COPYRIGHT: 'Copyright (C) 2012, Salvatore Sanfilippo',
      _DESCRIPTION: 'MessagePack C implementation for Lua',
    })
    this.setJsonNull()
  }

  /** Makes all tables read-only, and names that don't exist errors. */
  private seal(): void {
    const { lua } = this
    const { api, state } = lua
    api.lua_createtable(state, 0, 1)
    lua.pushFunction(state, 'unknown')
    lua.setField(state, '__index')
    api.lua_setmetatable(state, GLOBALS)
    api.lua_pushvalue(state, GLOBALS)
    this.protectAll()
    api.lua_settop(state, 0)
  }

  private setGlobal(name: string): void {
    this.lua.pushFunction(this.lua.state, name)
    this.lua.api.lua_setfield(this.lua.state, GLOBALS, this.lua.name(name))
  }

  private getGlobal(name: string): void {
    this.lua.api.lua_getfield(this.lua.state, GLOBALS, this.lua.name(name))
  }

  private setLibrary(table: string, names: readonly string[]): void {
    const { lua } = this
    const { api, state } = lua
    this.getGlobal(table)
    if (api.lua_type(state, -1) !== TYPE.table) {
      api.lua_createtable(state, 0, names.length)
      api.lua_pushvalue(state, -1)
      api.lua_setfield(state, GLOBALS, lua.name(table))
    }
    for (const name of names) {
      lua.pushFunction(state, `${table}.${name}`)
      lua.setField(state, name)
    }
    api.lua_settop(state, 0)
  }

  private setInfo(table: string, constants: Readonly<Record<string, string | number>>): void {
    const { lua } = this
    this.getGlobal(table)
    for (const [name, value] of Object.entries(constants)) {
      if (typeof value === 'number') {
        lua.api.lua_pushnumber(lua.state, value)
        lua.setField(lua.state, name)
      } else lua.setText(lua.state, name, value)
    }
    lua.api.lua_settop(lua.state, 0)
  }

  private setJsonNull(): void {
    const { lua } = this
    const { api, state } = lua
    this.getGlobal('cjson')
    api.lua_pushlightuserdata(state, 0)
    lua.setField(state, 'null')
    lua.pushFunction(state, 'cjson.new')
    lua.setField(state, 'new')
    api.lua_settop(state, 0)
  }

  private setCoroutines(): void {
    const { lua } = this
    const { api, state } = lua
    this.getGlobal('coroutine')
    for (const name of ['resume', 'status', 'running', 'yield']) {
      lua.pushFunction(state, `coroutine.${name}`)
      lua.setField(state, name)
    }
    lua.load(state, WRAP, WRAP_SOURCE)
    api.lua_getfield(state, 1, lua.name('create'))
    lua.pushFunction(state, 'coroutine.resume')
    lua.pushFunction(state, 'coroutine.results')
    api.lua_call(state, 3, 1)
    lua.setField(state, 'wrap')
    api.lua_settop(state, 0)
  }

  /** Replaces Lua's own `string.format`, which the new one calls. */
  private setFormat(): void {
    const { lua } = this
    const { api, state } = lua
    this.getGlobal('string')
    api.lua_getfield(state, 1, lua.name('format'))
    this.format = api.lua_tocfunction(state, -1)
    api.lua_settop(state, 1)
    lua.pushFunction(state, 'string.format')
    lua.setField(state, 'format')
    api.lua_settop(state, 0)
  }

  /** Makes the table on top read-only, with all that can be reached from it. */
  private protectAll(): void {
    const { lua } = this
    const { api, state } = lua
    if (lua.isReadOnly(state, -1)) return
    lua.protect(state, -1, true)
    api.lua_pushnil(state)
    while (api.lua_next(state, -2) !== 0) {
      if (api.lua_type(state, -1) === TYPE.table) this.protectAll()
      api.lua_settop(state, -2)
    }
    if (api.lua_getmetatable(state, -1) === 0) return
    this.protectAll()
    api.lua_settop(state, -2)
  }

  /** string.rep: Lua's own adds the text to a buffer once for each time, which takes seconds for millions of times. */
  private repeat(state: number): number {
    const { lua } = this
    const text = lua.checkText(state, 1)
    // A count is an `int` of C.
    const count = lua.api.luaL_checknumber(state, 2) | 0
    lua.pushRepeated(state, count > 0 ? text : '', count)
    return 1
  }

  private unknownGlobal(state: number): number {
    const { lua } = this
    if (lua.api.lua_gettop(state) !== 2)
      throw new LuaError('Wrong number of arguments to luaProtectedTableError')
    const name = lua.text(state, 2)
    if (name === undefined)
      throw new LuaError('Second argument to luaProtectedTableError must be a string or number')
    throw new LuaError(`Script attempted to access nonexistent global variable '${name}'`)
  }

  /** cjson.new: a table with the same functions, which scripts may change. */
  private newJson(state: number, names: readonly string[]): number {
    const { lua } = this
    lua.api.lua_createtable(state, 0, names.length)
    for (const name of [...names, 'new']) {
      lua.pushFunction(state, `cjson.${name}`)
      lua.setField(state, name)
    }
    lua.api.lua_pushlightuserdata(state, 0)
    lua.setField(state, 'null')
    return 1
  }

  /** loadstring: a chunk from a text, without compiled ones. */
  private loadText(state: number, source: string, otherwise = source): number {
    const { lua } = this
    const { api } = lua
    const chunk = api.lua_type(state, 2) <= TYPE.nil ? otherwise : lua.checkText(state, 2)
    if (lua.load(state, source, chunk)) return 1
    api.lua_pushnil(state)
    api.lua_insert(state, -2)
    return 2
  }

  /** load: a chunk from the pieces that a function returns. */
  private load(state: number): number {
    const { lua } = this
    const { api } = lua
    let source = ''
    for (;;) {
      api.lua_pushvalue(state, 1)
      const isFine = api.lua_pcall(state, 0, 1, 0) === DONE
      const piece = api.lua_type(state, -1) === TYPE.nil ? '' : lua.text(state, -1)
      if (!isFine || piece === undefined) {
        if (isFine) lua.push(state, 'reader function must return a string')
        api.lua_pushnil(state)
        api.lua_insert(state, -2)
        return 2
      }
      api.lua_settop(state, -2)
      if (piece === '') return this.loadText(state, source, '=(load)')
      source += piece
    }
  }

  /** Compiles a script; its number for run(). Throws what is wrong with it. */
  compile(source: string): number {
    const { lua } = this
    const { api, state } = lua
    if (lua.load(state, source, CHUNK)) return api.luaL_ref(state, REGISTRY)
    const message = lua.text(state, -1)!
    api.lua_settop(state, 0)
    throw new RedisError(`ERR Error compiling script (new function): ${message}`)
  }

  /** Runs a compiled script until it ends or pauses. */
  run(
    script: number,
    sha: string,
    keys: readonly string[],
    args: readonly string[],
    caller: Caller,
  ): Outcome {
    const { api, state } = this.lua
    this.setWords('KEYS', keys)
    this.setWords('ARGV', args)
    api.lua_rawgeti(state, REGISTRY, script)
    this.threads.begin()
    return this.resume(sha, caller)
  }

  private setWords(name: string, words: readonly string[]): void {
    const { lua } = this
    const { api, state } = lua
    api.lua_createtable(state, words.length, 0)
    for (let i = 0; i < words.length; i++) {
      lua.push(state, words[i])
      api.lua_rawseti(state, -2, i + 1)
    }
    lua.protect(state, GLOBALS, false)
    api.lua_setfield(state, GLOBALS, lua.name(name))
    lua.protect(state, GLOBALS, true)
  }

  /** Goes on with a script that has paused. */
  resume(sha: string, caller: Caller): Outcome {
    const status = this.threads.run()
    if (status === 'paused') return 'paused'
    const { lua } = this
    const { top } = this.threads
    let outcome: Outcome
    if (status === 'failed') outcome = this.failure(top, sha)
    else {
      // Of several values the first is the reply.
      lua.api.lua_settop(top, 1)
      const isCounted = this.isCounted(top)
      outcome = { reply: popReply(lua, top, caller.protocol), isCounted }
    }
    this.threads.end()
    if (++this.runs % COLLECT_EVERY === 0) lua.api.lua_gc(lua.state, GC_STEP, COLLECT_EVERY)
    return outcome
  }

  /** Makes a script that has paused fail when it goes on. */
  kill(): void {
    this.threads.kill()
  }

  /** Whether the value on top is an error that a command has already counted. */
  private isCounted(state: number): boolean {
    const { lua } = this
    if (lua.api.lua_type(state, -1) !== TYPE.table) return false
    lua.push(state, 'ignore_error_stats_update')
    lua.api.lua_rawget(state, -2)
    const isCounted = lua.api.lua_toboolean(state, -1) !== 0
    lua.api.lua_settop(state, -2)
    return isCounted
  }

  /** The reply to an error that nothing has caught, which is on top of the stack of where it was raised. */
  private failure(state: number, sha: string): Outcome {
    const { lua } = this
    const { api } = lua
    const isTable = api.lua_type(state, -1) === TYPE.table
    const isCounted = this.isCounted(state)
    let message: string | undefined
    if (isTable) {
      lua.push(state, 'err')
      api.lua_rawget(state, -2)
      message = lua.text(state, -1)
    } else message = `ERR ${this.described(state)}`
    const place = this.placeOf(state)
    const where = place ? ` script: ${sha}, on ${place.source}:${place.line}.` : ''
    return { reply: errorReply(`${(message ?? '(null)').split('\0', 1)[0]}${where}`), isCounted }
  }

  private described(state: number): string {
    const { lua } = this
    const type = lua.api.lua_type(state, -1)
    if (type === TYPE.boolean) return lua.api.lua_toboolean(state, -1) === 0 ? 'false' : 'true'
    if (type === TYPE.nil) return 'nil'
    return lua.text(state, -1) ?? `value of type ${type}`
  }

  /** Where an error was raised: for a function of C, its caller's place. */
  private placeOf(state: number): { source: string; line: number } | undefined {
    let place = this.lua.place(state, 0)
    if (place?.what !== 'C') return place
    place = this.lua.place(state, 1)
    return place?.source === WRAP_SOURCE ? this.lua.place(state, 2) : place
  }
}
