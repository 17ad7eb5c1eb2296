import { existsSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import shapes from '../../src/cli/again/shapes.json' with { type: 'json' }
import { againOf } from '../../src/cli/options/given.js'
import { createProgram } from '../../src/cli/program.js'
import { children, routes } from '../../src/cli/routes.js'
import type { Report } from '../../src/report/index.js'
import { byLayer } from '../layer.js'
import { lines as reportLines } from '../report/consistency/lines.js'
import { inLab, lines } from './golden-output.js'
import { cachelab, refused } from './in-process.js'
import { solvedLab, temporaryFolder } from './lab.js'

const commands = await Promise.all(
  routes.map(async ({ path, load }) => {
    const command = (await load()).configure(new Command(), { routes, children, createProgram })
    return { name: path.join(' '), command, again: againOf(command) }
  }),
)

/** The command that a line runs. */
const commandOf = (line: string) =>
  commands
    .filter(({ name }) => `${line} `.startsWith(`${name} `))
    .sort((a, b) => b.name.length - a.name.length)[0]

/** Runs a command line, and its report again: both must be the same text. */
async function expectAgain(words: readonly string[], cwd?: string): Promise<void> {
  const options = cwd === undefined ? {} : { cwd }
  const { length } = commandOf(words.join(' ')).name.split(' ')
  const first = await cachelab(
    [...words.slice(0, length), '--format', 'json', ...words.slice(length)],
    options,
  )
  expect(first.stdout, first.stderr).toContain('cachelab/report@1')
  const second = await cachelab(['again', '-', '--format', 'json'], { ...options, input: first.stdout })
  expect(second.stdout).toBe(first.stdout)
  expect(second.stderr).toMatch(
    /^(?:note: .+\n)*note: the command line is cachelab .+\nnote: standard input: the result is the same, byte for byte\n$/,
  )
  expect(second.code).toBe(0)
}

describe('a report that is run again is the same, byte for byte', () => {
  const isPlain = (line: string) => commandOf(line)?.again === true
  const golden = Object.values(lines).filter(isPlain)
  const others = ['demo vnodes', 'quiz --list', 'find zrangestore', 'evict formats']

  const groups = reportLines.map((line) => line.split(' ')[0])
  const firstOfEach = reportLines.filter((line, i) => groups.indexOf(groups[i]) === i && isPlain(line))

  test.each(byLayer([...firstOfEach, ...others], [...golden, ...others]))('%s', (line) =>
    expectAgain(line.split(' ')),
  )

  test('in a lab', () => expectAgain([inLab.exercises], solvedLab()))

  test('whatever the words of its command line look like', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'keys of mine'), 'a\nb\n')
    for (const words of [
      ['ring', 'route', '--nodes', '--format,b', '--', '--format', 'csv', '-1', '--'],
      ['ring', '--keys-from=keys of mine', '--nodes=a,b', '--vnodes', '1'],
      ['ring', 'weights', '--weight=a=3', '--weight', 'b=1'],
      ['replicate', 'trace', 'it’s "quoted" $HOME', '--hang=node-B'],
    ])
      await expectAgain(words, folder)
  })
})

const report = async (line: string): Promise<Report> =>
  JSON.parse((await cachelab([...line.split(' '), '--format', 'json'])).stdout)

const again = (report: unknown, ...more: string[]) =>
  cachelab(['again', '-', ...more], { input: JSON.stringify(report) })

test('it says where the result differs, and ends with 1', async () => {
  const ring = await report('ring')
  const [table] = ring.tables
  const [row, ...rows] = table.rows
  for (const [changed, said] of [
    [
      { tables: [{ ...table, rows: [{ ...row, keys: 1 }, ...rows] }] },
      'tables[0].rows[0].keys was 1 and is 3722',
    ],
    [{ tables: [{ ...table, rows: [row] }] }, 'tables[0].rows[1] was nothing and is {"node":"node-B"'],
    [{ arguments: [...ring.arguments!, '--vnodes', '20'] }, 'tables[0].rows[0].keys was 3722 and is '],
    [{ title: 'Mine' }, 'the tables are the same, but title was "Mine" and is "How 10,000'],
    [{ findings: [] }, 'the tables are the same, but findings[0] was nothing and is {"id":'],
    [{ parameters: {} }, 'the tables are the same, but parameters.placement was nothing and is "ring"'],
  ] as const) {
    const { stdout, stderr, code } = await again({ ...ring, ...changed })
    expect([stderr.includes(said), stderr, code]).toEqual([true, stderr, 1])
    expect(stdout).toContain('Keys per node')
  }
})

