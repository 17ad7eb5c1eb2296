/**
 * Runs beside a solution in TypeScript or JavaScript: reads calls from standard input, one JSON object a line,
 * and writes what they came to. It keeps what it needs of the language to itself before the solution is loaded.
 * Its argument is the solution's file.
 */
import { syncBuiltinESMExports } from 'node:module'
import os from 'node:os'
import { basename, dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { writeLoosely } from './loose-json.js'

interface Call {
  readonly id: string
  readonly function: string
  readonly arguments: readonly unknown[]
  /** Functions that may be asked for in the middle of the call. */
  readonly asks?: readonly string[]
}

interface Answer {
  readonly answer: number
  readonly value?: unknown
  readonly error?: string
}

const { parse, stringify } = JSON
const send = process.stdout.write.bind(process.stdout)
const { stdin, stderr } = process
const [, , file] = process.argv
const name = basename(file)

async function load(): Promise<Record<string, unknown>> {
  if (/\.[cm]?ts$/.test(file)) return (await import('./translator.js')).importTypeScript(file)
  return import(pathToFileURL(file).href).catch(async (error: unknown) => {
    throw error instanceof SyntaxError ? (await import('./translator.js')).withPlace(error, file) : error
  })
}

let asked = 0
const waiting: { [ask: number]: { resolve(value: unknown): void; reject(error: Error): void } } =
  Object.create(null)

/** The functions of the other side, as ones that return promises. */
function serviceOf(names: readonly string[]): Record<string, (...parameters: unknown[]) => Promise<unknown>> {
  const service = Object.create(null)
  for (const name of names) {
    service[name] = (...parameters: unknown[]) =>
      new Promise((resolve, reject) => {
        const ask = ++asked
        waiting[ask] = { resolve, reject }
        send(`${stringify({ ask, function: name, arguments: parameters })}\n`)
      })
  }
  return service
}

function settle({ answer, value, error }: Answer): void {
  const asker = waiting[answer]
  delete waiting[answer]
  if (error === undefined) asker?.resolve(value)
  else asker?.reject(new Error(error))
}

async function answer(call: Call): Promise<void> {
  const { id } = call
  let line: string
  try {
    const exports = await solution.catch((error: unknown) => {
      throw new Error(`${name} can't be loaded: ${describe(error)}`)
    })
    // A default export is for those who write `export default { … }`.
    const found =
      exports[call.function] ?? (exports.default as Record<string, unknown> | undefined)?.[call.function]
    if (typeof found !== 'function') {
      line = stringify({ id, missing: Object.keys(exports) })
    } else {
      const value = await found(...call.arguments, ...(call.asks ? [serviceOf(call.asks)] : []))
      line =
        value === undefined
          ? stringify({ id, error: 'it returned nothing' })
          : writeLoosely({ id, value: plain(value) })!
    }
  } catch (error) {
    line = stringify({ id, error: describe(error) })
  }
  send(`${line}\n`)
}

function plain(value: unknown): unknown {
  return ArrayBuffer.isView(value) && !(value instanceof DataView) ? Array.from(value as Uint8Array) : value
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return `threw ${String(error)}`
  const at = error.stack?.split('\n').find((line) => line.includes(name))
  const place = at && /:(\d+):\d+\)?$/.exec(at)
  const [message] = error.message.split('\n')
  return `${error.name}: ${message.replaceAll(`${dirname(file)}/`, '')}${place ? ` (${name}, line ${place[1]})` : ''}`
}

/** Functions of Node that its permissions don't cover: they write files anywhere, or change other processes. */
const PAST_PERMISSIONS = [
  'report',
  'kill',
  '_kill',
  '_debugProcess',
  '_debugEnd',
  'binding',
  'setuid',
  'setgid',
]

function closeWhatIsOpen(): void {
  for (const name of PAST_PERMISSIONS)
    Object.defineProperty(process, name, { value: undefined, configurable: false, writable: false })
  os.setPriority = () => {
    throw new Error('not for solutions')
  }
  syncBuiltinESMExports()
}

// What a solution prints is for people: only this host writes answers.
process.stdout.write = stderr.write.bind(stderr) as typeof process.stdout.write
closeWhatIsOpen()
const solution = load()
solution.catch(() => {}) // Said at each call.
let rest = ''
let queue = Promise.resolve()
stdin.setEncoding('utf8').on('data', (text: string | Buffer) => {
  rest += text
  for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
    const message = parse(rest.slice(0, end)) as Call | Answer
    rest = rest.slice(end + 1)
    if ('answer' in message) settle(message)
    else queue = queue.then(() => answer(message))
  }
})
stdin.on('end', () => process.exit())
