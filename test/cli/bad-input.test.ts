import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { cachelab, refused as refusedWith } from './in-process.js'

const folder = mkdtempSync(join(tmpdir(), 'cachelab-'))
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const empty = file('empty.txt', '')
const blank = file('blank.txt', '\n \n')
const binary = file('binary.txt', Uint8Array.from([97, 10, 98, 10, 0xff, 0xfe, 10]))

const refused = (args: readonly string[], ...texts: readonly string[]) => refusedWith(args, texts)

describe.each([
  ['--vnodes', ['0', '-3', '1.5', 'abc', '1e99', ''], 'a whole number from 1 to 100000'],
  ['--nodes', ['0', 'a,a', 'a,,b', '99999999', '', '-1', ','], 'from 1 to 100000 or distinct names'],
  ['--keys', ['0', 'NaN', '-1', '100000001'], 'a whole number from 1 to 100000000'],
  ['--seed', ['x', '-1'], 'a whole number from 0'],
  ['--load-factor', ['0.9', 'x'], 'a number from 1 to 1000'],
  ['--requests', ['0', 'many'], 'a whole number from 1'],
])('ring %s', (flag, values, accepted) => {
  test.each(values)('%j', (value) =>
    refused(['ring', flag, value], `${flag} must be`, accepted, JSON.stringify(value)),
  )
})

describe.each([
  ['--capacity', ['0', '-1', '10q', '', '10,,20'], 'numbers of keys such as 100'],
  ['--skew', ['80/80', '20/80', '0/100', '100/20', 'abc', ''], 'requests/keys in percent, such as 80/20'],
  ['--exponent', ['-1', 'x', '9'], 'a number from 0 to 8'],
  ['--requests', ['0', '-5'], 'a whole number from 1'],
  ['--runs', ['0', 'x'], 'a whole number from 1'],
  ['--keys', ['0'], 'a whole number from 1'],
  ['--rate', ['0', 'fast'], 'a number from 0.001'],
  ['--policies', ['lur', '', 'lru,,fifo'], 'lru, lfu, random'],
  ['--workloads', ['zip', ''], 'zipf, uniform, scan'],
])('evict %s', (flag, values, accepted) => {
  test.each(values)('%j', (value) => refused(['evict', flag, value], `${flag} must be`, accepted))
})

describe('replicate', () => {
  test.each([
    ['replicate --replicas 0', '--replicas must be a whole number from 1'],
    ['replicate --replicas 4', '--replicas must be from 1 to 3, the number of nodes, got 4'],
    ['replicate sweep --replicas 2,9', '--replicas must be from 1 to 6, the number of nodes, got 9'],
    ['replicate --kill node-X', '--kill: there is no node "node-X"'],
    ['replicate --kill node-B --kill node-B', '--kill names "node-B" twice'],
    ['replicate --hop fast', '--hop must be a time from 0ms', 'got "fast"'],
    ['replicate --jitter 5', '--jitter must be a time', 'got "5"'],
    ['replicate --timeout 0ms', '--timeout must be a time from 1ms'],
    ['replicate --write-quorum 1', '--write-quorum needs --mode quorum'],
    [
      'replicate --mode quorum --write-quorum 3',
      '--write-quorum must be from 1 to 2, the number of replicas',
    ],
    ['replicate --mode quorum --read-quorum 0', '--read-quorum must be a whole number from 1'],
    ['replicate --mode qourum', '--mode must be one of sync, async, quorum', 'did you mean quorum?'],
    ['replicate --policy opt', '--policy opt works on a single cache only'],
    ['replicate --nodes 1000 --keys 1000000', '--nodes × --keys must be at most 20000000'],
    ['replicate timeline --kill node-B@soon', '--kill must be node@time', 'got "node-B@soon"'],
    ['replicate timeline --kill node-B', '--kill must be node@time, such as node-B@2s'],
    ['replicate timeline --kill nod-B@1s', '--kill: there is no node "nod-B" (did you mean node-B?)'],
    ['replicate timeline --hang node-Q@1s', '--hang: there is no node "node-Q"'],
    ['replicate timeline --slow node-A@1s', '--slow must be node@time:10x'],
    ['replicate timeline --slow node-A@1s:0.5x', '--slow must be node@time:10x'],
    ['replicate timeline --heal 5s', '--heal must be @time, such as @5s'],
    [
      'replicate timeline --restart node-B@1s --kill node-B@2s',
      '--restart node-B@1s: the node is not down then',
    ],
    ['replicate timeline --kill node-B@11s', '--kill node-B@11s is after the end: --duration is 10s'],
    ['replicate timeline --partition node-A|node-B@1s', 'leaves out node-C'],
    ['replicate timeline --partition node-A|node-A,node-B,node-C@1s', 'names node-A twice'],
    ['replicate timeline --partition node-A,node-B,node-C@1s', 'has one group only'],
    ['replicate timeline --rate -5', '--rate must be a number from 0.001', 'got "-5"'],
    ['replicate timeline --read-ratio 1.5', '--read-ratio must be a number from 0 to 1'],
    [
      'replicate timeline --rate 1000000 --duration 60s',
      '--rate × --duration must be at most 20000000 requests',
    ],
    [
      'replicate trace key --kill node-A --hang',
      "option '--kill <node>' cannot be used with option '--hang [node]'",
    ],
    ['replicate scale --nodes 1', '--nodes must be at least 2 here'],
    ['replicate check --modes sync,asinc', '--modes must be one of sync', 'did you mean async?'],
    ['replicate check --schedules 0', '--schedules must be a whole number from 1'],
    ['replicate timelime', 'did you mean timeline?'],
  ])('%s', (line, ...texts) => refused(line.split(' '), ...texts))

  test('an empty key', () => refused(['replicate', 'trace', ''], 'a key must not be empty'))
})

