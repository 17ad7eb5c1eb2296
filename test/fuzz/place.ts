import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The files that every case finds in the current folder, which may be changed. */
const FILES: Readonly<Record<string, string | Uint8Array>> = {
  'empty.txt': '',
  'keys.txt': 'user:1\nuser:2\nuser:3\nsession:a\nsession:b\n',
  'trace.txt': 'a\nb\na\nc\na\nd\nb\na\n',
  'trace.csv': 'time,key,size,op\n1,a,10,get\n2,b,20,get\n3,a,10,set\n4,c,5,get\n',
  'binary.bin': Uint8Array.from({ length: 512 }, (_, i) => (i * 89) & 0xff),
  'line.txt': `${'x'.repeat(100_000)}\n`,
  'script.redis': 'SET a 1\nGET a\nINCR a\n',
  'name with space.txt': 'a\nb\n',
}

/** Makes a throwaway folder with everything that a case may write into: `work` is the current folder. Returns its path. */
export function makePlace(path: string): string {
  for (const inside of ['held', 'home', 'tmpdir']) mkdirSync(join(path, inside), { recursive: true })
  fillPlace(join(path, 'held'))
  return path
}

/** Makes a folder what it is before each case. */
export function fillPlace(folder: string): void {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true })
  mkdirSync(join(folder, 'folder'), { recursive: true })
  for (const [name, content] of Object.entries(FILES)) writeFileSync(join(folder, name), content)
}

/** Whether a case has left something else there. */
export function isPlaceChanged(folder: string): boolean {
  const found = readdirSync(folder)
  const isSame = (name: string) =>
    Object.hasOwn(FILES, name)
      ? statSync(join(folder, name)).size === FILES[name].length
      : readdirSync(join(folder, name)).length === 0
  return (
    found.length !== placeNames.length || !placeNames.every((name) => found.includes(name) && isSame(name))
  )
}

/** The names that are there. */
export const placeNames: readonly string[] = [...Object.keys(FILES), 'folder']
