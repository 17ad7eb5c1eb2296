import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { formatFacts, formatOf, type TraceFormat, traceFormats } from '../../src/trace/formats/index.js'
import type { TraceOptions } from '../../src/trace/trace.js'
import { readAll } from './reading.js'

const fixture = (name: string) => readFileSync(new URL(`../fixtures/traces/${name}`, import.meta.url))
const sum = (values: readonly number[] = []) => values.reduce((a, b) => a + b, 0)

const [READ, WRITE, DELETE] = [0, 1, 2]

/** A header of lcs of a length: the magic number at both ends, and a version. */
function lcsHeader(length: number, version: bigint): Buffer {
  const header = Buffer.alloc(length)
  header.writeBigUInt64LE(0x123456789abcdef0n, 0)
  header.writeBigUInt64LE(version, 8)
  header.writeBigUInt64LE(0x123456789abcdef0n, length - 8)
  return header
}

/** Records of lcs, versions 1 to 3, by the structs in libCacheSim's lcs.h. */
function lcs(
  version: number,
  rows: readonly { time: number; id: bigint; size: number; op?: number; ttl?: number }[],
) {
  const records = rows.map(({ time, id, size, op = 0, ttl = 0 }) => {
    const record = Buffer.alloc([24, 28, 36][version - 1])
    record.writeUInt32LE(time, 0)
    record.writeBigUInt64LE(id, 4)
    if (version < 3) record.writeUInt32LE(size, 12)
    else record.writeBigInt64LE(BigInt(size), 12)
    if (version > 1) record.writeUInt8(op, version === 2 ? 16 : 20)
    if (version > 2) record.writeUInt32LE(ttl, 24)
    record.writeBigInt64LE(-1n, record.length - 8)
    return record
  })
  return Buffer.concat(records)
}

const rows = [
  { time: 1, id: 7n, size: 10, op: 1, ttl: 0 },
  { time: 2, id: 1n << 60n, size: 20, op: 3, ttl: 60 },
  { time: 2, id: 7n, size: 0, op: 9, ttl: 0xffffffff },
]

interface Expected {
  readonly keys: number[]
  readonly sizes?: number[]
  readonly times?: number[]
  readonly ttls?: number[]
  readonly operations?: number[]
}