describe('names that are not known, with the closest that is', () => {
  test.each([
    ['ring --hash murmur', '--hash must be one of md5, murmur3', 'did you mean murmur3?'],
    ['ring --format jsn', '--format must be one of table, json, csv, markdown', 'did you mean json?'],
    ['ring --placement maglv', 'did you mean maglev?'],
    ['ring --workload zip', 'did you mean zipf?'],
    ['ring --vnods 3', "unknown option '--vnods'", 'Did you mean --vnodes?'],
    ['rign', 'unknown command "rign"', 'did you mean ring?'],
    ['help rign', 'unknown command "rign"', 'did you mean ring?'],
    ['rign --help', 'unknown command "rign"', 'did you mean ring?'],
    ['help redis rnu', 'unknown command "redis rnu"', 'did you mean run?'],
    ['help constructor', 'unknown command "constructor"'],
    ['help toString', 'unknown command "toString"'],
    ['__proto__ --help', 'unknown command "__proto__"'],
    ['ring swep', 'unknown command "ring swep"', 'did you mean sweep?'],
    ['nothing-like-it', 'unknown command "nothing-like-it"'],
    ['evict --policies lur', 'did you mean lru?'],
    ['evict --workloads zip', 'did you mean zipf?'],
    ['evict stesp', 'unknown command "evict stesp"', 'did you mean steps?'],
    ['workload unifrom', 'the workload must be one of', 'did you mean uniform?'],
    ['completion zhs', 'one of bash, zsh, fish', 'did you mean zsh?'],
  ])('%s', (line, ...texts) => refused(line.split(' '), ...texts))
})

describe('files', () => {
  test.each([
    [join(folder, 'missing.txt'), 'there is no such file'],
    [folder, 'it is a directory'],
    [empty, 'empty.txt holds no keys'],
    [blank, 'blank.txt holds no keys'],
    [binary, 'binary.txt, line 3: not UTF-8 text'],
    ['', '--keys-from must name a file'],
    ['-', 'standard input holds no keys'],
  ])('--keys-from %s', async (path, text) => {
    for (const command of [['ring'], ['ring', 'compare'], ['ring', 'route'], ['ring', 'min-vnodes']]) {
      await refused([...command, '--keys-from', path], text)
    }
  })

  test('keys twice', () =>
    refused(['ring', '--keys', '3', '--keys-from', empty], '--keys-from', 'cannot be used with'))
})

