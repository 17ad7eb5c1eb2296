import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from 'redis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { slotOf } from '../../src/redis-deployment/cluster/routing.js'
import { parseAddresses } from '../../src/remote/address.js'
import { ClusterLinks } from '../../src/remote/cluster-links.js'
import { ClusterSession } from '../../src/remote/cluster-session.js'
import { openRedis } from '../../src/remote/redis-connection.js'
import { cachelab, type Result, refused } from '../cli/run.js'
import { isThorough, testOnce } from '../layer.js'
import { freePort } from '../redis/ports.js'

const isInstalled = ['redis-server', 'redis-sentinel', 'memcached'].every(
  (program) => spawnSync(program, ['--version']).status === 0,
)
if (!isInstalled)
  console.warn(
    'redis-server, redis-sentinel or memcached is not installed: tests with real servers are skipped',
  )

/** A lab of its own: what is up is remembered in a folder that only this test knows. */
class Lab {
  private readonly env = { XDG_STATE_HOME: mkdtempSync(join(tmpdir(), 'state-')) }
  addresses: { readonly role: string; readonly url: string }[] = []
  folder = ''

  run(line: string, env: NodeJS.ProcessEnv = {}, input?: string): Promise<Result> {
    return cachelab(line.split(' '), {
      env: { ...this.env, ...env },
      ...(input === undefined ? {} : { input }),
    })
  }

  async up(options: string): Promise<Result> {
    const result = await this.run(`lab up ${options}`)
    if (result.code !== 0) throw new Error(result.stderr)
    this.addresses = [...result.stdout.matchAll(/^(\w+) +(\w+:\/\/\S+)$/gm)].map(([, role, url]) => ({
      role,
      url,
    }))
    this.folder = /They write to (\S+)\./.exec(result.stdout)![1]
    return result
  }

  of(role: string): string[] {
    return this.addresses.filter((one) => one.role === role).map(({ url }) => url)
  }
}

/** Asks a Redis server something. */
async function ask(url: string, ...words: string[]): Promise<unknown> {
  const client = createClient({ url })
  client.on('error', () => {})
  await client.connect()
  try {
    return await client.sendCommand(words)
  } finally {
    client.destroy()
  }
}

/** Waits until a run is under way: its keys are on the server. */
async function holdsKeys(url: string): Promise<void> {
  while ((await ask(url, 'DBSIZE')) === 0) await new Promise((resolve) => setTimeout(resolve, 10))
}

const column = (report: { tables: { rows: Record<string, unknown>[] }[] }, key: string) =>
  report.tables[0].rows.map((row) => row[key])

describe('addresses', () => {
  testOnce.each([
    ['redis://a,redis://b:7000', ['redis://a:6379', 'redis://b:7000']],
    ['memcached://127.0.0.1', ['memcached://127.0.0.1:11211']],
    ['rediss://cache.example:6390/', ['rediss://cache.example:6390']],
    ['redis://[::1]:7000', ['redis://[::1]:7000']],
  ])('%s', (text, wanted) => {
    expect(parseAddresses('--connect', text).map((one) => one.text)).toEqual(wanted)
  })

  testOnce.each([
    ['http://a', 'must be redis://host:port'],
    ['localhost:6379', 'must be redis://host:port'],
    ['', 'must be redis://host:port'],
    ['redis://a,redis://a:6379', 'names redis://a:6379 twice'],
    ['redis://a/3', 'must be redis://host:port'],
    ['redis://:secret@a', 'set CACHELAB_PASSWORD'],
  ])('%s is refused, and no password is shown', async (text, why) => {
    await refused(['ring', '--connect', text], [why])
    const { stderr } = await cachelab(['ring', '--connect', text])
    expect(stderr).not.toContain('secret')
  })

  testOnce('who does not answer is named', () =>
    refused(
      ['ring', '--connect', 'redis://127.0.0.1:9'],
      ['no Redis answers at redis://127.0.0.1:9 (ECONNREFUSED)'],
    ),
  )
})

