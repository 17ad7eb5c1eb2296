import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from './lab.js'

/** A folder of three small traces with the columns key and size, the last of them with op, too. */
export function traceFolder(): string {
  const folder = temporaryFolder()
  const key = (i: number) => (i * i * 7 + (i % 5) * 3) % (20 + (i % 60))
  const row = (i: number, shift: number) => `${key(i) + shift},${100 + 10 * (key(i) % 7)}`
  const lines = (line: (i: number) => string) => Array.from({ length: 600 }, (_, i) => line(i)).join('\n')
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
  write('a.csv', `key,size\n${lines((i) => row(i, 0))}`)
  write('b.csv', `key,size\n${lines((i) => row(i, 5))}`)
  write('c.csv', `key,size,op\n${lines((i) => `${row(i, 9)},${i % 9 === 0 ? 'set' : 'get'}`)}`)
  return folder
}
