import { SimulatedTarget } from '../../experiment/cluster/script-target.js'
import { clusterDefaults } from '../../experiment/cluster/setup.js'
import { InputError } from '../../input-error.js'
import { breathe } from '../../parallel/breathe.js'
import { type Plain, plain, stringify } from '../../redis/present.js'
import { toText } from '../../redis/reply.js'
import { NoAnswer } from '../../redis-deployment/cluster/client.js'
import {
  ClusterScript,
  routeText,
  type ScriptOutcome,
  type ScriptTarget,
} from '../../redis-deployment/cluster/script.js'
import type { Address } from '../../remote/address.js'
import { asciiText } from '../../report/ascii.js'
import { countOf } from '../../report/format.js'
import { printable } from '../../report/text.js'
import { wrap, wrapLines } from '../../report/wrap.js'
import { labelOf } from '../input.js'
import { choice } from '../options/arguments.js'
import { checkShape, clusterShape } from '../options/cluster.js'
import { connectOption } from '../options/connect.js'
import { command, type FlagsOf, option, word } from '../options/declare.js'
import { isAscii, note, outputWidth, write, writeData } from '../output/terminal.js'
import { scriptLines } from '../shells/redis-script.js'
import { shownReply } from '../shells/redis-transcript.js'
import { repliesJson } from '../shells/replies-json.js'
import { surface } from '../surface.js'

const options = {
  ...clusterShape,
  connect: connectOption,
  format: option('<name>', 'how to print replies', choice(['text', 'json'] as const), 'text'),
}

type Flags = FlagsOf<typeof options>

export const { configure, examples, accepts } = command({
  description:
    'Runs Redis commands through a client of a cluster, and shows the nodes that each was sent to. "node-A> GET x" asks one node and follows no redirection. !open SLOT NODE and !move SLOT NODE move a slot; !kill, !restart and !hang NODE cause faults, and !heal ends them; !wait 3s lets time pass; !nodes lists the nodes; commands between !pipeline and !end are sent together.',
  operand: word('<file>', 'a script with a command a line; - is standard input'),
  options,
  examples: [
    [
      "printf 'SET a 1\\nMSET a 1 b 2\\nMSET {t}a 1 {t}b 2\\n' | cachelab cluster run -",
      'keys in one slot and in two',
    ],
    [
      "printf 'node-A> GET user:123\\nGET user:123\\n' | cachelab cluster run -",
      'the wrong node says MOVED; the client follows',
    ],
    [
      "printf 'SET {t}1 x\\n!open 15891 node-A\\nGET {t}2\\nMGET {t}1 {t}2\\n!move 15891 node-A\\nGET {t}1\\n' | cachelab cluster run -",
      'ASK and TRYAGAIN while a slot moves',
    ],
  ],
  async run(flags, path) {
    if (flags.connect) return runReal(path, flags.connect, flags.format)
    checkShape(flags)
    const target = new SimulatedTarget({ ...clusterDefaults, ...flags })
    await runScript(path, target, flags.format)
  },
})

async function runReal(path: string, addresses: readonly Address[], format: Flags['format']): Promise<void> {
  const [address] = addresses
  if (addresses.length > 1 || address.protocol === 'memcached')
    throw new InputError('--connect must be one node of a Redis Cluster here; it names the others')
  const { RealCluster } = await import('../../remote/cluster-target.js')
  const { cleaningUp } = await import('../../remote/connect/servers.js')
  const target = await RealCluster.connect(address, surface().env)
  await cleaningUp(
    { note },
    () => target.end(),
    () => runScript(path, target, format),
  )
}

/** Items that are kept as one text, which takes less memory. */
const BLOCK = 1000

/** Nothing is printed before the end: some lines can be refused only when they run. */
async function runScript(path: string, target: ScriptTarget, format: Flags['format']): Promise<void> {
  const script = new ClusterScript(target)
  const isJson = format === 'json'
  // Asking how wide the screen is takes longer than most lines.
  const screen: Screen = { width: outputWidth(), isAscii: isAscii() }
  const blocks: string[] = []
  const items: string[] = []
  const join = () => blocks.push(items.splice(0).join(isJson ? ',\n' : ''))
  for await (const line of await scriptLines(path)) {
    await breathe()
    const outcome = await script.run(line).catch((error) => {
      throw error instanceof InputError ? new InputError(`${labelOf(path)}, ${error.message}`) : error
    })
    items.push(isJson ? asJson(outcome, target) : asText(outcome, target, screen))
    if (items.length === BLOCK) join()
  }
  if (!isJson && script.unsent > 0)
    items.push(wrapLines(`(queued and never sent: ${countOf(script.unsent, 'command')})\n`, screen.width))
  if (items.length > 0) join()
  for (const text of isJson ? repliesJson('cluster run', blocks) : blocks) (isJson ? writeData : write)(text)
}

interface Screen {
  readonly width: number
  readonly isAscii: boolean
}

/** What isn't a reply, in lines that fit the screen. */
const remark = (text: string, { width, isAscii }: Screen): string =>
  wrap(isAscii ? asciiText(text) : text, width - 4)
    .map((line, i) => `  ${i === 0 ? '#' : ' '} ${line}\n`)
    .join('')

function asText({ line, replies, hops, note }: ScriptOutcome, target: ScriptTarget, screen: Screen): string {
  const route =
    hops.length > 0
      ? remark(
          routeText(hops, (address) => target.nameOf(address)),
          screen,
        )
      : ''
  const shown = replies.map((reply) =>
    reply instanceof NoAnswer ? wrapLines(`(no answer: ${reply.why})\n`, screen.width) : shownReply(reply),
  )
  const told =
    note === undefined
      ? ''
      : note
          .split('\n')
          .map((text) => remark(text, screen))
          .join('')
  return `> ${printable(toText(line))}\n${route}${told}${shown.join('')}`
}

function asJson({ line, replies, hops, note }: ScriptOutcome, target: ScriptTarget): string {
  const all = replies.map((reply): Plain => (reply instanceof NoAnswer ? { error: reply.why } : plain(reply)))
  return stringify({
    command: toText(line),
    ...(note === undefined ? {} : { note }),
    hops: hops.map(({ address, why }) => ({ node: target.nameOf(address), why })),
    reply: all.length === 1 ? all[0] : all,
  })
}