describe.runIf(isInstalled && isThorough)('real nodes', () => {
  const lab = new Lab()
  let redis: string[] = []
  let all = ''

  beforeAll(async () => {
    await lab.up('--redis 2 --memcached 1')
    redis = lab.of('redis')
    all = [...redis, ...lab.of('memcached')].join(',')
  })
  afterAll(async () => {
    expect(await lab.run('lab down')).toMatchObject({ code: 0, stdout: '3 servers stopped.\n' })
    // What it does to a second one: there is none any more.
    expect((await lab.run('lab down')).stderr).toContain('no lab is up')
  })

  const leftBehind = async () => Promise.all(redis.map((url) => ask(url, 'DBSIZE')))

  test('ring: the servers have what the placement gives them, and nothing afterwards', async () => {
    const line = `ring --connect ${all} --keys 2000 --format json`
    const report = JSON.parse((await lab.run(line)).stdout)
    const simulated = JSON.parse((await lab.run('ring --keys 2000 --format json')).stdout)
    expect(column(report, 'found')).toEqual(column(simulated, 'keys'))
    expect(column(report, 'keys')).toEqual(column(simulated, 'keys'))
    expect(report.findings[0].ok).toBe(true)
    expect(await leftBehind()).toEqual([0, 0])
  })

  test('ring: other placements, and keys from a pipe', async () => {
    for (const placement of ['modulo', 'bounded', 'maglev']) {
      const { stdout } = await lab.run(
        `ring --connect ${all} --keys 500 --placement ${placement} --format json`,
      )
      expect([placement, JSON.parse(stdout).findings[0].ok]).toEqual([placement, true])
    }
    const piped = await lab.run(`ring --connect ${all} --keys-from - --format csv`, {}, 'a\nb\nc\n')
    expect(
      piped.stdout
        .split('\n')
        .slice(1, 4)
        .map((row) => row.split(',')[3]),
    ).toHaveLength(3)
  })

  test('replicate: as many are readable, from the same owners, with the same hops', async () => {
    for (const mode of ['sync', 'async', 'quorum']) {
      const { stdout } = await lab.run(
        `replicate --connect ${all} --keys 400 --mode ${mode} --kill node-B --format json`,
      )
      const report = JSON.parse(stdout)
      expect([mode, report.findings[0].text]).toEqual([mode, expect.stringContaining('agree')])
      expect(column(report, 'readableReal')).toEqual(column(report, 'readable'))
    }
    expect(await leftBehind()).toEqual([0, 0])
  })

  test('evict distributed: with room nothing but first requests is missed', async () => {
    const { stdout } = await lab.run(`evict distributed --connect ${all} --requests 3000 --format json`)
    const report = JSON.parse(stdout)
    expect(column(report, 'evicted').every((count) => count === 0)).toBe(true)
    expect(report.findings[0].measured).toBe(report.findings[0].expected)
    expect(await leftBehind()).toEqual([0, 0])
  })

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s leaves nothing behind', async (signal, expected) => {
    await ask(redis[0], 'SET', 'mine', '1')
    const { code, stdout } = await cachelab(['ring', '--connect', all, '--keys', '200000'], {
      started: async (kill) => {
        await holdsKeys(redis[1])
        kill(signal)
      },
    })
    expect([code, stdout]).toEqual([expected, ''])
    expect(await leftBehind()).toEqual([1, 0])
    await ask(redis[0], 'DEL', 'mine')
  })

  test('a password comes from the environment, and is never shown', async () => {
    await ask(redis[1], 'CONFIG', 'SET', 'requirepass', 'open-sesame')
    const line = `ring --connect ${all} --keys 100`
    const without = await lab.run(line)
    expect(without).toMatchObject({ code: 2, stderr: expect.stringContaining('asks for a password') })
    const wrong = await lab.run(line, { CACHELAB_PASSWORD: 'guess' })
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('refuses the password') })
    expect(wrong.stderr).not.toContain('guess')
    const client = createClient({ url: redis[1], password: 'open-sesame' })
    await client.connect()
    await client.sendCommand(['CONFIG', 'SET', 'requirepass', ''])
    client.destroy()
  })

  test('a server that is full says so, in a finding', async () => {
    await ask(redis[0], 'CONFIG', 'SET', 'maxmemory', '1mb')
    const { stdout, code } = await lab.run(`ring --connect ${all} --keys 300`)
    await ask(redis[0], 'CONFIG', 'SET', 'maxmemory', '0')
    expect(code).toBe(1)
    expect(stdout).toMatch(/✗ node-A refused or lost \d+ requests: OOM command not allowed/)
    expect(stdout).toContain('✗ Simulation and reality differ')
  })

  test('a server of another kind than it is said to be, and too few or too many', async () => {
    const port = (url: string) => new URL(url).port
    const [memcached] = lab.of('memcached')
    const wrong = [
      [`memcached://127.0.0.1:${port(redis[0])}`, 'no memcached answers'],
      [`redis://127.0.0.1:${port(memcached)}`, 'no Redis answers'],
    ]
    for (const [address, why] of wrong)
      await refused(['ring', '--connect', address], [why, 'right port and protocol'])
    await refused(
      ['ring', '--nodes', '4', '--connect', all],
      ['as many servers as there are --nodes, 4, got 3'],
    )
    await refused(
      ['ring', '--connect', all, '--keys', '3000000'],
      ['--keys must be at most 1000000 with --connect'],
    )
    await refused(['evict', 'distributed', '--connect', redis[0]], ['at least 2 servers'])
    await refused(
      ['evict', 'distributed', '--connect', all, '--capacity', '9'],
      ['--capacity is set on the servers'],
    )
    await refused(['cluster', 'run', '-', '--connect', redis[0]], ['is no node of a cluster'])
  })

  test('a second lab is refused while one is up', async () => {
    expect(await lab.run('lab up')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('a lab is up already'),
    })
  })

  test('a lab that cannot be remembered is not left running', async () => {
    const { stderr, code } = await cachelab(['lab', 'up', '--redis', '1'], {
      env: { XDG_STATE_HOME: '/dev/null' },
    })
    expect([code, stderr]).toEqual([
      3,
      "error: can't write beside /dev/null/cachelab/servers.json: ENOTDIR\n",
    ])
  })

  test('one that dies in mid-run is a finding', async () => {
    const own = new Lab()
    await own.up('--redis 2')
    const [one, two] = own.of('redis')
    const running = own.run(`ring --connect ${one},${two} --keys 60000`)
    await holdsKeys(two)
    await ask(two, 'SHUTDOWN', 'NOSAVE').catch(() => {})
    const { stdout, code } = await running
    expect(code).toBe(1)
    expect(stdout).toMatch(/✗ node-B refused or lost/)
    expect(await ask(one, 'DBSIZE')).toBe(0)
    expect((await own.run('lab down')).stdout).toBe('1 server stopped.\n')
  })
})