/** Samples by format: the data, what its author's description says of it, and options if it isn't found by its content. */
const samples: [TraceFormat, string | Uint8Array, Expected, TraceOptions?][] = [
  ['plain', 'b\na\n\n b \nc', { keys: [0, 1, 0, 2] }],
  ['lines', 'GET /a b\nx, y\nGET /a b\n', { keys: [0, 1, 0] }, { format: 'lines' }],
  ['csv', 'time,key\n1,a\n2,"b, c"\n3,a\n', { keys: [0, 1, 0] }, { format: 'csv', keyColumn: 'key' }],
  ['tsv', '1\ta\n2\tb c\n3\ta\n', { keys: [0, 1, 0] }, { format: 'tsv', keyColumn: '2' }],
  ['lirs', '5\n*\n6\n5\n*\n', { keys: [0, 1, 0] }],
  ['arc', '10 3 0 7\n11 1 0 8\n20 2 0 9\n10 1 0 10\n21 1 0 11\n', { keys: [0, 1, 2, 1, 3, 4, 0, 4] }],
  [
    'spc',
    '0,10,1024,W,0.5\n1,10,512,r,0.75\n0,11,100,R,1.25,more\n',
    { keys: [0, 1, 2, 1], sizes: [512, 512, 512, 512], times: [0.5, 0.5, 0.75, 1.25] },
  ],
  [
    'msr',
    '128166372003061629,hm,1,Read,4000,200,413\n128166372013061629,hm,0,Write,0,4096,9\n128166372023061629,hm,1,Write,4096,1,9\n',
    { keys: [0, 1, 2, 1], sizes: [4096, 4096, 4096, 4096] },
  ],
  [
    'twitter',
    '0,q:a,3,20,4,get,0\n0,q:b,c,5,7,4,set,3600\n1,q:a,3,0,4,delete,0\n1,q:b,c,5,0,-1,gets,0\n',
    {
      keys: [0, 1, 0, 1],
      sizes: [23, 12, 3, 5],
      times: [0, 0, 1, 1],
      ttls: [0, 3600, 0, 0],
      operations: [READ, WRITE, DELETE, READ],
    },
  ],
  [
    'meta',
    'key,op,size,op_count,key_size\n1668757755,SET,82,1,40\n1668757755,GET,0,1,40\n1665497896,GET,169,3,78\n1665497896,DELETE,0,0,78\n',
    { keys: [0, 0, 1, 1, 1], sizes: [122, 40, 247, 247, 247], operations: [WRITE, READ, READ, READ, READ] },
  ],
  [
    'meta',
    'op_time,key,key_size,op,op_count,size,cache_hits,ttl,usecase,sub_usecase\n604038471,82131353f9ddc8c6,48,GET,1,87,1,0,366387042,3003229276\n604038473,828769c1e1ce3a29,67,SET,1,65,0,7200,2777918327,655456894\n604038473,749ab7237b8d0372,47,GET_LEASE,2,10,7,0,176962275,176962275\n',
    {
      keys: [0, 1, 2, 2],
      sizes: [135, 132, 57, 57],
      times: [604038471, 604038473, 604038473, 604038473],
      ttls: [0, 7200, 0, 0],
      operations: [READ, WRITE, READ, READ],
    },
  ],
  ['meta', '7,GET,5,2,3\n', { keys: [0, 0], sizes: [8, 8], operations: [READ, READ] }, { format: 'meta' }],
  [
    'webcachesim',
    '1 7 68\n2 8 100 4 5\n2 7 68\n',
    { keys: [0, 1, 0], sizes: [68, 100, 68], times: [1, 2, 2] },
    { format: 'webcachesim' },
  ],
  ['lrb', '1 7 68\n', { keys: [0], sizes: [68], times: [1] }, { format: 'lrb' }],
  [
    'wiki',
    '929840853 1190146243.303 http://en.wikipedia.org/wiki/A -\n929840854 1190146243.318 http://en.wikipedia.org/wiki/B save\n929840855 1190146243.300 http://en.wikipedia.org/wiki/A -\n',
    {
      keys: [0, 1, 0],
      times: [1190146243.303, 1190146243.318, 1190146243.318],
      operations: [READ, WRITE, READ],
    },
  ],
  ['address', 'l 0x1fffff50 1\ns 0x1fffff58 3\nl 0x1fffff50 0\n', { keys: [0, 1, 0] }],
  [
    'address',
    '0xffffffff81000000 R\n0xffffffff8100003f W\n0xffffffff81000040 R\n0x40 R\n0x7f R\n',
    { keys: [0, 0, 1, 2, 2], sizes: [64, 64, 64, 64, 64] },
    { blockSize: 64 },
  ],
  // Addresses that one double would hold for both.
  ['address', 'l 0xffffffff81000001 1\nl 0xffffffff81000002 1\n', { keys: [0, 1] }],
  [
    'monitor',
    'OK\n1339518083.107412 [0 127.0.0.1:60866] "keys" "*"\n1339518087.877697 [0 127.0.0.1:60866] "SET" "a \\"b\\"\\x00" "v" "EX" "10"\n1339518090.420270 [3 lua] "get" "a \\"b\\"\\x00"\n1339518096.506257 [0 unix:/tmp/s] "del" "c"\n1339518099.363765 [0 127.0.0.1:60866] "object" "encoding" "c"\n1339518099.4 [0 127.0.0.1:60866] "psetex" "c" "1500" "v"\n',
    {
      keys: [0, 1, 2, 2, 2],
      times: [1339518087.877697, 1339518090.42027, 1339518096.506257, 1339518099.363765, 1339518099.4],
      ttls: [10, 0, 0, 0, 1.5],
      operations: [WRITE, READ, DELETE, READ, WRITE],
    },
  ],
  [
    'clf',
    '127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /a.gif HTTP/1.0" 200 2326\n::1 - - [10/Oct/2000:20:55:37 +0000] "GET /b?x=\\"1\\" HTTP/1.1" 200 7 "http://a/" "Mozilla/5.0 (X)"\n127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET /a.gif HTTP/1.0" 304 -\n127.0.0.1 - - [10/Oct/2000:13:55:39 -0700] "-" 408 0\n127.0.0.1 - - [10/Oct/2000:13:55:40 -0700] "GET /c HTTP/1.0" 304 -\n',
    { keys: [0, 1, 0], sizes: [2326, 7, 2326], times: [971211336, 971211337, 971211337] },
  ],
  [
    'jsonl',
    '{"t": 1, "request": {"key": "a", "bytes": 10}, "op": "GET"}\n\n{"t": 1.5, "request": {"key": "b", "bytes": "20"}, "op": "set"}\n{"t": 2, "request": {"key": "a", "bytes": 10}, "op": "del"}\n',
    { keys: [0, 1, 0], sizes: [10, 20, 10], times: [1, 1.5, 2], operations: [READ, WRITE, DELETE] },
    { keyColumn: 'request.key', sizeColumn: 'request.bytes', timeColumn: 't', opColumn: 'op' },
  ],
  [
    'lcs',
    Buffer.concat([lcsHeader(1024, 1n), lcs(1, rows.slice(0, 2))]),
    { keys: [0, 1], sizes: [10, 20], times: [1, 2] },
  ],
  [
    'lcs',
    Buffer.concat([lcsHeader(8192, 2n), lcs(2, rows)]),
    { keys: [0, 1, 0], sizes: [10, 20, 1], times: [1, 2, 2], operations: [READ, WRITE, DELETE] },
  ],
  [
    'lcs',
    Buffer.concat([lcsHeader(8192, 3n), lcs(3, rows)]),
    {
      keys: [0, 1, 0],
      sizes: [10, 20, 1],
      times: [1, 2, 2],
      ttls: [0, 60, 0],
      operations: [READ, WRITE, DELETE],
    },
  ],
  ['oracleGeneral', lcs(1, rows.slice(0, 2)), { keys: [0, 1], sizes: [10, 20], times: [1, 2] }],
]

