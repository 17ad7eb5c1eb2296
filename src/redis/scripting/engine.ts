import { RedisError } from '../reply.js'
import { baseLibrary, PREPARED } from './base-library.js'
import { bitLibrary } from './bit.js'
import { jsonLibrary } from './cjson.js'
import { messagePackLibrary } from './cmsgpack.js'
import { GLOBALS, Lua, type LuaFunction, REGISTRY, TYPE } from './lua.js'
import { failure, isCounted, type Outcome, WRAP_SOURCE } from './outcome.js'
import { randomLibrary } from './random.js'
import { type Caller, redisConstants, redisLibrary } from './redis-library.js'
import { popReply } from './replies.js'
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
const CHUNK = '@user_script'
/** Scripts between two steps of the garbage collector, and the size of a step. */
const COLLECT_EVERY = 50
const GC_STEP = 5

/** Lua as Redis sets it up for scripts: its libraries, and tables that nobody can change. */
export class Engine {
  readonly lua: Lua
  private readonly threads: Threads
  private runs = 0
  /** Lua's own functions that ours call. */
  readonly native = new Map<string, number>()

  constructor(caller: () => Caller, judge: (canPause: boolean) => Verdict, version: string) {
    this.threads = new Threads(judge)
    const libraries: Record<string, Record<string, LuaFunction>> = {
      redis: redisLibrary(this, caller),
      cjson: jsonLibrary(this),
      cmsgpack: messagePackLibrary(this),
      struct: structLibrary(this),
      bit: bitLibrary(this),
      math: randomLibrary(this),
    }
    const functions: Record<string, LuaFunction> = {
      ...this.threads.functions,
      'string.format': textFormat(this),
      ...baseLibrary(this, Object.keys(libraries.cjson)),
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
    this.getGlobal('tonumber')
    this.native.set('tonumber', api.lua_tocfunction(state, -1))
    api.lua_settop(state, 0)
    for (const name of ['pcall', 'xpcall', 'load', 'loadstring', 'tonumber']) this.setGlobal(name)
    this.setCoroutines()
    for (const name of ['string.format', 'string.rep', ...Object.keys(PREPARED)]) this.replaceNative(name)
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

  /** Replaces a function of Lua's own such as `string.rep` by ours, which may call it. */
  private replaceNative(name: string): void {
    const { lua } = this
    const { api, state } = lua
    const [table, member] = name.split('.')
    this.getGlobal(table)
    api.lua_getfield(state, 1, lua.name(member))
    this.native.set(name, api.lua_tocfunction(state, -1))
    api.lua_settop(state, 1)
    lua.pushFunction(state, name)
    lua.setField(state, member)
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
    if (status === 'failed') outcome = failure(lua, top, sha)
    else {
      // Of several values the first is the reply.
      lua.api.lua_settop(top, 1)
      const wasCounted = isCounted(lua, top)
      outcome = { reply: popReply(lua, top, caller.protocol), isCounted: wasCounted }
    }
    this.threads.end()
    if (++this.runs % COLLECT_EVERY === 0) lua.api.lua_gc(lua.state, GC_STEP, COLLECT_EVERY)
    return outcome
  }

  /** Makes a script that has paused fail when it goes on. */
  kill(): void {
    this.threads.kill()
  }
}