describe.runIf(isInstalled && isThorough)('a real cluster', () => {
  const lab = new Lab()
  beforeAll(async () => {
    await lab.up('--cluster 6')
  }, 60_000)
  afterAll(async () => {
    await lab.run('lab down')
  })

  /** Addresses, and the simulation's names, as node 1, 2, …; how often all slots were asked for is left out. */
  const neutral = (text: string, ports: readonly string[]) =>
    ports
      .reduce((all, port, i) => all.replaceAll(`127.0.0.1:${port}`, `#${i}`), text)
      .replace(/\bnode-([A-F])\b/g, (_, letter: string) => `#${letter.charCodeAt(0) - 65}`)
      .replaceAll(' (asked for slots)', '')

  test('a script has the transcript that it has in the simulation', async () => {
    const script = readFileSync(new URL('../fixtures/cluster-real.redis', import.meta.url), 'utf8')
    const ports = lab.of('cluster').map((url) => new URL(url).port)
    const real = await lab.run(
      `cluster run - --connect redis://127.0.0.1:${ports[0]}`,
      {},
      script.replaceAll('node-A>', `127.0.0.1:${ports[0]}>`),
    )
    const simulated = await lab.run('cluster run -', {}, script)
    expect(real.stderr).toBe('')
    expect(neutral(real.stdout, ports)).toBe(
      neutral(simulated.stdout, ['7000', '7001', '7002', '7003', '7004', '7005']),
    )
    for (const url of lab.of('cluster')) expect([url, await ask(url, 'DBSIZE')]).toEqual([url, 0])
  })

  test.each([
    ['FLUSHALL', 'reaches further than this session'],
    ['XGROUP CREATE s g $', "doesn't know its keys"],
    ['GET a}b', 'braces'],
    ['!kill node-A', 'only the simulated one'],
  ])('%s is refused', async (line, why) => {
    const [url] = lab.of('cluster')
    const { stderr, code } = await lab.run(`cluster run - --connect ${url}`, {}, `${line}\n`)
    expect([code, stderr]).toEqual([2, expect.stringContaining(why)])
  })

  const sizes = () => Promise.all(lab.of('cluster').map((url) => ask(url, 'DBSIZE')))
  const nothing = [0, 0, 0, 0, 0, 0]
  /** The masters of three equal ranges of slots, in their order. */
  const masters = async (): Promise<{ id: string; url: string }[]> => {
    const ranges = (await ask(lab.of('cluster')[0], 'CLUSTER', 'SLOTS')) as [
      number,
      number,
      [string, number, string],
    ][]
    return ranges
      .sort((a, b) => a[0] - b[0])
      .map(([, , [host, port, id]]) => ({ id, url: `redis://${host}:${port}` }))
  }
  /** The first master gives a slot of its own to the second, until `stay`. */
  const migrating = async (slot: number) => {
    const [from, to] = await masters()
    const set = (url: string, ...words: string[]) => ask(url, 'CLUSTER', 'SETSLOT', String(slot), ...words)
    await set(to.url, 'IMPORTING', from.id)
    await set(from.url, 'MIGRATING', to.id)
    return {
      stay: () => Promise.all([from, to].map(({ url }) => set(url, 'STABLE'))),
    }
  }

  test('ring: each master has the keys that the slots give it, as in the simulation', async () => {
    const [url] = lab.of('cluster')
    const report = JSON.parse((await lab.run(`ring --connect ${url} --keys 3000 --format json`)).stdout)
    const simulated = JSON.parse((await lab.run('ring --placement slots --keys 3000 --format json')).stdout)
    expect(column(report, 'found')).toEqual(column(simulated, 'keys'))
    expect(column(report, 'server')).toEqual((await masters()).map((master) => master.url))
    expect(report.findings[0].ok).toBe(true)
    const piped = `ring --connect ${url} --keys-from - --placement slots --format json`
    const tagged = JSON.parse((await lab.run(piped, {}, '{t}1\n{t}2\n{t}3\n')).stdout)
    expect(column(tagged, 'found')).toEqual([0, 0, 3])
    expect(await sizes()).toEqual(nothing)
  })

  test('ring: keys of a slot that is moving are found where they are, and deleted there', async () => {
    const slot = slotOf('b')
    const owner = (await masters())[0]
    expect(slot).toBeLessThan(5461)
    const { stay } = await migrating(slot)
    const { stdout, code } = await lab.run(
      `ring --connect ${owner.url} --keys-from - --format json`,
      {},
      '{b}1\n{b}2\n{b}3\n',
    )
    await stay()
    const { findings, ...report } = JSON.parse(stdout)
    expect(code).toBe(1)
    expect([column(report, 'keys'), column(report, 'found')]).toEqual([
      [3, 0, 0],
      [0, 3, 0],
    ])
    expect(findings[0].text).toBe(
      'Slots and reality differ: 3 of 3 keys found, 3 of them not with the owner of their slot.',
    )
    expect(findings[1]).toMatchObject({ id: 'redirected', measured: 3 })
    expect(await sizes()).toEqual(nothing)
  })

  test('keys of a slot of which some have moved are all deleted', async () => {
    const address = parseAddresses('--connect', (await masters())[2].url)[0]
    const session = (await ClusterSession.ofCluster(address, {}))!
    session.place(new Uint32Array(20).fill(slotOf('b')))
    const put = (...keys: number[]) => session.putAll(0, Uint32Array.from(keys), 2000, () => {})
    await put(0, 1, 2, 3)
    const { stay } = await migrating(slotOf('b'))
    await put(4, 5, 6)
    expect([...(await session.keysOn(0, () => {}))]).toEqual([0, 1, 2, 3])
    expect([...(await session.keysOn(1, () => {}))]).toEqual([4, 5, 6])
    expect(await session.end()).toBe(0)
    await stay()
    expect(await sizes()).toEqual(nothing)
  })

  test('a command that was sent to the wrong master is answered by the right one', async () => {
    const [{ url }] = await masters()
    const [address] = parseAddresses('--connect', url)
    const { connection } = await openRedis(address, {})
    const links = new ClusterLinks(address, connection, {})
    const key = '{123456789}'
    expect(slotOf(key)).toBe(12_739)
    expect(await links.send(connection, ['SET', key, 'x'])).toBe('OK')
    expect(await links.send(connection, ['UNLINK', key])).toBe(1)
    expect(links.redirected).toBe(2)
    await expect(links.send(connection, ['SET', key, 'x'], 0)).rejects.toThrow('MOVED 12739')
    links.close()
  })

  test('a pipeline of more than is in flight at once has its replies in their order', async () => {
    const commands = Array.from(
      { length: 6000 },
      (_, i) => `APPEND key-${i % 3000} ${'x'.repeat(1 + (i % 7))}`,
    )
    const script = ['!pipeline', ...commands, '!end'].join('\n')
    const line = `cluster run - --connect ${lab.of('cluster')[0]} --format json`
    const { replies } = JSON.parse((await lab.run(line, {}, script)).stdout)
    const lengths = commands.map((_, i) => 1 + (i % 7) + (i < 3000 ? 0 : 1 + ((i - 3000) % 7)))
    expect(replies).toHaveLength(6002)
    expect(replies.at(-1).reply).toEqual(lengths)
    expect(await sizes()).toEqual(nothing)
  })

  test('evict distributed: with room nothing but first requests is missed', async () => {
    const line = `evict distributed --connect ${lab.of('cluster')[0]} --requests 3000 --format json`
    const report = JSON.parse((await lab.run(line)).stdout)
    expect(column(report, 'node')).toEqual(['node-A', 'node-B', 'node-C'])
    expect(column(report, 'evicted')).toEqual([0, 0, 0])
    expect(report.parameters.placement).toBe('slots')
    expect(await sizes()).toEqual(nothing)
  })

  test.each([
    ['ring --placement ring', 'whose slots place keys: leave --placement out, got ring'],
    ['evict distributed --placement modulo', 'leave --placement out, got modulo'],
    ['ring --nodes 4', '--nodes must be as many as the cluster has masters, 3, got 4'],
    ['replicate', 'which has its own replicas'],
  ])('%s is refused', async (line, why) => {
    await refused([...line.split(' '), '--connect', lab.of('cluster')[0]], [why])
  })

  test('nodes of a cluster among several servers are refused', async () => {
    await refused(['ring', '--connect', lab.of('cluster').slice(0, 2).join(',')], ['name it alone'])
  })

  test('a failover takes as long as the simulation says, within a factor of two', async () => {
    const report = JSON.parse((await lab.run('lab failover --format json')).stdout)
    const { id, measured, expected } = report.findings[0]
    expect(id).toBe('factor')
    expect(measured / expected).toBeGreaterThan(1 / 2)
    expect(measured / expected).toBeLessThan(2)
  }, 60_000)
})

