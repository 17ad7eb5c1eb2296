import type { Cell, Column, Unit } from './column.js'

/** What stands for a value that doesn't exist. */
const NO_VALUE = '–'
const isMissing = (value: number | null): value is null => value === null || !Number.isFinite(value)

/** `12345.6` as `12,346`; a number that isn't whole keeps one decimal below 1000. */
export function formatCount(value: number): string {
  // Half of a tenth would be shown as nothing.
  if (value !== 0 && Math.abs(value) < 0.05) return value.toPrecision(2)
  const digits = Number.isInteger(value) || Math.abs(value) >= 1000 ? 0 : 1
  const [whole, fraction] = value.toFixed(digits).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}

/** A count with what is counted: `1 node`, `12,345 nodes`. */
export function countOf(count: number, one: string, several = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : several}`
}

/** `0.2345` as `23.45%`. */
export function formatRatio(value: number | null, digits = 2): string {
  return isMissing(value) ? NO_VALUE : `${(value * 100).toFixed(digits)}%`
}

/** `2.071` as `2.07×`, `10000` as `10,000×`. */
export function formatFactor(value: number): string {
  return `${Math.abs(value) < 1000 ? value.toFixed(2) : formatCount(value)}×`
}

/** `3600` as `3.6 kB`, a kilobyte being 1000 bytes. */
export function formatBytes(value: number): string {
  return scaled(value, ['B', 'kB', 'MB', 'GB', 'TB'])
}

/** `1500` milliseconds as `1500ms`, `2000` as `2s`: as it is typed after an option. */
export function formatTime(milliseconds: number): string {
  return milliseconds >= 1000 && milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`
}

/** `2500` milliseconds as `2,500 ms`, `2000` as `2 s`: a time that was asked for, as sentences have it. */
export function formatDuration(milliseconds: number): string {
  const [, number, unit] = /^(.*?)(m?s)$/.exec(formatTime(milliseconds))!
  return `${Number.isInteger(Number(number)) ? formatCount(Number(number)) : number} ${unit}`
}

function scaled(value: number, units: readonly string[]): string {
  let step = 0
  let rest = value
  while (rest >= 999.5 && step < units.length - 1) {
    rest /= 1000
    step++
  }
  return `${step === 0 ? Math.round(rest) : rest.toPrecision(3)} ${units[step]}`
}

const formats: Record<Unit, (value: number) => string> = {
  count: formatCount,
  mean: (value) => value.toFixed(2),
  ratio: formatRatio,
  factor: formatFactor,
  ms: (value) => `${Math.abs(value) < 10 ? value.toPrecision(2) : formatCount(Math.round(value))} ms`,
  bytes: formatBytes,
  'per-second': (value) => scaled(value, ['/s', 'k/s', 'M/s', 'G/s']),
}

/** A number in its unit, as a person reads it. */
export function formatNumber(value: number | null, unit: Unit | undefined): string {
  if (isMissing(value)) return NO_VALUE
  return unit === undefined ? String(value) : formats[unit](value)
}

/** A cell in its column's unit. */
export function formatCell(value: Cell, column: Column): string {
  if (value === null) return NO_VALUE
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return value
  const sign = column.signed && value > 0 ? '+' : ''
  return sign + formatNumber(value, column.unit)
}
