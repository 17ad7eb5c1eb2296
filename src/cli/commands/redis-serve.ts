import { type Command, Option } from 'commander'
import { InputError } from '../../input-error.js'
import { listen } from '../../redis/serve/listen.js'
import { Server } from '../../redis/server.js'
import { SystemTime } from '../../redis/time-source.js'
import { wholeNumber } from '../options/arguments.js'
import { seedOption } from '../options/ring.js'
import { write } from '../output/terminal.js'

interface Flags {
  port: number
  host: string
  databases: number
  seed?: number
}

export const examples = [
  ['cachelab redis serve --port 6380', 'then: redis-cli -p 6380'],
  ['cachelab redis serve', 'at a port that is free, which it prints'],
  ['cachelab redis serve --port 6380 --databases 2', 'with two databases'],
] as const

export function configure(command: Command): Command {
  return seedOption(command, 'seed of what is drawn at random (SPOP, eviction)')
    .description(
      'Serves the store over TCP in RESP2 and RESP3, so that Redis clients can be tried and tested against it. It keeps nothing, has no password and is never a thing for production.',
    )
    .addOption(
      new Option('--port <number>', 'where to listen; 0 for any port that is free')
        .default(0)
        .argParser(wholeNumber('--port', 0, 65_535)),
    )
    .addOption(
      new Option('--host <address>', 'who may connect: 127.0.0.1 is this machine alone').default('127.0.0.1'),
    )
    .addOption(
      new Option('--databases <count>', 'how many databases')
        .default(16)
        .argParser(wholeNumber('--databases', 1, 1024)),
    )
    .action(run)
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there; --port 0 takes one that is free',
  EACCES: 'ports below 1024 are not for everybody',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no such address',
}

async function run({ port, host, databases, seed = 1 }: Flags): Promise<void> {
  const store = new Server({ clock: new SystemTime(), databases, seed })
  const listening = await listen(store, port, host).catch((error: NodeJS.ErrnoException) => {
    throw new InputError(
      `cannot listen at ${host}, port ${port}: ${REASONS[error.code ?? ''] ?? error.message}`,
    )
  })
  write(
    `Listening at redis://${host.includes(':') ? `[${host}]` : host}:${listening.port} (Ctrl-C ends it; nothing is kept)\n`,
  )
  process.once('SIGTERM', () => listening.stop().then(() => process.exit(0)))
}