describe('combinations', () => {
  test.each([
    ['ring --vnodes', '--vnodes', 'missing'],
    [
      'ring --nodes 1000 --vnodes 100000',
      '--nodes × --vnodes must be at most 10000000, got 1000 × 100000 = 100000000',
    ],
    ['ring --nodes 70000 --vnodes 1 --placement maglev', 'at most', '70000'],
    ['ring --nodes 20000 --vnodes 1 --placement slots', '16384 slots', '20000'],
    ['ring --requests 10', '--requests needs --workload'],
    ['ring --vnodes 3 extra', 'too many arguments'],
    ['ring --vnodes 3 sweep', 'cachelab ring sweep'],
    ['ring route a --weight node-Q=2', '--weight: there is no node "node-Q"'],
    ['ring route a --placement nginx --weight node-A=1.5', 'the weight of "node-A" must be a whole number'],
    ['ring route a --placement haproxy --weight node-A=257', 'a whole number from 1 to 256, got 257'],
    ['ring route a --placement haproxy --hash-type sdmb', '--hash-type must be one of', 'did you mean sdbm?'],
    ['ring route a --replicas 4', '--replicas must be at most the number of nodes, 3, got "4"'],
    ['ring sweep --vnodes 1,x', '--vnodes must be whole numbers'],
    ['ring sweep --nodes 1', '--nodes must be at least 2'],
    ['ring min-vnodes --within 0', '--within must be more than 0% and less than 100%'],
    ['ring min-vnodes --within 500%', 'got "500%"'],
    ['ring min-vnodes --within 5', 'for percent write 5%'],
    ['ring min-vnodes --confidence 101%', '--confidence must be', 'got "101%"'],
    ['ring min-vnodes --runs 0', '--runs must be a whole number'],
    ['ring weights --weight a', '--weight must be name=weight'],
    ['ring weights --weight a=0', '--weight must be', 'got "0"'],
    ['ring weights --weight a=-1', '--weight must be', 'got "-1"'],
    ['ring weights --weight a=1 --weight a=2', '--weight names "a" twice'],
    ['ring rolling --from 3 --to 3', '--to must differ from --from'],
    ['ring rolling --replace nodes', '--replace must be old=new'],
    ['ring rolling --replace x=y', 'there is no node "x"'],
    ['ring rolling --replace node-A=node-B', 'there is a node "node-B" already'],
    ['ring rolling --placement jump --replace node-A=x', 'jump can remove only its last node'],
    ['ring compare --remove 3', '--remove must leave a node: at most 2 of 3'],
    ['ring compare --remove-node node-Q', 'there is no node "node-Q" (nodes: node-A, node-B, node-C)'],
    ['ring compare --remove node-A,node-Q', '--remove: there is no node "node-Q"'],
    ['ring compare --remove node-A,node-A', '--remove must be', 'distinct names'],
    ['ring compare --remove node-A,node-B,node-C', '--remove must leave a node: at most 2 of 3, got node-A'],
    ['ring compare --nodes 100 --remove x', 'node-H, … 100 in all)'],
    ['ring compare --add x,node-B', '--add: there is a node "node-B" already'],
    ['ring compare --placements ring,gninx', '--placements must be', 'did you mean nginx?'],
    ['ring rolling --remove node-A,', '--remove must be distinct names such as node-A,node-B'],
    ['ring rolling --remove node-A,node-Z', '--remove: there is no node "node-Z"'],
    ['ring rolling --to 1 --remove node-A', '--remove must leave a node'],
    ['ring compare --add 1 --remove 1', '--add', 'cannot be used with', '--remove'],
    ['ring draw --nodes 63', 'at most 62 nodes'],
    ['ring draw a b c d e f g h i j', 'at most 9 keys'],
    ['ring draw --remove x', 'there is no node "x"'],
    ['ring draw --nodes 1 --remove 1', '--remove must leave a node: at most 0 of 1'],
    ['ring draw --nodes 61 --add a,b', 'at most 62 nodes can be drawn, got 63'],
    ['evict --skew 90/10 --exponent 1', '--exponent', 'cannot be used with', '--skew'],
    ['evict --keys 10 --skew 99.9/10', "can't get 99.9% of the requests"],
    ['evict steps', 'the requests are missing'],
    ['evict steps A --capacity 0', '--capacity must be a whole number from 1 to 1000'],
    ['evict steps A --policy lur', 'did you mean lru?'],
    ['evict curve --points 1', '--points must be a whole number from 2'],
    ['evict curve --sample 1.5', '--sample must be more than 0% and less than 100%'],
    ['evict curve --sample auto', '--sample auto is for lru, not for lfu, random, opt: give --policies lru'],
    ['evict curve --sample 1%', 'the sample of 10,000 requests holds 7 keys, 32 are needed'],
    [
      'evict curve --sample 10% --warmup 10',
      "'--sample <share|auto>' cannot be used with option '--warmup <count>'",
    ],
    ['evict skew --exponents 1,x', '--exponents must be numbers from 0 to 8'],
    ['evict distributed --policies opt', 'opt works on a single cache only'],
    ['evict distributed --nodes 1001', 'at most 1000'],
    ['workload', '<name> is missing: one of zipf, uniform, '],
    ['completion', '<shell> is missing; for example: cachelab completion bash'],
  ])('%s', (line, ...texts) => refused(line.split(' '), ...texts))

  test('an empty key', async () => {
    await refused(['ring', 'route', ''], 'a key must not be empty')
    await refused(['ring', 'draw', ''], 'a key must not be empty')
  })
})

