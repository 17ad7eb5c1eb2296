import { toInt64 } from '../numbers.js'
import { asWasm, luaModule, MARKS_AT, READ_ONLY } from './wasm.js'

/** What is used of Lua's C API. A state is a pointer, and so are texts. */
type Name =
  | `lua_${'call' | 'checkstack' | 'concat' | 'createtable' | 'error' | 'gc' | 'getfield' | 'getinfo' | 'getmetatable'}`
  | `lua_${'getstack' | 'gettop' | 'gettable' | 'insert' | 'iscfunction' | 'isnumber' | 'newthread' | 'next' | 'objlen' | 'pcall'}`
  | `lua_${'pushboolean' | 'pushcclosure' | 'pushlightuserdata' | 'pushlstring' | 'pushnil' | 'pushnumber'}`
  | `lua_${'pushthread' | 'pushvalue' | 'rawget' | 'rawgeti' | 'rawset' | 'rawseti' | 'remove' | 'replace' | 'resume'}`
  | `lua_${'setfield' | 'sethook' | 'setmetatable' | 'settable' | 'settop' | 'status' | 'toboolean' | 'tocfunction'}`
  | `lua_${'tolstring' | 'tonumber' | 'topointer' | 'tothread' | 'touserdata' | 'type' | 'xmove' | 'yield'}`
  | `luaL_${'argerror' | 'checkany' | 'checklstring' | 'checknumber' | 'loadbuffer' | 'newstate'}`
  | `luaL_${'ref' | 'typerror' | 'unref' | 'where'}`
  | `luaopen_${'base' | 'table' | 'string' | 'math'}`
  | 'malloc'
  | 'free'
  | 'setThrew'
  | 'stackRestore'
  | 'emscripten_stack_get_current'
  | '__wasm_call_ctors'
  | 'emscripten_stack_init'

type Api = Readonly<Record<Name, (...args: number[]) => number>>

export const TYPE = {
  none: -1,
  nil: 0,
  boolean: 1,
  lightUserdata: 2,
  number: 3,
  string: 4,
  table: 5,
} as const
export const REGISTRY = -10000
export const GLOBALS = -10002
export const ALL_RESULTS = -1
/** What `lua_resume` and `lua_pcall` return. */
export const DONE = 0
export const YIELDED = 1
export const MASK_LINE = 4
export const MASK_COUNT = 8

/** A function that Lua calls: it finds its arguments on the stack, and returns how many results it has pushed. */
export type LuaFunction = (state: number) => number

/** An error of a script, as `luaL_error` raises it: with the place in the script, unless it is raised by a table. */
export class LuaError {
  constructor(
    readonly text: string,
    readonly kind: 'located' | 'plain' | 'table' = 'located',
  ) {}
}

/** Whose functions a library's are; it exists once all functions are known. */
export interface Owner {
  readonly lua: Lua
}

/** What Emscripten throws for longjmp(). */
const LONG_JUMP = Number.POSITIVE_INFINITY
const MAX_MEMORY = 2 ** 31
const PAGE = 65536
const MIN_SCRATCH = 4096
/** Of lua_Debug: its size, and what of it is read. */
const DEBUG_SIZE = 100
const DEBUG = { what: 12, source: 16, line: 20 }
/** Of lua_State: how deep calls of C functions are, and how deep they were when it was resumed. */
const C_CALLS_AT = 52
const BASE_C_CALLS_AT = 54

/** An instance of Lua 5.1 with its memory. Texts are strings of bytes. */
export class Lua {
  readonly api: Api
  readonly state: number
  private readonly memory: WebAssembly.Memory
  private bytes!: Buffer
  private numbers!: DataView
  private scratch: number
  private scratchSize = MIN_SCRATCH
  private readonly length: number
  private readonly debug: number
  private readonly names = new Map<string, number>()
  private readonly pointers = new Map<string, number>()
  readonly hookPointer: number

  constructor(
    functions: Readonly<Record<string, LuaFunction>>,
    hook: (state: number, activation: number) => void,
  ) {
    const module = luaModule()
    const instance = new WebAssembly.Instance(module, this.imports(module))
    const { exports } = instance
    this.api = exports as unknown as Api
    this.memory = exports.memory as WebAssembly.Memory
    this.remember()
    const { api } = this
    api.emscripten_stack_init()
    api.__wasm_call_ctors()
    this.table = exports.__indirect_function_table as WebAssembly.Table
    const first = this.table.length
    const added = asWasm(
      Object.values(functions).map((run) => this.guarded(run)),
      hook,
    )
    this.table.grow(added.length)
    for (const [i, one] of added.entries()) this.table.set(first + i, one)
    for (const [i, name] of Object.keys(functions).entries()) this.pointers.set(name, first + i)
    this.hookPointer = first + added.length - 1
    this.scratch = api.malloc(MIN_SCRATCH)
    this.length = api.malloc(8)
    this.debug = api.malloc(DEBUG_SIZE)
    this.state = api.luaL_newstate()
  }

