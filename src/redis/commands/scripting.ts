import type { Client } from '../client.js'
import { type Answer, type Command, family, type Run } from '../command.js'
import { parseCount } from '../numbers.js'
import { OK, RedisError } from '../reply.js'
import { noScript } from '../scripts.js'
import { findCommand } from '../table.js'
import rows from './scripting.json' with { type: 'json' }

const SHA_LENGTH = 40

function evaluate(client: Client, argv: readonly string[], bySha: boolean, isReadOnly: boolean): Answer {
  const { scripts, monitors } = client.server
  // The other commands are shown after they have run: a script comes before the commands that it runs.
  if (monitors.any) monitors.feed(client, argv)
  if (bySha && argv[1].length !== SHA_LENGTH) throw noScript()
  const keyCount = parseCount(argv[2])
  if (keyCount > argv.length - 3)
    throw new RedisError("ERR Number of keys can't be greater than number of args")
  if (keyCount < 0) throw new RedisError("ERR Number of keys can't be negative")
  const script = bySha ? scripts.find(argv[1]) : scripts.load(argv[1])
  if (!script) throw noScript()
  const command = findCommand(argv) as Command
  return scripts.start(client, script, { command, argv, keyCount, isReadOnly })
}

const flush: Run = ({ server }, argv) => {
  const mode = argv[2]?.toUpperCase()
  if (argv.length > 3 || (mode !== undefined && mode !== 'SYNC' && mode !== 'ASYNC'))
    throw new RedisError('ERR SCRIPT FLUSH only support SYNC|ASYNC option')
  server.scripts.flush()
  return OK
}

const debug: Run = (_, argv) => {
  const mode = argv[2].toUpperCase()
  if (mode === 'NO') return OK
  throw new RedisError(
    mode === 'YES' || mode === 'SYNC'
      ? 'ERR cachelab has no debugger for scripts'
      : 'ERR Use SCRIPT DEBUG YES/SYNC/NO',
  )
}

export const scripting = family('scripting', rows, {
  eval: (client, argv) => evaluate(client, argv, false, false),
  eval_ro: (client, argv) => evaluate(client, argv, false, true),
  evalsha: (client, argv) => evaluate(client, argv, true, false),
  evalsha_ro: (client, argv) => evaluate(client, argv, true, true),
  'script|load': ({ server }, argv) => server.scripts.load(argv[2]).sha,
  'script|exists': ({ server }, argv) =>
    argv.slice(2).map((sha) => Number(server.scripts.find(sha) !== undefined)),
  'script|flush': flush,
  'script|kill': ({ server }) => {
    server.scripts.kill()
    return OK
  },
  'script|debug': debug,
})