describe('traces', () => {
  const table = file('trace.csv', 'time,key,size\n1,a,0\n2,b,-1\n')
  const cut = file('cut.oracleGeneral', new Uint8Array(60))
  const comments = file('comments.txt', '# a\n# b\n')
  const header = file('header.csv', 'time,key\n')
  const spaces = file('spaces.txt', 'GET /a 200\nGET /b 200\n')
  const wide = file('wide.txt', Buffer.from('a\nb\n', 'utf16le'))
  const nul = file('nul.txt', 'a\nb\0\n')
  const long = file('long.txt', Buffer.alloc(100_000_000, 'x'))
  const parquet = file('trace.parquet', Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(100)]))
  const open = file('open.csv', 'key,size\n"a,1\n')
  const archives = ['gz', 'zst', 'xz', 'bz2'].map((ending): [string[], string] => {
    const bytes = readFileSync(new URL(`../fixtures/traces/numbers.${ending}`, import.meta.url))
    return [['--trace', file(`cut.${ending}`, bytes.subarray(0, 600))], 'ends early']
  })

  test.each<[string[], string]>([
    [['--trace', join(folder, 'missing.txt')], 'there is no such file'],
    [['--trace', mkdtempSync(join(folder, 'none-'))], 'there are no files in'],
    [['--trace', empty], 'empty.txt holds no requests'],
    [['--trace', blank], 'blank.txt holds no requests'],
    [['--trace', comments, '--comment', '#'], 'comments.txt holds no requests: 2 comments skipped'],
    [['--trace', header, '--key-column', 'key'], 'header.csv holds no requests, only a header'],
    [['--trace', '-'], 'standard input holds no requests'],
    [['--trace', '-', '--trace', '-'], 'standard input can be read only once'],
    [['--trace', ''], '--trace must name a file'],
    [['--trace', spaces], 'the columns are 1 "GET", 2 "/a", 3 "200", between spaces'],
    [['--trace', wide], 'UTF-16 text; convert it first'],
    [['--trace', nul], 'nul.txt, line 2: a NUL byte'],
    [['--trace', long], 'long.txt, line 1: longer than 1048576 bytes'],
    [['--trace', parquet], 'a Parquet file; export it first'],
    [['--trace', open, '--key-column', 'key'], 'open.csv, line 2: a quote opens here and is never closed'],
    [['--trace', table], 'say with --key-column which one is the key; the columns are 1 "time", 2 "key"'],
    [['--trace', table, '--key-column', 'id'], 'there is no column "id"'],
    [['--trace', table, '--key-column', '2', '--size-column', '4'], 'there is no column "4"'],
    [['--trace', table, '--key-column', '2', '--size-column', 'size'], 'line 2: the size in column 3 is 0'],
    [
      ['--trace', table, '--key-column', '2', '--time-column', 'size'],
      'line 3: the time "-1" in column 3 is neg',
    ],
    [['--trace', table, '--key-column', '2', '--op-column', 'key'], 'line 2: the operation "a" in column 2'],
    [
      ['--trace', table, '--key-column', '2', '--count-column', '2'],
      'line 2: the count "a" in column 2 is not',
    ],
    [
      ['--trace', table, '--key-column', '2', '--ttl-column', 'size'],
      'line 3: the TTL "-1" in column 3 is neg',
    ],
    [['--trace', table, '--key-column', ''], '--key-column must not be empty'],
    [['--trace', table, '--delimiter', ',,'], '--delimiter must be one sign'],
    [['--trace', table, '--delimiter', 'x'], '--delimiter must be one sign'],
    [['--trace', table, '--header', 'maybe'], '--header must be one of yes, no'],
    [['--trace', table, '--block-size', '4k'], '--block-size must be a size from 1 byte'],
    [['--trace', table, '--block-size', '0'], '--block-size must be a size from 1 byte'],
    [
      ['--trace', table, '--block-size', '4KiB', '--key-column', '2'],
      '--block-size cannot be used with a table',
    ],
    [
      ['--trace', table, '--trace-format', 'arc', '--key-column', '2'],
      'cannot be used with --trace-format arc',
    ],
    [['--trace', cut, '--trace-format', 'oracleGeneral'], 'not oracleGeneral'],
    [['--trace', cut], 'binary data in no format that is known'],
    [['--trace', table, '--trace-format', 'cvs'], 'did you mean csv?'],
    [['--trace', table, '--keys', '5'], 'cannot be used with'],
    [['--trace', table, '--key-column', 'key', '--warmup', '2'], '--warmup must leave requests to count'],
    [['--key-column', 'key'], '--key-column: options of a trace need --trace'],
    ...archives,
  ])('%j', async (args, text) => {
    await refused(['evict', ...args], text)
    await refused(['evict', 'curve', ...args], text)
  })
})

