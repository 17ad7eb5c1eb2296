import type { Figure, Report } from '../../src/report/report.js'

/** A figure of every kind. */
export const figures: readonly Figure[] = [
  {
    kind: 'curves',
    title: 'Miss ratio',
    x: { label: 'capacity', unit: 'count', log: true },
    y: { label: 'miss ratio', unit: 'ratio' },
    series: ['lru', 'lfu', 'opt'].map((name, i) => ({
      name,
      points: [1, 10, 100, 1000].map(
        (x, k) => [x, 0.9 - 0.2 * k - 0.05 * i, 0.85 - 0.2 * k - 0.05 * i, 1 - 0.2 * k] as const,
      ),
    })),
    events: [
      { at: 10, text: 'a fault' },
      { at: 50, until: 200, text: 'a longer one' },
    ],
    rules: [{ at: 0.5, text: 'half' }],
  },
  {
    kind: 'bars',
    title: 'Keys of each node',
    value: { label: 'keys', unit: 'count' },
    categories: ['node-A', 'node-B', 'node-C'],
    series: [
      { name: 'before', values: [3200, 3500, 3300], intervals: [[3100, 3300], null, [3200, 3400]] },
      { name: 'after', values: [2500, 2400, null] },
    ],
    rules: [{ at: 3333, text: 'a fair share' }],
    band: { low: 3000, high: 3600, text: 'where 95% of rings lie' },
  },
  {
    kind: 'heat',
    title: 'Hit ratio',
    value: { label: 'hit ratio', unit: 'ratio' },
    rows: ['random', 'w-tinylfu-adaptive'],
    columns: ['zipf', 'a-trace-of-two-days-in-may', 'loop'],
    values: [
      [0.8, 0.5, 0],
      [0.85, 0.5, null],
    ],
  },
  {
    kind: 'strips',
    title: 'Slots of each node',
    x: { label: 'slots', unit: 'count' },
    owners: ['node-A', 'node-B'],
    rows: [
      { name: 'before', spans: [{ from: 0, to: 16_384, owner: 0 }] },
      {
        name: 'after',
        spans: [
          { from: 0, to: 8192, owner: 0 },
          { from: 8192, to: 16_384, owner: 1 },
        ],
      },
    ],
  },
  {
    kind: 'ring',
    nodes: ['node-A', 'node-B'],
    rings: [
      { title: 'before', arcs: [{ at: 0.5, node: 0 }] },
      {
        title: 'after',
        arcs: [
          { at: 0.2, node: 1 },
          { at: 0.5, node: 0 },
        ],
      },
    ],
    keys: [{ key: 'user:1', at: 0.1, nodes: [0, 1] }],
  },
  {
    kind: 'sequence',
    title: 'A failover',
    actors: ['master', 'replica', 'sentinel'],
    lines: [
      { at: 0, from: 2, to: [0], text: 'PING', isLost: true },
      { at: 1000, who: [2], text: '+sdown' },
      { at: 1500, from: 2, to: [1], text: 'REPLICAOF NO ONE', isLost: false },
    ],
  },
]

/** A report with some figures. */
export const reportWith = (shown: readonly Figure[]): Report => ({
  schema: 'cachelab/report@1',
  command: 'ring',
  arguments: ['ring', '--nodes', '2'],
  title: 'All that is drawn',
  parameters: { nodes: 2 },
  tables: [
    {
      name: 'nodes',
      title: 'Nodes',
      columns: [
        { key: 'node', label: 'node' },
        { key: 'keys', label: 'keys', unit: 'count' },
      ],
      rows: [
        { node: 'node-A', keys: 9 },
        { node: 'node-B', keys: 10 },
        { node: 'node-C', keys: null },
      ],
    },
  ],
  figures: shown,
  findings: [
    { id: 'one', text: 'It holds.', ok: true },
    { id: 'two', text: 'It does not.', ok: false },
  ],
})