describe('what can’t be run again', () => {
  const forged = (command: string, ...words: string[]) => ({
    ...{ schema: 'cachelab/report@1', command, arguments: [...command.split(' '), ...words] },
    ...{ title: '', parameters: {}, tables: [], findings: [] },
  })

  const outside = join(temporaryFolder(), 'secret')
  writeFileSync(outside, 'hidden\n')
  const folder = temporaryFolder()
  symlinkSync(outside, join(folder, 'link'))
  writeFileSync(
    join(folder, 'mine.mjs'),
    `import { writeFileSync } from 'node:fs'\nwriteFileSync('ran', '')\n`,
  )

  test.each<[unknown, string]>([
    [[], 'is not a report: at #: Instance type "array" is invalid'],
    [null, 'is not a report'],
    [{ ...forged('ring'), more: 1 }, 'is not a report: at #/more: it is not expected'],
    [
      { ...forged('ring'), schema: 'cachelab/report@2' },
      'has the schema "cachelab/report@2"; a report has cachelab/report@1',
    ],
    [
      { schema: 'cachelab/replies@1', command: 'redis run', replies: [] },
      'has the schema "cachelab/replies@1"',
    ],
    [{ ...forged('ring'), arguments: undefined }, 'has no "arguments"'],
    [{ ...forged('ring'), command: 'evict' }, 'make no report of "evict": they run another command'],
    [{ ...forged('ring', 'sweep'), command: 'ring' }, 'make no report of "ring": they run another command'],
    [forged('ring', '--vnodes', '3', 'sweep'), 'write the whole command before its options'],
    [forged('rings'), 'unknown command "rings"'],
    [forged('ring', '--nods', '3'), "unknown option '--nods'"],
    [forged('ring', '--help'), 'they ask for help'],
    [forged('ring', '--version'), 'make no report of "ring"'],
    [{ ...forged('ring'), arguments: ['--version'] }, 'make no report of "ring"'],
    [forged('again', 'report.json'), 'a report of "again" can’t be run again'],
    [forged('grade', '.'), 'a report of "grade" can’t be run again'],
    [forged('init', 'lab'), 'a report of "init" can’t be run again'],
    [forged('redis run', 'script.redis'), 'a report of "redis run" can’t be run again'],
    [forged('lab down'), 'a report of "lab down" can’t be run again'],
    [forged('lab failover'), 'lab failover does more than report; add --trust'],
    [forged('redis compare'), 'redis compare does more than report; add --trust'],
    [
      forged('ring', '--connect', 'redis://127.0.0.1:1'),
      '--connect redis://127.0.0.1:1 does more than compute; add --trust',
    ],
    [
      forged('evict', '--policies', 'lru,./mine.mjs'),
      '--policies lru,./mine.mjs does more than compute; add --trust',
    ],
    [forged('ring', '--placement=mine.mjs'), '--placement mine.mjs does more than compute; add --trust'],
    [forged('ring', '--keys-from', outside), ' is outside of this folder; add --trust'],
    [forged('ring', '--keys-from', '../secret'), '--keys-from ../secret is outside of this folder'],
    [forged('ring', '--keys-from', 'link'), '--keys-from link is outside of this folder'],
    [forged('evict steps', '--trace', '.'), '--trace . is outside of this folder'],
    [forged('exercises', '--lab', '/'), '--lab / is outside of this folder'],
  ])('%j', async (report, said) => {
    const { stdout, stderr, code } = await cachelab(['again', '-'], {
      input: JSON.stringify(report),
      cwd: folder,
    })
    expect([stderr.includes(said), stderr, stdout, code]).toEqual([true, stderr, '', 2])
    expect(stderr).toMatch(/^error: [^\n]+\n$/)
    expect(existsSync(join(folder, 'ran'))).toBe(false)
  })

  test('with --trust all of it runs', async () => {
    const read = await again(forged('ring', '--keys-from', outside), '--trust')
    expect([read.code, read.stdout]).toEqual([1, expect.stringContaining('keys 1 ')])
    const real = await again(forged('ring', '--connect', 'redis://127.0.0.1:1'), '--trust')
    expect([real.code, real.stderr]).toEqual([
      2,
      expect.stringContaining('no Redis answers at redis://127.0.0.1:1'),
    ])
  })

  test('what came from standard input, and what isn’t JSON', async () => {
    for (const words of [['--keys-from', '-'], []]) {
      const { stderr, code } = await again(forged(words.length > 0 ? 'ring' : 'ring route', ...words))
      expect([stderr, code]).toEqual([
        expect.stringContaining('error: cannot read standard input: what it held is not in the report\n'),
        2,
      ])
    }
    await refused(['again', 'README.md'], ['README.md is not JSON'])
    await refused(['again', '/dev/zero'], ['/dev/zero has more than 400 MB'])
    await refused(['again', 'nowhere.json'], ['cannot read nowhere.json: there is no such file'])
  })
})

test('of each option it is known whether somebody else’s report may use it', () => {
  const trusted = ['addresses', 'file', 'folder', 'i/n']
  const known = [...shapes.harmless, ...trusted]
  const used = new Set<string>(shapes.files)
  const unknown = commands.flatMap(({ name, command, again }) => {
    if (again !== true) return []
    const operands = command.registeredArguments.map((operand) => [operand.name(), operand.name()])
    const options = command.options.flatMap(({ long, flags }) => {
      const [, shape] = /[<[](.*?)(?:\.\.\.)?[>\]]$/.exec(flags) ?? []
      return shape === undefined || shapes.files.includes(long!) ? [] : [[long, shape]]
    })
    return [...options, ...operands].flatMap(([word, shape]) => {
      used.add(shape!)
      return known.includes(shape!) ? [] : `${name} ${word} ${shape}`
    })
  })
  expect(unknown).toEqual([])
  expect([...shapes.harmless, ...shapes.files, ...trusted].filter((shape) => !used.has(shape))).toEqual([])
})