test('a stack trace only for those who ask', async () => {
  const { stderr, code } = await cachelab(['ring', '--vnodes', '0'], { env: { CACHELAB_DEBUG: '1' } })
  expect(code).toBe(2)
  expect(stderr).toMatch(/\n +at /)
})

describe('memcached', () => {
  const sizes = file('sizes.txt', '100\n200\nlots\n')
  test.each([
    ['memcached slabs --factor 1', '--factor must be more than 1', 'got "1"', 'classes have to grow'],
    ['memcached slabs --factor 0.5', '--factor must be more than 1'],
    ['memcached slabs --factor x', '--factor must be a number'],
    ['memcached slabs --memory 0', '--memory must be a whole number from 1'],
    ['memcached slabs --item big', '--item must be a whole number from 0', 'got "big"'],
    [`memcached slabs --items-from ${sizes}`, 'line 3 of', 'got "lots"'],
    [`memcached slabs --items-from ${empty}`, 'there are no sizes in'],
    ['memcached slabs --items-from nowhere.txt', 'cannot read nowhere.txt: there is no such file'],
    ['memcached calcify --sizes 100,,200', 'each of --sizes must be a whole number', 'got ""'],
    ['memcached calcify --sizes 100,600000', 'each of --sizes', '500000'],
    ['memcached calcify --memory 1024 --pressure 100', 'at most 3000000 keys'],
    [
      'evict --requests 20000000 --warmup 20000000',
      '--requests and --warmup must be at most 30000000 together',
    ],
    ['evict skew --requests 1000000000', '--requests must be a whole number from 1 to 30000000'],
    ['evict --keys 100000000', '--keys must be a whole number from 1 to 10000000'],
    ['memcached calcify --phase 1h', '--phase must be a time', 'got "1h"'],
    ['memcached lru --workloads zipfy', '--workloads must be one of', 'did you mean zipf?'],
    ['memcached ring --nodes a,,b', '--nodes must be hosts between commas', 'got "a,,b"'],
    ['memcached ring --nodes a,a', '--nodes names a server twice'],
    ['memcached ring --nodes a,b --weight c=2', '--weight: there is no server "c"'],
    ['memcached ring --nodes a,b --weight a=0', '--weight must be a whole number from 1', 'got "0"'],
    ['quiz --list --format gift', '--list has no --format gift'],
    ['memcached ring --nodes a,b --dead q', '--dead: there is no server "q"'],
    ['memcached ring --distribution ketma', 'did you mean ketama?'],
    ['redis durability --save 60', '--save must be pairs of seconds and changes', 'got "60"'],
    [
      'redis durability --rate 90000',
      '--rate × --duration must be from 100 to 3000000 writes',
      'got 27000000',
    ],
    ['redis durability --rate 0.1', 'from 100 to 3000000 writes', 'got 30'],
    ['redis durability --service 1ms', '--rate × --service must be less than 1', 'got 1'],
    ['redis durability --keys 10000000 --value-size 1000000', 'at most 64.0 GB of memory', 'got 10.0 TB'],
    ['redis durability --page 8KB', '--page must be one of 4KB, 2MB', 'got "8KB"'],
    ['memcached compare --workers 0', '--workers must be whole numbers from 1'],
    ['memcached choose --needs structurs', 'did you mean structures?'],
    ['memcached slab', 'unknown command "memcached slab"', 'did you mean slabs?'],
  ])('%s', (line, ...texts) => refused(line.split(' '), ...texts))
})