describe.each(samples)('%s', (format, data, expected, options = {}) => {
  const { sizes, times, ttls, operations } = expected
  const wanted = { sizes: sizes !== undefined, times: times !== undefined }

  test.each([7, 1 << 16])('in pieces of %i bytes', async (size) => {
    const all = await readAll(data, options, wanted, size)
    expect(all.keys).toEqual(expected.keys)
    expect([all.sizes, all.ttls, all.operations]).toEqual([sizes, ttls, operations])
    expect(all.times?.map((time) => Number(time.toFixed(6)))).toEqual(times)
    expect(all.trace.hasSizes).toBe(sizes !== undefined)
    expect(all.trace.parameters.traceFormat).toBeTypeOf('string')
    expect(all.notices[0]).toMatch(/^trace: /)
  })

  test('by its name', async () => {
    expect((await readAll(data, { ...options, format }, wanted)).keys).toEqual(expected.keys)
  })
})

test('every format has a sample', () => {
  const named = new Set(samples.map(([format]) => format))
  expect(traceFormats.filter((format) => !named.has(format))).toEqual(['vscsi'])
})

test.each(
  traceFormats.filter((format) => formatOf(format).recognizes && formatFacts[format].example !== null),
)('the example of %s is read as that', async (format) => {
  const example = formatFacts[format].example!
  const { keys } = await readAll(`${example}\n`, {
    format,
    ...(format === 'jsonl' ? { keyColumn: 'key' } : {}),
  })
  expect(keys.length).toBeGreaterThan(0)
})

