import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { InputError } from '../../input-error.js'
import { ownKinds } from '../../own/kind.js'
import type { OwnKind } from '../../own/source.js'
import { starterFiles, starterLanguages } from '../../own/starters.js'
import { shellPath } from '../../report/shell-word.js'
import { printable } from '../../report/text.js'
import { writeAll } from '../../write-all.js'
import { choice } from '../options/arguments.js'
import { command, option, words } from '../options/declare.js'
import { withCommand, write } from '../output/terminal.js'

/** A command that uses a file of each kind, beside ours. */
const USES: Readonly<Record<OwnKind, string>> = {
  policy: 'evict --policies lru,',
  placement: 'ring --placement ',
  hash: 'ring hashes --hash ',
  workload: 'evict --workloads zipf,',
}

export const { configure, examples } = command({
  description: 'Writes a policy, placement, hash or workload to begin with, and a test of it.',
  usage: '<kind> <name> [options]',
  operand: words('<kind...>', `${ownKinds.join(', ')}; and then a name for the file, without an ending`),
  options: {
    language: option('<name>', 'in which language', choice(starterLanguages), 'ts').first(),
  },
  examples: [
    ['cachelab new policy mine', 'mine.ts, a policy that works, and mine.test.mjs'],
    ['cachelab new placement my-ring --language js', 'a placement in JavaScript'],
    ['cachelab new workload mine', 'a stream of requests'],
  ],
  run({ language }, [kindText, path, ...others]) {
    const kind = choice(ownKinds)(kindText, 'the kind')
    if (path === undefined) throw new InputError(`the name is missing: cachelab new ${kind} mine`)
    if (others.length > 0) throw new InputError(`one kind and one name are taken, got also "${others[0]}"`)
    const [folder, name] = [dirname(path), basename(path)]
    if (!/^[a-z][\w-]*$/i.test(name))
      throw new InputError(
        `the name must begin with a letter, and hold letters, digits, - and _ only, got ${JSON.stringify(name)}`,
      )
    if (!existsSync(folder)) throw new InputError(`there is no folder "${folder}"`)
    const files = starterFiles(kind, name, language)
    const taken = [...files.keys()].find((file) => existsSync(join(folder, file)))
    if (taken) throw new InputError(`"${join(folder, taken)}" is there already; nothing was written`)
    writeAll(folder, files)
    const [file] = files.keys()
    const shown = folder === '.' ? `./${file}` : shellPath(join(folder, file))
    const wrote = [...files.keys()].map((each) => printable(join(folder, each))).join('\n')
    write(`${wrote}\n\n${withCommand('Check it with:', `cachelab try ${shown} --kind ${kind}`)}\n`)
    write(`${withCommand('See it beside ours with:', `cachelab ${USES[kind]}${shown}`)}\n`)
  },
})