test.runIf(isInstalled && isThorough)(
  'a failover of real sentinels takes as long as the simulation says, within a factor of two',
  async () => {
    const lab = new Lab()
    await lab.up('--sentinel')
    try {
      const report = JSON.parse((await lab.run('lab failover --format json')).stdout)
      const { id, measured, expected } = report.findings[0]
      expect(id).toBe('factor')
      expect(measured / expected).toBeGreaterThan(1 / 2)
      expect(measured / expected).toBeLessThan(2)
    } finally {
      await lab.run('lab down')
    }
  },
  90_000,
)

const hasTls = isInstalled && spawnSync('openssl', ['version']).status === 0

test.runIf(hasTls && isThorough)(
  'rediss:// is TLS: with a certificate that is trusted, and not without',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tls-'))
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
    const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost']
    const names = ['-addext', 'subjectAltName=DNS:localhost']
    spawnSync('openssl', [...request, ...names, '-keyout', key, '-out', certificate])
    const port = String(await freePort())
    const server = spawn('redis-server', [
      ...['--port', '0', '--tls-port', port, '--save', '', '--requirepass', 'secret', '--dir', folder],
      ...['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-ca-cert-file', certificate],
      ...['--tls-auth-clients', 'no'],
    ])
    try {
      for await (const text of server.stdout) if (String(text).includes('Ready to accept')) break
      server.stdout.resume()
      const line = ['ring', '--connect', `rediss://localhost:${port}`, '--keys', '100', '--format', 'json']
      const password = { CACHELAB_PASSWORD: 'secret' }
      const trusted = await cachelab(line, { env: { ...password, NODE_EXTRA_CA_CERTS: certificate } })
      expect(JSON.parse(trusted.stdout).findings[0].ok).toBe(true)
      const distrusted = await cachelab(line, { env: password })
      expect(distrusted).toMatchObject({ code: 2, stderr: expect.stringContaining('SELF_SIGNED_CERT') })
    } finally {
      server.kill()
    }
  },
)
