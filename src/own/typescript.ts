import { readFileSync, statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import vm from 'node:vm'
import { type Transform, transform } from 'sucrase'

/** What is known of files that people write in TypeScript or JavaScript: where imports lead, and what Node can run. */

export const isTypeScript = (path: string) => /\.[cm]?ts$/.test(path)

/** JavaScript for a file's text, its lines in place; with `imports` as CommonJS, whatever it was. */
export function translated(path: string, ...more: Transform[]): string {
  const transforms: Transform[] = isTypeScript(path) ? ['typescript', ...more] : more
  return transform(readFileSync(path, 'utf8'), { transforms, disableESTransforms: true }).code
}

/** The file that a path leads to, also where it names the JavaScript that would be made of it, or no ending. */
export function ownFile(specifier: string, importer: string): string | undefined {
  if (!/^(\.{0,2}\/|file:)/.test(specifier)) return undefined
  const path = specifier.startsWith('file:')
    ? fileURLToPath(specifier)
    : resolve(dirname(importer), specifier)
  const places = [path, path.replace(/js$/, 'ts'), `${path}.ts`, `${path}.js`, `${path}/index.ts`]
  return places.find((place) => statSync(place, { throwIfNoEntry: false })?.isFile())
}

/** A SyntaxError that says where in a file it is, where the file's syntax is at fault; any other error as it is. */
export function withPlace(error: unknown, path: string): unknown {
  try {
    const code = translated(path, 'imports').replaceAll('import.meta', 'import_meta')
    // As a function, V8 says the line of what it can't read; the errors of a module don't have it.
    new vm.Script(`async (exports, require, module) => {${code}\n}`, { filename: path })
  } catch (found) {
    const { message, stack, loc } = found as Error & { loc?: { line: number } }
    const line = loc?.line ?? stack?.slice(path.length).match(/^:(\d+)/)?.[1]
    const [what] = message.replace(/^Error transforming .*?: /, '').split(/ \(\d+:\d+\)/)
    return new SyntaxError(line === undefined ? what : `${what} (${basename(path)}, line ${line})`)
  }
  return error
}