describe('published traces', () => {
  test.each<[string, TraceOptions, number, number, number | undefined, number | undefined]>([
    ['lirs-cs.trace.gz', {}, 6781, 1409, undefined, undefined],
    ['cloud-physics.vscsi', {}, 200, 99, 1136128, 5633962.86627],
    [
      'cloud-physics.csv',
      { keyColumn: 'lbn', sizeColumn: 'size', timeColumn: 'time' },
      200,
      99,
      1136128,
      5633962,
    ],
    ['adaptsize.txt', { format: 'webcachesim' }, 300, 292, 5343508, 60299],
  ])('%s', async (name, options, requests, keys, bytes, time) => {
    const has = bytes !== undefined
    const all = await readAll(fixture(name), options, { sizes: has, times: has })
    expect(all.keys).toHaveLength(requests)
    expect(all.trace.index.size).toBe(keys)
    expect(has ? sum(all.sizes) : undefined).toBe(bytes)
    expect(all.times?.at(-1)).toBe(time)
  })
})

test('what was left out is said', async () => {
  const clf = samples.find(([format]) => format === 'clf')![1]
  expect((await readAll(clf, {}, { sizes: true, times: true })).notices.slice(1)).toEqual([
    'trace: 1 line without a path left out',
    'trace: 1 request without a known size left out',
    'trace: 1 time went back, and counted as the time before',
  ])
  const monitor = samples.find(([format]) => format === 'monitor')![1]
  expect((await readAll(`${monitor}1339518100.1 [0 1:1] "json.get" "c"\n`)).notices.slice(1)).toEqual([
    'trace: keys of databases other than 0 have its number before them, such as "3:a \\"b\\"\\u0000"',
    'trace: 1 command without a key left out',
    'trace: 1 command that is not known left out: json.get',
  ])
})

describe('one odd line among those of a format is refused by its number', () => {
  const log = '::1 - - [10/Oct/2000:20:55:37 +0000] "GET /b HTTP/1.1" 200 7\n'
  test.each<[TraceFormat, string, string, string, TraceOptions?]>([
    ['twitter', '0,a,1,213,4,get,0\n', '1,d,1,213,4,frob,0\n', 'the operation "frob" in column 6'],
    ['twitter', '0,a,1,213,4,get,0\n', '1,d,1,-5,4,get,0\n', 'the value size "-5" in column 4 is negative'],
    ['msr', '1,hm,1,Read,0,512,4\n', '2,hm,1,Read,0,0,4\n', 'the size in column 6 is 0'],
    ['msr', '1,hm,1,Read,0,512,4\n', '2,hm,1,Trim,0,512,4\n', 'the operation "Trim" in column 4 is neither'],
    ['spc', '0,10,1024,W,0.5\n', '0,10,1024,F,0.5\n', 'the operation "F" in column 4 is neither'],
    ['clf', log, 'garbage\n', 'not a line of an access log'],
    ['monitor', '1.5 [0 1:1] "get" "a"\n', '1.5 [0 1:1 "get" "a"\n', 'not a line of MONITOR'],
    ['wiki', '1 1.5 http://a/b -\n', '1 1.5 http://a/b maybe\n', '"maybe" is neither - nor save'],
    ['address', 'l 0x1fffff50 1\n', 'l 0xfoo 1\n', 'the address "0xfoo" in column 2'],
    ['jsonl', '{"key":"a"}\n', '{"key":"b"\n', 'not a JSON object', { keyColumn: 'key' }],
  ])('%s, %j, %j', async (_, right, odd, problem, options) => {
    await expect(readAll(right + odd + right, options)).rejects.toThrow(`trace, line 2: ${problem}`)
    const many = right.repeat(20) + odd + right.repeat(20)
    await expect(readAll(many, options)).rejects.toThrow(`trace, line 21: ${problem}`)
  })

  test('arc, whose lines count up', async () => {
    const line = (_: unknown, i: number) => `${i} 1 0 ${i}\n`
    const right = Array.from({ length: 9 }, line)
    await expect(readAll(right.with(4, 'x\n').join(''))).rejects.toThrow(
      'trace, line 5: 1 column, 2 are needed',
    )
    await expect(readAll(right.toSpliced(4, 0, '1 b 0 2\n').join(''))).rejects.toThrow(
      'trace, line 5: the number of blocks "b" in column 2 is not a number',
    )
    await expect(readAll(right.with(4, '4 0 0 4\n').join(''))).rejects.toThrow('trace, line 5: no blocks')
  })

  test('a table is refused with the format that most of its lines look like', async () => {
    await expect(readAll(`who knows\n${log.repeat(20)}`)).rejects.toThrow(
      '; most lines look like clf: --trace-format clf --header yes',
    )
  })
})

