import { endProcess } from '../../at-end.js'
import { InputError } from '../../input-error.js'
import { listen } from '../../redis/serve/listen.js'
import { Server } from '../../redis/server.js'
import { SystemTime } from '../../redis/time-source.js'
import { choice, wholeNumber, word } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { saltOption } from '../options/ring.js'
import { warn, write } from '../output/terminal.js'

export const { configure, examples } = command({
  description:
    'Serves the store over TCP in RESP2 and RESP3, for tests with Redis clients. It keeps nothing, has no password and is not for production.',
  options: {
    seed: saltOption('seed of random choices (SPOP, eviction)'),
    port: option('<number>', 'port to listen on; 0 for any free port', wholeNumber(0, 65_535), 0),
    host: option(
      '<address>',
      'address to listen on; 127.0.0.1 takes connections from this machine only',
      word,
      '127.0.0.1',
    ),
    protectedMode: option(
      '<yes|no>',
      'whether clients on other machines are refused, as long as no password is set',
      choice(['yes', 'no']),
      'yes',
    ),
    databases: option('<count>', 'how many databases', wholeNumber(1, 1024), 16),
  },
  examples: [
    ['cachelab redis serve --port 6380', 'then: redis-cli -p 6380'],
    ['cachelab redis serve', 'on a free port, which it prints'],
    ['cachelab redis serve --port 6380 --databases 2', 'with two databases'],
  ],
  async run({ port, host, protectedMode, databases, seed = 1 }) {
    const store = new Server({ clock: new SystemTime(), databases, seed })
    store.settings.assign('protected-mode', protectedMode)
    const listening = await listen(store, port, host, warn).catch((error: NodeJS.ErrnoException) => {
      throw new InputError(
        `cannot listen on ${host}, port ${port}: ${REASONS[error.code ?? ''] ?? error.message}`,
      )
    })
    store.settings.assign('port', String(listening.port))
    store.settings.assign('bind', host)
    write(
      `Listening at redis://${host.includes(':') ? `[${host}]` : host}:${listening.port} (Ctrl-C ends it; nothing is kept)\n`,
    )
    store.onShutdown = () => listening.stop().then(() => endProcess(0))
  },
})

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there; --port 0 takes a free port',
  EACCES: 'ports below 1024 need special permission',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no such address',
}