describe('tiers', () => {
  test.each([
    ['tiers --servers 0', '--servers must be a whole number from 1 to 100', 'got "0"'],
    ['tiers --capacity 5', '--capacity must be at least 10 for 4 servers', 'got 5'],
    ['tiers --write-ratio 2', '--write-ratio must be a number from 0 to 1'],
    ['tiers --message-loss 1%', '--message-loss must be a number from 0 to 1', 'got "1%"'],
    ['tiers --ttl never', '--ttl must be a time from 1ms', 'got "never"'],
    ['tiers --hop 1', '--hop must be a time', 'got "1"'],
    ['tiers --keys 1000000 --servers 100', 'must be at most 50000000, got 101000000'],
    ['tiers --rate 1000000 --duration 1m', '--rate × --duration must be at most 20000000 requests'],
    ['tiers --sweep nodes', '--sweep must be one of servers, write-ratio, latency'],
    ['tiers --values 1,2', '--values needs a --sweep'],
    ['tiers --sweep servers --values 1.5', 'each of --values must be a whole number', 'got "1.5"'],
    ['tiers --sweep write-ratio --values 0.1,2', 'each of --values must be a number from 0 to 1'],
    ['tiers --sweep latency --values 2,1', '--values must ascend, got 2,1'],
    ['tiers --sweep servers --values', "'--values <list>' argument missing"],
  ])('%s', (line, ...texts) => refused(line.split(' '), ...texts))
})

describe('sentinel', () => {
  test.each([
    ['sentinel run --quorum 4', '--quorum must be from 1 to 3, the number of sentinels, got 4'],
    ['sentinel run --sentinels 1 --quorum 2', '--quorum must be from 1 to 1, the number of sentinels'],
    ['sentinel run --replicas 0', '--replicas must be a whole number from 1'],
    ['sentinel run --priority 1,2,3', '--priority must name at most 2, the number of replicas'],
    [
      'sentinel run --min-replicas-to-write 3',
      '--min-replicas-to-write must be at most 2',
      'every write would be refused',
    ],
    ['sentinel run --kill mastr@1s', 'there is no node "mastr" (did you mean master?)'],
    ['sentinel run --kill master@30s', '--kill master@30s is after the end: --duration is 20s'],
    ['sentinel run --kill client-1@1s', 'clients can only be cut off, with --partition'],
    ['sentinel run --restart master@1s --kill master@2s', 'the node is not down then'],
    ['sentinel run --stall master@1s', '--stall must be node@time:time, such as node-A@1s:500ms'],
    ['sentinel run --stall master@1s:0', '--stall must be node@time:time'],
    ['sentinel run --partition master|rest,client-1@1s', 'there is no node "rest"'],
    ['sentinel run --partition rest|rest@1s', 'there is no node "rest"'],
    ['sentinel run --partition rest@1s', 'has one group only'],
    ['sentinel run --sweep down-after --kill master@1s', '--sweep causes faults of its own'],
    ['sentinel run --sweep quorum', '--sweep must be one of down-after'],
    ['sentinel run --down-after 5', '--down-after must be a time from 10ms'],
    ['sentinel show split', 'the case must be one of split-brain', 'did you mean split-brain?'],
    ['sentinel shw', 'unknown command "sentinel shw"', 'did you mean show?'],
  ])('%s', (line, ...texts) => refused(line.split(' '), ...texts))
})

