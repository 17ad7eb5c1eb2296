import { all, cell, parameter, type Rule, rows } from './values.js'

const sharding: Record<string, Rule> = {
  balance: (report) => ({
    measured: Math.max(
      0,
      ...rows(report, 'distribution').map((row) => Math.abs(Number(row.share) / Number(row.expected) - 1)),
    ),
  }),
  'without-eject': (report) => {
    const ketama = rows(report, 'death').find((row) => row.sharding === 'ketama')
    return { measured: cell(ketama, 'failing'), expected: cell(ketama, 'expected') }
  },
  'with-eject': (report) => ({
    measured: cell(
      rows(report, 'death').find((row) => row.sharding === 'modulo'),
      'moved',
    ),
  }),
  modulo: (report) => ({ expected: 1 - 1 / rows(report, 'distribution').length }),
}

export const memcachedRules: Record<string, Rule> = {
  'memcached calcify calcified': (report) => {
    const last = rows(report, 'calcify').at(-1)
    return { measured: cell(last, 'calcified'), expected: cell(last, 'fresh') }
  },
  'memcached calcify mover': (report) => ({ measured: cell(rows(report, 'calcify').at(-1), 'mover') }),
  'memcached compare threads': (report) => {
    const last = rows(report, 'threads').at(-1)
    return { measured: cell(last, 'throughput'), expected: cell(last, 'bound') }
  },
  ...Object.fromEntries(Object.entries(sharding).map(([id, rule]) => [`memcached ring ${id}`, rule])),
  'memcached slabs waste': (report) => {
    const factor = parameter(report, 'factor')
    const row = rows(report, 'factors').find((one) => one.factor === factor)
    return { measured: cell(row, 'waste'), expected: (1 - 1 / factor) / 2 }
  },
  'memcached slabs factor': (report, { measured }) => {
    const least = Math.min(...all(report, 'factors', 'lost'))
    const best = rows(report, 'factors').find((row) => row.factor === measured)
    return { measured: best?.lost === least ? measured : undefined }
  },
  'memcached slabs refused': (report) => ({
    measured: rows(report, 'items').filter((row) => String(row.class).includes('too large')).length,
  }),
  'memcached slabs split': (report) => ({
    measured: rows(report, 'items').filter((row) => String(row.class).includes('split')).length,
  }),
}