  private readonly table: WebAssembly.Table
  /** What Lua writes before it gives up. */
  private lastWords = ''
  private readonly jumps: ((a: number, b: number) => void)[] = []

  /** Of what the binary imports, what Lua without `io` and `os` needs. */
  private imports(module: WebAssembly.Module): WebAssembly.Imports {
    const refuse = () => 8
    const refused = WebAssembly.Module.imports(module).map(({ name }) => [name, refuse])
    const env: Record<string, WebAssembly.ImportValue> = {
      ...Object.fromEntries(refused),
      invoke_vii: (index: number, a: number, b: number) => {
        const before = this.api.emscripten_stack_get_current()
        try {
          this.jumps[index] ??= this.table.get(index)
          this.jumps[index](a, b)
        } catch (error) {
          if (error !== LONG_JUMP) throw error
          this.api.stackRestore(before)
          this.api.setThrew(1, 0)
        }
      },
      _emscripten_throw_longjmp: () => {
        throw LONG_JUMP
      },
      emscripten_memcpy_js: (to: number, from: number, count: number) => {
        this.bytes.copyWithin(to, from, from + count)
      },
      emscripten_date_now: () => 0,
      emscripten_resize_heap: (wanted: number) => this.grow(wanted >>> 0),
      fd_write: (_: number, pieces: number, count: number, written: number) => {
        let total = 0
        for (let i = 0; i < count; i++) {
          const at = this.numbers.getUint32(pieces + 8 * i, true)
          const length = this.numbers.getUint32(pieces + 8 * i + 4, true)
          this.lastWords += this.bytes.toString('latin1', at, at + length)
          total += length
        }
        this.numbers.setUint32(written, total, true)
        return 0
      },
      exit: () => {
        throw new Error(`Lua has given up: ${this.lastWords.trim()}`)
      },
      _emscripten_system: (state: number) =>
        this.raise(state, new LuaError('Attempt to modify a readonly table'), 0),
    }
    return { env, wasi_snapshot_preview1: env }
  }

  /** Bytes of its memory, which only grows. */
  get size(): number {
    return this.memory.buffer.byteLength
  }

  private grow(wanted: number): number {
    const { byteLength } = this.memory.buffer
    if (wanted > MAX_MEMORY) return 0
    const size = Math.min(MAX_MEMORY, Math.max(wanted, byteLength * 1.2))
    try {
      this.memory.grow(Math.ceil((size - byteLength) / PAGE))
    } catch {
      return 0
    }
    this.remember()
    return 1
  }

  private remember(): void {
    this.bytes = Buffer.from(this.memory.buffer)
    this.numbers = new DataView(this.memory.buffer)
  }

  private guarded(run: LuaFunction): LuaFunction {
    return (state) => {
      try {
        return run(state)
      } catch (error) {
        if (error instanceof LuaError) return this.raise(state, error)
        throw error
      }
    }
  }

  /** Raises an error; does not return. Its place is that of the function at `level` of the calls. */
  raise(state: number, { text, kind }: LuaError, level = 1): number {
    const { api } = this
    if (kind === 'table') this.pushErrorTable(state, text)
    else {
      if (kind === 'located') api.luaL_where(state, level)
      this.push(state, text)
      if (kind === 'located') api.lua_concat(state, 2)
    }
    return api.lua_error(state)
  }

  /** Pushes a table with the field `err`, as Redis's functions return and raise errors. */
  pushErrorTable(state: number, text: string): void {
    this.api.lua_createtable(state, 0, 1)
    this.setText(state, 'err', text)
  }

  /** Sets a field of the table on top to a text. */
  setText(state: number, field: string, text: string): void {
    this.push(state, text)
    this.setField(state, field)
  }

  /** Sets a field of the table below the top to what is on top, which is removed. */
  setField(state: number, field: string): void {
    this.api.lua_setfield(state, -2, this.name(field))
  }

  push(state: number, text: string | Uint8Array): void {
    const { length } = text
    if (length > this.scratchSize) this.enlarge(length)
    const { scratch } = this
    if (typeof text === 'string') this.bytes.write(text, scratch, length, 'latin1')
    else this.bytes.set(text, scratch)
    this.api.lua_pushlstring(state, scratch, length)
    if (this.scratchSize > PAGE) this.enlarge(MIN_SCRATCH)
  }