describe('cluster', () => {
  test.each([
    ['cluster create --masters 1', '--masters must be at least 3, got 1', 'the whole majority'],
    ['cluster failover --masters 2', '--masters must be at least 3, got 2', 'a majority of two is two'],
    ['cluster create --masters 60 --replicas 1', 'less than 100 nodes, got 120'],
    ['cluster create --hosts 7', '--hosts must be at most 6, the number of nodes, got 7'],
    ['cluster slot', '<key> is missing; for example: cachelab cluster slot '],
    ['find', '<word> is missing; for example: cachelab find split brain'],
    ['cluster failover --kill node-Z@1s', 'there is no node "node-Z"'],
    ['cluster failover --kill client-1@1s', 'clients can only be cut off, with --partition'],
    ['cluster failover --duration 1s', '--duration must be longer than 2s, when node-A is killed'],
    ['cluster failover --node-timeout 10', '--node-timeout must be a time from 100ms', 'got "10"'],
    ['cluster failover --restart node-A@1s --kill node-A@2s', 'the node is not down then'],
    ['cluster reshard --slots 6000', '--slots must be at most 5461, the number that node-A has, got 6000'],
    ['cluster reshard --from node-D', '--from must be a master (node-A, node-B, node-C), got "node-D"'],
    ['cluster reshard --to node-A', '--to must differ from --from, got node-A for both'],
    ['cluster remove-node node-B', '--masters must be at least 4 for one to leave, got 3'],
    ['cluster remove-node node-X --masters 4', 'the node must be a master', 'got "node-X"'],
    ['cluster choose --data lots', '--data must be a size from', 'such as 10GB, got "lots"'],
    ['cluster choose --data 10', '--data must be a size from', 'got "10"'],
    ['cluster compare --runs 0', '--runs must be a whole number from 1'],
    ['cluster verify --schedules 0', '--schedules must be a whole number from 1'],
    ['cluster verify --masters 16 --replicas 1', 'must be at most 31 nodes here, got 32'],
    ['cluster verify --rate 1000000', '--rate × --duration must be at most 50000 requests, got 10000000'],
    [
      'cluster verify --rate 4500 --read-ratio 0 --replicas 3',
      'must be at most 75000 keys in memory, got 180000',
    ],
    ['cluster run nowhere.redis', 'cannot read nowhere.redis: there is no such file'],
    ['cluster slto a', 'unknown command "cluster slto"', 'did you mean slot?'],
  ])('%s', (line, ...texts) => refused(line.split(' '), ...texts))

  test.each([
    ['!fly node-A', 'line 2: there is no directive !fly'],
    ['!kill node-Q', 'standard input, line 2: there is no node "node-Q"'],
    ['!move 99999 node-A', 'line 2: a slot must be a whole number from 0 to 16383, got "99999"'],
    ['!wait', 'line 2: !wait needs a time such as 500ms or 3s'],
    ['!end', 'line 2: !end without !pipeline'],
    ['node-Q> GET x', 'line 2: there is no node "node-Q"'],
  ])('run: %s, after a line that ran', async (line, text) => {
    const { stdout, stderr, code } = await cachelab(['cluster', 'run', '-'], { input: `SET a 1\n${line}\n` })
    expect([stdout, code, stderr]).toEqual(['', 2, expect.stringContaining(text)])
    expect(stderr).toMatch(/^error: [^\n]+\n$/)
  })
})