test('a header that an option says is there is said', async () => {
  const twitter = '0,a,1,213,4,get,0\n1,b,1,213,4,get,0\n'
  const { keys, notices } = await readAll(twitter, { header: 'yes' })
  expect(keys).toEqual([0])
  expect(notices[0]).toContain('; the first line is a header')
})

test('lcs that ends before the number of requests in its header', async () => {
  const header = (count: bigint) => {
    const bytes = lcsHeader(8192, 1n)
    bytes.writeBigInt64LE(count, 24)
    return Buffer.concat([bytes, lcs(1, rows.slice(0, 2))])
  }
  for (const count of [0n, 2n]) expect((await readAll(header(count))).keys).toEqual([0, 1])
  await expect(readAll(header(7n))).rejects.toThrow('trace: cut short: its header says 7 records, 2 follow')
})

test('what is wrong with oracleGeneral is said', async () => {
  const back = lcs(1, [rows[1], rows[0]])
  await expect(readAll(back, { format: 'oracleGeneral' })).rejects.toThrow(
    'record 2: not oracleGeneral, its time goes back from 2 to 1',
  )
  const right = Array.from({ length: 30 }, (_, i) => ({ time: 100 + i, id: 7n, size: 1 }))
  await expect(readAll(lcs(1, [...right, rows[0]]))).rejects.toThrow(
    'trace: record 31: not oracleGeneral, its time goes back from 129 to 1',
  )
  const early = lcs(1, rows.slice(0, 2))
  early.writeBigInt64LE(1n, 40)
  await expect(readAll(early, { format: 'oracleGeneral' })).rejects.toThrow(
    "record 2: not oracleGeneral, its object's next request, 1, is not a later one",
  )
})

test.each(['10/Okt/2000:13:55:36', '32/Oct/2000:13:55:36', '10/Oct/2000:24:55:36'])(
  'an access log with the time %s',
  async (time) => {
    const line = (text: string) => `::1 - - [${text} +0000] "GET /b HTTP/1.1" 200 7\n`
    const log = line('10/Oct/2000:13:55:36').repeat(10) + line(time)
    await expect(readAll(log, {}, { times: true })).rejects.toThrow(
      `trace, line 11: its time "[${time} +0000]" is not`,
    )
    expect((await readAll(log)).keys).toHaveLength(11)
  },
)

test('clients of Redis’s MONITOR', async () => {
  const clients = ['[::1]:6', '127.0.0.1:6', 'unix:/tmp/a b.sock', 'lua']
  const { keys, notices } = await readAll(clients.map((one) => `2.5 [0 ${one}] "get" "x] \\"y"\n`).join(''))
  expect(keys).toEqual([0, 0, 0, 0])
  expect(notices).toHaveLength(1)
  await expect(readAll('2.5 [0 lua] "get" "x\n')).rejects.toThrow('trace, line 1: a quote is not closed')
})

test('marks of LIRS are found behind the beginning', async () => {
  const numbers = Array.from({ length: 30_000 }, (_, i) => i % 1000).join('\n')
  const late = await readAll(`${numbers}\n*\n5\n`)
  expect(late.keys).toHaveLength(30_001)
  expect(late.notices.at(-1)).toBe('trace: 1 line of * left out: it is a mark, not a request')
  expect((await readAll(`${numbers}\nx\n*\n`)).keys).toHaveLength(30_002)
})

test('a header and comments of a format with fixed columns', async () => {
  const text =
    '# from a server\nTimestamp,Hostname,DiskNumber,Type,Offset,Size,ResponseTime\n1,hm,1,Read,0,8192,4\n'
  const all = await readAll(text, { format: 'msr', header: 'yes', comment: '#' })
  expect(all.keys).toEqual([0, 1])
  expect(all.notices.at(-1)).toBe('trace: 1 comment skipped')
})