  /** Pushes a text that is repeated, without a copy of it outside of Lua's memory. */
  pushRepeated(state: number, text: string, count: number): void {
    const length = text.length * count
    if (length > MAX_MEMORY) throw new LuaError('not enough memory', 'plain')
    if (length > this.scratchSize) this.enlarge(length)
    this.bytes.fill(text, this.scratch, this.scratch + length, 'latin1')
    this.api.lua_pushlstring(state, this.scratch, length)
    if (this.scratchSize > PAGE) this.enlarge(MIN_SCRATCH)
  }

  private enlarge(size: number): void {
    const { api } = this
    api.free(this.scratch)
    const larger = api.malloc(size)
    this.scratch = larger || api.malloc(MIN_SCRATCH)
    this.scratchSize = larger ? size : MIN_SCRATCH
    if (!larger) throw new LuaError('not enough memory', 'plain')
  }

  /** The text of a string or a number on the stack, which becomes a string; undefined for anything else. */
  text(state: number, index: number): string | undefined {
    const pointer = this.api.lua_tolstring(state, index, this.length)
    return pointer === 0 ? undefined : this.read(pointer)
  }

  /** The same for an argument; raises Lua's error for anything else. */
  checkText(state: number, index: number): string {
    return this.read(this.api.luaL_checklstring(state, index, this.length))
  }

  /** An argument as an integer of 64 bits, which may be missing where there is a `usual` one. */
  checkInt64(state: number, index: number, usual?: bigint): bigint {
    if (usual !== undefined && this.api.lua_type(state, index) <= TYPE.nil) return usual
    return toInt64(this.api.luaL_checknumber(state, index))
  }

  /** The same as an `int` of C: the lowest 32 bits. */
  checkInt(state: number, index: number, usual?: bigint): number {
    return Number(BigInt.asIntN(32, this.checkInt64(state, index, usual)))
  }

  private read(pointer: number): string {
    const length = this.numbers.getUint32(this.length, true)
    return this.bytes.toString('latin1', pointer, pointer + length)
  }

  /** A pointer to a text that stays, for names of fields and messages that don't change. */
  name(text: string): number {
    const known = this.names.get(text)
    if (known !== undefined) return known
    const pointer = this.api.malloc(text.length + 1)
    this.bytes.write(`${text}\0`, pointer, 'latin1')
    this.names.set(text, pointer)
    return pointer
  }

  pushFunction(state: number, name: string): void {
    this.api.lua_pushcclosure(state, this.pointers.get(name)!, 0)
  }

  /** Compiles a chunk and pushes it, or pushes the error; true for a chunk. */
  load(state: number, source: string, chunk: string): boolean {
    // Redis's Lua takes no compiled chunks, which begin with this byte: what follows a space is read as text.
    const text = source.startsWith('\x1b') ? ` ${source}` : source
    const pointer = this.api.malloc(text.length + chunk.length + 1)
    this.bytes.write(`${text}${chunk}\0`, pointer, 'latin1')
    const status = this.api.luaL_loadbuffer(state, pointer, text.length, pointer + text.length)
    this.api.free(pointer)
    return status === DONE
  }

  protect(state: number, index: number, isReadOnly: boolean): void {
    const at = this.api.lua_topointer(state, index) + MARKS_AT
    if (isReadOnly) this.bytes[at] |= READ_ONLY
    else this.bytes[at] &= ~READ_ONLY
  }

  isReadOnly(state: number, index: number): boolean {
    return (this.bytes[this.api.lua_topointer(state, index) + MARKS_AT] & READ_ONLY) !== 0
  }

  /** Whether the running function may yield: no function of C stands between it and where its state was resumed. */
  canYield(state: number): boolean {
    const { numbers } = this
    return numbers.getUint16(state + C_CALLS_AT, true) === numbers.getUint16(state + BASE_C_CALLS_AT, true)
  }

  /** Whether a running function of C may yield: it was called by Lua, not by C or as the first function of its state. */
  canYieldFromC(state: number): boolean {
    return this.canYield(state) && this.api.lua_getstack(state, 1, this.debug) !== 0
  }

  /** Runs a function of C in the place of the one that is running, with its arguments. */
  become(state: number, pointer: number): number {
    return this.table.get(pointer)(state)
  }

  /** What runs at a level of a state's calls, and where; undefined if there is no such level. */
  place(state: number, level: number): { what: string; source: string; line: number } | undefined {
    const { api, debug, numbers } = this
    if (api.lua_getstack(state, level, debug) === 0) return undefined
    api.lua_getinfo(state, this.name('Sl'), debug)
    const textAt = (at: number) => {
      const pointer = numbers.getUint32(debug + at, true)
      return this.bytes.toString('latin1', pointer, this.bytes.indexOf(0, pointer))
    }
    return {
      what: textAt(DEBUG.what),
      source: textAt(DEBUG.source),
      line: this.numbers.getInt32(debug + DEBUG.line, true),
    }
  }
}
